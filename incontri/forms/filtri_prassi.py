"""What to look for among the good practices: for everybody, and in the reserved area."""

from functools import reduce
from operator import or_

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incontri.forms.campi import SceltaTermine
from incontri.models import Bisogno, StatoPrassi, Tema
from referenti.models import Comune
from risorse.models import Destinatari
from tavolo.base.forms import ConHelper

TESTI = ("titolo", "in_breve", "contesto", "azione")
PAROLE = 8  # so many are looked for: the others add nothing


class FiltriPrassiPubblicheForm(ConHelper, forms.Form):
    """Words, theme, comune, whom the needs it answers are of; what is not understood is left out of the search.

    `prassi` are those to look among, `bisogni` the needs the reader may know of.
    """

    azione = _("Filtra")
    metodo = "get"

    q = forms.CharField(required=False, label=_("Parole"), max_length=100)
    tema = forms.ModelChoiceField(
        required=False, label=_("Tema"), queryset=None, to_field_name="slug", empty_label=_("Tutti")
    )
    comune = forms.ModelChoiceField(
        required=False, label=_("Comune"), queryset=None, to_field_name="slug", empty_label=_("Tutti")
    )
    per = SceltaTermine(required=False, label=_("Per chi"), queryset=None, to_field_name="slug", empty_label=_("Tutti"))

    def __init__(self, *args, prassi, bisogni, **kwargs):
        super().__init__(*args, **kwargs)
        righe, self.bisogni = prassi.order_by(), bisogni.order_by()
        risposti = Bisogno.objects.filter(pk__in=self.bisogni.values("pk"), buone_prassi__in=righe.values("pk"))
        self.fields["tema"].queryset = Tema.objects.filter(pk__in=righe.values("temi"))
        self.fields["comune"].queryset = Comune.objects.dell_ambito()
        self.fields["per"].queryset = Destinatari.objects.filter(pk__in=risposti.order_by().values("destinatari"))

    def filtra(self, prassi):
        """The good practices that match every filter understood."""
        self.is_valid()
        scelti = self.cleaned_data
        for parola in scelti.get("q", "").split()[:PAROLE]:
            prassi = prassi.filter(reduce(or_, (Q(**{f"{campo}__icontains": parola}) for campo in TESTI)))
        if tema := scelti.get("tema"):
            prassi = prassi.filter(temi=tema)
        if comune := scelti.get("comune"):
            # Where it is done, where it was taken up; told by a comune that names no other, it is done there.
            suo = Q(comuni__isnull=True, ente__comune=comune)
            prassi = prassi.filter(
                pk__in=prassi.filter(Q(comuni=comune) | Q(adozioni__comune=comune) | suo).values("pk")
            )
        if per := scelti.get("per"):
            risposti = self.bisogni.filter(destinatari=per)
            prassi = prassi.filter(pk__in=prassi.filter(bisogni__in=risposti.values("pk")).values("pk"))
        return prassi


class FiltriPrassiForm(FiltriPrassiPubblicheForm):
    """The filters of the reserved list: those of everybody, and the state."""

    azione = "Cerca"
    stato = forms.ChoiceField(required=False, label="Stato", choices=[("", "Tutti"), *StatoPrassi.choices])

    def filtra(self, prassi):
        """The good practices that match every filter understood."""
        prassi = super().filtra(prassi)
        stato = self.cleaned_data.get("stato")
        return prassi.filter(stato=stato) if stato else prassi
