"""What to look for among the news."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incontri.servizi.novita import GENERI
from referenti.models import Comune
from tavolo.base.forms import ConHelper


class FiltriNovitaForm(ConHelper, forms.Form):
    """A kind and a comune; what is not understood is left out of the search."""

    azione = _("Filtra")
    metodo = "get"

    genere = forms.ChoiceField(required=False, label=_("Che cosa"))
    comune = forms.ModelChoiceField(
        required=False,
        label=_("Comune"),
        empty_label=_("Tutti i comuni"),
        to_field_name="slug",
        queryset=Comune.objects.none(),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["genere"].choices = [("", _("Tutto")), *((codice, uno.nome) for codice, uno in GENERI.items())]
        self.fields["comune"].queryset = Comune.objects.dell_ambito()

    @property
    def scelti(self):
        """What was understood, as `novita_dal` wants it."""
        self.is_valid()
        comune = self.cleaned_data.get("comune")
        return {"genere": self.cleaned_data.get("genere") or "", "comune": comune.slug if comune else ""}
