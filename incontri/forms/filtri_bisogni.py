"""What to look for among the needs: in the reserved area, and for everybody."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incontri.forms.campi import SceltaTermine
from incontri.models import VIVI, Bisogno, StatoBisogno, Tema
from referenti.models import Comune
from risorse.models import Destinatari
from tavolo.base.forms import ConHelper

TUTTI, UNITI = "tutti", "uniti"


class FiltriBisogniPubbliciForm(ConHelper, forms.Form):
    """The filters of the public list; what is not understood is said and left out of the search."""

    azione = _("Filtra")
    metodo = "get"

    q = forms.CharField(required=False, label=_("Parole"), max_length=100)
    tema = forms.ModelChoiceField(
        required=False, label=_("Tema"), queryset=None, to_field_name="slug", empty_label=_("Tutti")
    )
    comune = forms.ModelChoiceField(
        required=False, label=_("Comune"), queryset=None, to_field_name="slug", empty_label=_("Tutti")
    )
    per = SceltaTermine(
        required=False, label=_("Chi ha il bisogno"), queryset=None, to_field_name="slug", empty_label=_("Tutti")
    )

    def __init__(self, *args, bisogni=None, **kwargs):
        super().__init__(*args, **kwargs)
        righe = (Bisogno.objects.all() if bisogni is None else bisogni).order_by()
        self.fields["tema"].queryset = Tema.objects.filter(pk__in=righe.values("tema"))
        self.fields["comune"].queryset = Comune.objects.dell_ambito()
        self.fields["per"].queryset = Destinatari.objects.filter(pk__in=righe.values("destinatari"))

    def in_ogni_stato(self, bisogni):
        """The needs that match every filter understood but that of the state: what the counts are of."""
        self.is_valid()
        scelti = self.cleaned_data
        for parola in scelti.get("q", "").split():
            bisogni = bisogni.filter(Q(titolo__icontains=parola) | Q(descrizione__icontains=parola))
        if scelti.get("tema"):
            bisogni = bisogni.filter(tema=scelti["tema"])
        if scelti.get("comune"):
            # A need of the whole Ambito is of each comune.
            bisogni = bisogni.filter(Q(comuni=scelti["comune"]) | Q(comuni__isnull=True)).distinct()
        if scelti.get("per"):
            bisogni = bisogni.filter(destinatari=scelti["per"])
        return bisogni


class FiltriBisogniForm(FiltriBisogniPubbliciForm):
    """The filters of the reserved list: those of everybody, and the state."""

    stato = forms.ChoiceField(
        required=False,
        label="Stato",
        choices=(("", "Aperti"), *StatoBisogno.choices, (UNITI, "Uniti ad altri"), (TUTTI, "Tutti")),
    )

    @property
    def scelto(self) -> str:
        """The state chosen, empty where none was or it is not understood."""
        return self.cleaned_data.get("stato", "")

    def filtra(self, bisogni):
        """The needs that match every filter understood; without a state, those still to be answered."""
        bisogni = self.in_ogni_stato(bisogni)
        stato = self.scelto
        if stato == UNITI:
            return bisogni.filter(unito_a__isnull=False)
        if stato == TUTTI:
            return bisogni
        return bisogni.veri().filter(stato__in=[stato] if stato else VIVI)
