"""Forms of the restitution document: of what it tells, its texts, what the enti say of them and the answers."""

from django import forms
from django.core.exceptions import ValidationError

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import CommentoRestituzione, Incontro, Restituzione
from referenti.models import Utente
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import CampoGiorno, ConHelper, da_oggi
from tavolo.base.permessi import REFERENTI

SENZA_TESTO = "Nella richiesta il testo non c'era: niente è cambiato. Ecco quello salvato."


class RestituzioneForm(ConHelper, ConTimbro):
    """What the document is called and tells of, and who writes it."""

    argomenti = ("utente",)

    dal = CampoGiorno(label="Dal giorno")
    al = CampoGiorno(label="Al giorno", help_text="Entra quello che è successo fino a questo giorno compreso.")
    commenti_entro = CampoGiorno(
        label="Commenti entro il", required=False, help_text="Se lo lasci vuoto, si commenta fino alla pubblicazione."
    )

    class Meta:
        model = Restituzione
        fields = ("titolo", "dal", "al", "temi", "incontri", "redattori", "commenti_entro")
        widgets = dict.fromkeys(("temi", "incontri", "redattori"), forms.CheckboxSelectMultiple)

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        tenuti = Incontro.objects.filter(verbale__stato__in=("approvato", "pubblicato")).order_by("-inizio")
        self.fields["incontri"].queryset = tenuti
        self.fields["incontri"].label_from_instance = lambda incontro: incontro.con_data
        self.fields["redattori"].queryset = Utente.objects.filter(is_active=True, groups__name=REFERENTI).order_by(
            "cognome", "nome", "email"
        )

    def clean_commenti_entro(self):
        """A last day for the comments, where another one is chosen, that is still to come."""
        entro = self.cleaned_data["commenti_entro"]
        return da_oggi(entro) if entro and "commenti_entro" in self.changed_data else entro

    def clean(self):
        """The period goes forward."""
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", "Il periodo finisce prima di cominciare.")
        return dati

    def save(self, commit=True):
        """The document, signed; VersioneSuperata if somebody saved it meanwhile."""
        if self.instance._state.adding:
            self.instance.autore = self.utente
        self.instance._history_user = self.utente
        return super().save(commit)


class SezioneForm(ConHelper, forms.Form):
    """The text of a section, with the version the person was looking at."""

    azione = "Salva il testo"

    testo = forms.CharField(
        label="Testo",
        required=False,
        widget=forms.Textarea(attrs={"rows": 22}),
        strip=False,
        help_text=(
            "Un elenco comincia con «- », una parola fra due asterischi è in grassetto. I segni come [^voce-1a2b3c4d5e] sono "
            "le fonti: lasciali dopo la frase che le cita. Senza nomi di persone e senza casi."
        ),
    )
    versione = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_testo(self):
        """The text with line ends as they are saved; a request without it does not empty what is saved."""
        if self.add_prefix("testo") not in self.data:
            raise ValidationError(SENZA_TESTO)
        return self.cleaned_data["testo"].replace("\r\n", "\n").strip()


class ContesaForm(SezioneForm):
    """The text that puts an end to a contest."""

    azione = "Salva questo testo"


class CommentoForm(ConHelper, ConRiservatezza, forms.ModelForm):
    """What an ente says of a section."""

    azione = "Manda il commento"
    da_controllare = ("testo",)
    non_fatto = "Non l'abbiamo ancora mandato."

    class Meta:
        model = CommentoRestituzione
        fields = ("testo",)
        labels = {"testo": "Che cosa va corretto o aggiunto in questa sezione"}
        help_texts = {"testo": SOLO_INSIEMI}
        widgets = {"testo": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.senza_conferma()


class RispostaForm(ConHelper, forms.Form):
    """What came of a comment."""

    azione = "Rispondi e chiudi"

    risposta = forms.CharField(
        label="Che cosa ne è stato",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Di' se il testo è cambiato, e perché sì o no. La leggono tutti gli enti.",
    )
