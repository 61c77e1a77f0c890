"""Answering a convocation, and calling a guest."""

from django import forms

from incontri.forms.campi import nome_di_persona
from incontri.models import Convocazione, Risposta
from tavolo.base.forms import ConHelper


class RispostaForm(ConHelper, forms.Form):
    """I come, I don't, my delegate; with a word."""

    azione = "Invia la risposta"

    risposta = forms.ChoiceField(
        label="Vieni all'incontro?",
        choices=[(Risposta.VIENE, "Vengo"), (Risposta.NON_VIENE, "Non vengo"), (Risposta.DELEGA, "Mando chi delego")],
        widget=forms.RadioSelect,
        error_messages={"required": "Scegli una risposta."},
    )
    delegato = forms.CharField(required=False, label="Chi viene al tuo posto", max_length=160)
    nota = forms.CharField(required=False, label="Una nota per chi coordina", max_length=200)

    def __init__(self, *args, convocazione, **kwargs):
        iniziali = {"delegato": convocazione.delegato, "nota": convocazione.nota}
        if convocazione.risposta != Risposta.ATTESA:
            iniziali["risposta"] = convocazione.risposta
            self.azione = "Cambia la risposta"
        super().__init__(*args, **kwargs | {"initial": iniziali})

    def clean(self):
        """A delegate has a name."""
        dati = super().clean()
        if dati.get("risposta") == Risposta.DELEGA and not dati.get("delegato"):
            self.add_error("delegato", "Scrivi chi viene al tuo posto.")
        return dati


class OspiteForm(ConHelper, forms.ModelForm):
    """Who is called without having a seat."""

    azione = "Aggiungi l'ospite"

    class Meta:
        model = Convocazione
        fields = ("nome", "email", "ente")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nome"].required = self.fields["email"].required = True
        self.fields["nome"].help_text = ""
        self.fields["ente"].empty_label = "Nessuno o non in elenco"

    def clean_nome(self):
        """The name, without the signs no name has."""
        return nome_di_persona(self.cleaned_data["nome"])
