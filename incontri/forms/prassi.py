"""Good practices and their adoptions, as they are written."""

from crispy_forms.layout import Field
from django import forms

from incontri.forms.firmati import FirmatoForm
from incontri.models import Adozione, Bisogno, BuonaPrassi, StatoPrassi
from incontri.servizi.prassi.adozioni import possono_adottare
from incontri.servizi.prassi.revisione import perche_ferma
from referenti.models import Comune, Ente
from tavolo.base.forms import ConHelper

INSIEMI = ("temi", "bisogni", "comuni")
TESTI = ("contesto", "azione", "con_chi", "risultati", "condizioni", "contatti", "collegamenti")
NON_SALVATA = "Quello che hai scritto è ancora qui: copialo."


class PrassiForm(FirmatoForm):
    """What works somewhere, told so that others can take it up."""

    class Meta:
        model = BuonaPrassi
        fields = ("titolo", "ente", "in_breve", *TESTI, "dal", *INSIEMI)
        labels = {"titolo": "La buona prassi, in poche parole", "in_breve": "In una riga", "dal": "Da quando si fa"}
        help_texts = {
            "dal": "Anche solo l'anno o il mese: 2024 oppure 2024-09.",
            "contesto": "Dove, per chi, che cosa non andava. Parla di gruppi e di servizi, mai di una persona.",
            "azione": "Passo per passo, come lo racconteresti a chi vuole rifarlo.",
            "risultati": "Se hai un numero scrivilo, con la data e la fonte; di meno di cinque persone scrivi «pochi».",
            "condizioni": "Persone, ore, soldi, spazi, accordi; che cosa può andare storto.",
        }
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
        nuova = self.instance._state.adding
        if nuova and not self.initial.get("ente"):
            self.initial["ente"] = utente.ente_id
        # What is chosen already stays among the choices: saving again takes nothing away.
        bisogni = () if nuova else self.instance.bisogni.values_list("pk", flat=True)
        comuni = () if nuova else self.instance.comuni.values_list("pk", flat=True)
        self.fields["bisogni"].queryset = Bisogno.objects.veri() | Bisogno.objects.filter(pk__in=list(bisogni))
        self.fields["comuni"].queryset = Comune.objects.dell_ambito() | Comune.objects.filter(pk__in=list(comuni))

    def clean(self):
        """A practice that was published meanwhile is for who coordinates to correct."""
        dati = super().clean()
        if ferma := perche_ferma(self.instance, self.utente):
            self.add_error(None, f"{ferma} {NON_SALVATA}")
        return dati

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
        labels = {"dal": "Da quando"}
        help_texts = {"dal": "Anche solo l'anno o il mese: 2024 oppure 2024-09."}

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, utente=utente, **kwargs)
        if not self.instance._state.adding:
            del self.fields["comune"]
            return
        campo = self.fields["comune"]
        campo.queryset = possono_adottare(self.instance.prassi, utente)
        campo.empty_label = "Scegli il comune"
        campo.error_messages["invalid_choice"] = "Questo comune l'ha già adottata, oppure non è il tuo."
        if len(campo.queryset) == 1:
            self.initial["comune"] = campo.queryset[0].pk  # an adoption still without a comune gives None

    def clean(self):
        """Only what everybody reads is adopted: it may have been withdrawn meanwhile."""
        dati = super().clean()
        if self.instance._state.adding and self.instance.prassi.stato != StatoPrassi.PUBBLICATA:
            self.add_error(None, f"Questa buona prassi non è più pubblicata. {NON_SALVATA}")
        return dati


class PassaggioPrassiForm(ConHelper, forms.Form):
    """What a passage asks: what is missing, or only to be confirmed."""

    def __init__(self, *args, passaggio, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.azione = passaggio.etichetta
        if passaggio.nome == "rimanda":
            self.fields["motivo"] = forms.CharField(
                label="Che cosa manca", max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
            )
