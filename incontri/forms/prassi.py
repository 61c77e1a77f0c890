"""Good practices and their adoptions, as they are written; the filters of the list."""

from crispy_forms.layout import Field
from django import forms

from incontri.forms.proposte import FirmatoForm
from incontri.models import Adozione, Bisogno, BuonaPrassi, StatoPrassi, Tema
from referenti.models import Comune, Ente
from tavolo.base.forms import ConHelper

INSIEMI = ("temi", "bisogni", "comuni")
TESTI = ("contesto", "azione", "con_chi", "risultati", "condizioni", "contatti")


class PrassiForm(FirmatoForm):
    """What works somewhere, told so that others can take it up."""

    class Meta:
        model = BuonaPrassi
        fields = ("titolo", "ente", "in_breve", *TESTI, "dal", *INSIEMI)
        labels = {"titolo": "La buona prassi, in poche parole", "in_breve": "In una riga"}
        widgets = {
            **{nome: forms.Textarea(attrs={"rows": 4}) for nome in TESTI},
            **dict.fromkeys(INSIEMI, forms.CheckboxSelectMultiple),
        }

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, utente=utente, **kwargs)
        tutti = utente.has_perm("incontri.rivedi_buonaprassi")
        propri = Ente.objects.all() if tutti else Ente.objects.con_unita(utente.ente_id)
        self.fields["ente"].queryset = propri
        self.fields["ente"].empty_label = "Scegli l'ente"
        if self.instance._state.adding and utente.ente_id:
            self.initial.setdefault("ente", utente.ente_id)
        self.fields["bisogni"].queryset = Bisogno.objects.veri()
        self.fields["comuni"].queryset = Comune.objects.dell_ambito()

    @property
    def helper(self):
        """The form drawn, with long lists in columns."""
        helper = super().helper
        for nome in INSIEMI:
            helper[nome].wrap(Field, wrapper_class="scelte-a-colonne")
        return helper


class AdozioneForm(FirmatoForm):
    """A comune that took it up: which one, since when, what changed."""

    class Meta:
        model = Adozione
        fields = ("comune", "dal", "nota")

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, utente=utente, **kwargs)
        comuni = Comune.objects.dell_ambito()
        if not utente.has_perm("incontri.rivedi_buonaprassi"):
            comuni = comuni.filter(pk=utente.ente.comune_id) if utente.ente else Comune.objects.none()
        gia = self.instance.prassi.adozioni.order_by().values("comune")
        self.fields["comune"].queryset = comuni.exclude(pk__in=gia)
        self.fields["comune"].empty_label = "Scegli il comune"


class PassaggioPrassiForm(ConHelper, forms.Form):
    """What a passage asks: what is missing, or only to be confirmed."""

    def __init__(self, *args, passaggio, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.azione = passaggio.etichetta
        if passaggio.nome == "rimanda":
            self.fields["motivo"] = forms.CharField(
                label="Che cosa manca", max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
            )


class FiltriPrassiForm(ConHelper, forms.Form):
    """Words, theme and, in the reserved area, state."""

    azione = "Cerca"
    metodo = "get"
    q = forms.CharField(required=False, label="Parole")
    tema = forms.ModelChoiceField(
        required=False, label="Tema", queryset=Tema.objects.all(), to_field_name="slug", empty_label="Tutti"
    )
    stato = forms.ChoiceField(required=False, label="Stato", choices=[("", "Tutti"), *StatoPrassi.choices])

    def filtra(self, prassi):
        """The good practices that match every filter understood."""
        self.is_valid()
        scelti = self.cleaned_data
        if scelti.get("q"):
            prassi = prassi.filter(titolo__icontains=scelti["q"])
        if scelti.get("tema"):
            prassi = prassi.filter(temi=scelti["tema"])
        if scelti.get("stato"):
            prassi = prassi.filter(stato=scelti["stato"])
        return prassi
