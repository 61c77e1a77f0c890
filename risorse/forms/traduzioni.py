"""The desk of who translates: one form a text, the filters of the queue, the file that comes in."""

from django import forms

from risorse.models import Categoria
from risorse.models.traduzione import impronta
from risorse.servizi.coda_traduzioni import Genere, Stato
from risorse.servizi.xliff import BYTE_MASSIMI
from tavolo.base.forms import ConHelper

DA_FARE, TUTTE = "da-fare", "tutte"


class VoceForm(forms.Form):
    """The translation of one text. It carries the fingerprint of the Italian the person reads (`italiano`), the mark of
    the translation they write over (`timbro`) and the fingerprint of how that one read (`letto`)."""

    testo = forms.CharField(required=False, label="Traduzione")
    italiano = forms.CharField(required=False, widget=forms.HiddenInput)
    timbro = forms.CharField(required=False, widget=forms.HiddenInput)
    letto = forms.CharField(required=False, widget=forms.HiddenInput)
    va_bene = forms.BooleanField(required=False, label="Va ancora bene così")
    togli = forms.BooleanField(required=False, label="Togli questa traduzione")

    use_required_attribute = False
    # What somebody else did meanwhile, shown beside what was typed.
    italiano_cambiato = False
    contesa = False

    def __init__(self, voce, *, lingua, da_destra, data=None):
        self.voce = voce
        salvato = voce.traduzione.testo if voce.traduzione else ""
        iniziali = {
            "testo": salvato,
            "italiano": voce.impronta,
            "timbro": voce.timbro,
            "letto": impronta(salvato),
        }
        super().__init__(data, prefix=voce.chiave, initial=iniziali)
        righe = min(12, max(2, len(voce.italiano) // 55 + 1 + voce.italiano.count("\n")))
        self.fields["testo"].widget = forms.Textarea(
            {"rows": righe, "lang": lingua, "dir": "rtl" if da_destra else "ltr", "class": "form-control"}
        )
        if voce.stato != Stato.SUPERATA:
            del self.fields["va_bene"]
        if voce.traduzione is None:
            del self.fields["togli"]

    @property
    def mandata(self):
        """Whether the request has this text at all."""
        return self.add_prefix("testo") in self.data

    @property
    def toccata(self):
        """Whether the text is another than the person found."""
        return impronta(self.cleaned_data["testo"]) != self.cleaned_data["letto"]

    def controlla(self, *, verifica):
        """Refuse to empty a translation without saying so, and to call good one of another Italian text."""
        dati = self.cleaned_data
        if self.voce.traduzione is None or dati.get("togli"):
            return
        if not dati["testo"] and self.toccata:
            self.add_error("testo", "Il testo è vuoto: se vuoi togliere la traduzione segna «Togli questa traduzione».")
        elif verifica and self.voce.stato == Stato.SUPERATA and not (self.toccata or dati.get("va_bene")):
            self.add_error(
                "testo", "L'italiano è cambiato: correggi la traduzione, oppure segna «Va ancora bene così»."
            )

    def da_salvare(self, *, verifica):
        """Whether there is something to write."""
        dati = self.cleaned_data
        if not dati["testo"] or dati.get("togli"):
            return False
        return self.toccata or bool(dati.get("va_bene")) or verifica

    def sopra_adesso(self):
        """What the request must say to be saved over what is there now."""
        return {self.add_prefix("italiano"): self.voce.impronta, self.add_prefix("timbro"): self.voce.timbro}


class CodaForm(ConHelper, forms.Form):
    """Which part of the queue to see; what is not understood is left out."""

    azione, metodo = "Filtra", "get"

    stato = forms.ChoiceField(
        required=False, label="Stato", choices=[("", "Tutto quello che c'è da fare"), *Stato.choices, (TUTTE, "Tutte")]
    )
    genere = forms.ChoiceField(required=False, label="Che cosa", choices=[("", "Tutto"), *Genere.choices])
    categoria = forms.ModelChoiceField(
        Categoria.objects.all(), required=False, label="Argomento", to_field_name="slug", empty_label="Tutti"
    )

    @property
    def helper(self):
        """No token in an address."""
        helper = super().helper
        helper.disable_csrf = True
        return helper

    def filtra(self, schede):
        """The cards of the queue that match."""
        self.is_valid()
        stato, genere, categoria = (self.cleaned_data.get(nome) for nome in ("stato", "genere", "categoria"))
        if genere:
            schede = [una for una in schede if una.genere == genere]
        if categoria:
            schede = [una for una in schede if _e_della_categoria(una.oggetto, categoria)]
        if stato == TUTTE:
            return schede
        return [una for una in schede if (una.conteggi[stato] if stato else una.da_fare)]


class FileTraduzioniForm(ConHelper, forms.Form):
    """A file that comes back from a translator."""

    azione = "Guarda l'anteprima"

    file = forms.FileField(
        label="File tradotto",
        help_text="XLIFF 1.2 oppure CSV, quello che hai scaricato da qui. Al massimo 5 MB.",
        error_messages={"required": "Scegli un file.", "empty": "Il file è vuoto."},
    )

    def clean_file(self):
        """The bytes of the file."""
        file = self.cleaned_data["file"]
        if file.size > BYTE_MASSIMI:
            raise forms.ValidationError("Il file è troppo grande: il massimo è 5 MB.")
        return file.read()


def _e_della_categoria(oggetto, categoria):
    if oggetto == categoria:
        return True
    return hasattr(oggetto, "categorie") and categoria in oggetto.categorie.all()
