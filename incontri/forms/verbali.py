"""The minutes: the entries of a point, and who writes them too."""

from django import forms
from django.db.models import Q

from incontri.forms.righe import BaseRigheFormSet, RigaForm, riga_iniziale
from incontri.models import TipoVoce, Verbale
from referenti.models import Utente
from tavolo.base.concorrenza import ConTimbro
from tavolo.base.forms import ConHelper
from tavolo.base.permessi import REFERENTI


class VoceForm(RigaForm):
    """One entry of the minutes."""

    campi = ("tipo", "testo")
    principale = "testo"
    manca = "Scrivi il testo, oppure spunta «Togli questa voce»."

    tipo = forms.ChoiceField(required=False, choices=TipoVoce, initial=TipoVoce.DISCUSSIONE, label="Tipo")
    testo = forms.CharField(required=False, label="Testo", widget=forms.Textarea(attrs={"rows": 5}))
    rimuovi = forms.BooleanField(required=False, label="Togli questa voce")

    def clean_tipo(self):
        """The kind; what was said is a discussion until told otherwise."""
        return self.cleaned_data["tipo"] or TipoVoce.DISCUSSIONE

    def clean_testo(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["testo"].replace("\r\n", "\n")


def voci_formset(dati=None, *, voci=()):
    """The entries of a point and an empty one; of `dati` where the request sent some."""
    classe = forms.formset_factory(VoceForm, formset=BaseRigheFormSet, extra=1, max_num=300, absolute_max=400)
    if dati is not None:
        return classe(dati, prefix="voci")
    return classe(initial=[riga_iniziale(voce, *VoceForm.campi) for voce in voci], prefix="voci")


class RedattoriForm(ConHelper, ConTimbro):
    """Who writes these minutes together with who takes them."""

    class Meta:
        model = Verbale
        fields = ("redattori",)
        widgets = {"redattori": forms.CheckboxSelectMultiple}
        labels = {"redattori": "Scrivono con te"}
        help_texts = {"redattori": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        referenti = Utente.objects.filter(is_active=True, groups__name=REFERENTI)
        # Who writes already stays to be seen and chosen, in the group or not.
        scelti = Q(pk__in=referenti.values("pk")) | Q(pk__in=self.instance.redattori.values("pk"))
        utenti = Utente.objects.filter(scelti).exclude(pk=self.instance.verbalizzante_id)
        self.fields["redattori"].queryset = utenti.select_related("ente")
        self.fields["redattori"].label_from_instance = _con_ente


def _con_ente(utente):
    return f"{utente}, {utente.ente.nome_corto}" if utente.ente else str(utente)
