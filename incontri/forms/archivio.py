"""What the public looks for among the meetings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incontri.models import Incontro
from tavolo.base.forms import ConHelper


class ArchivioForm(ConHelper, forms.Form):
    """Words and a year; what is not understood is left out of the search."""

    azione = _("Cerca")
    metodo = "get"

    q = forms.CharField(required=False, label=_("Parole nei verbali pubblicati"), max_length=100)
    anno = forms.TypedChoiceField(required=False, label=_("Anno"), coerce=int, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anni = Incontro.objects.pubblici().datetimes("inizio", "year", order="DESC")
        self.fields["anno"].choices = [("", _("Tutti")), *((str(m.year), str(m.year)) for m in anni if m)]

    @property
    def chiesto(self):
        """Whether anything is asked for."""
        return any(self.data.get(nome) for nome in self.fields)

    def filtra(self, incontri):
        """The meetings that match what was understood."""
        self.is_valid()
        if parole := self.cleaned_data.get("q"):
            incontri = incontri.con_parole(parole)
        if anno := self.cleaned_data.get("anno"):
            incontri = incontri.filter(inizio__year=anno)
        return incontri
