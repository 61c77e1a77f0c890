"""Observations on shared minutes, and what is decided of them."""

from django import forms

from incontri.models import PuntoOdg
from incontri.servizi.osservazioni import ACCOLTA, RESPINTA
from referenti.models import Ente
from tavolo.base.forms import ConHelper

INTERO = "Tutto il verbale"


class OsservazioneForm(ConHelper, forms.Form):
    """What an ente observes, on one point or on the whole; who coordinates says for which ente."""

    azione = "Manda l'osservazione"

    ente = forms.ModelChoiceField(
        queryset=Ente.objects.all(),
        label="A nome di",
        error_messages={"required": "Scegli a nome di quale ente."},
    )
    punto = forms.ModelChoiceField(
        queryset=PuntoOdg.objects.none(), required=False, label="Su quale punto", empty_label=INTERO
    )
    testo = forms.CharField(
        label="Che cosa manca o non è giusto",
        help_text="Se puoi, scrivi anche come dovrebbe essere il testo. Niente nomi di persone seguite, niente casi.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Scrivi l'osservazione."},
    )

    def __init__(self, *args, punti, sceglie_ente, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["punto"].queryset = punti
        if not sceglie_ente:
            del self.fields["ente"]

    def clean_testo(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["testo"].replace("\r\n", "\n")


class DecisioneForm(ConHelper, forms.Form):
    """Accept or refuse an observation, with the reason."""

    azione = "Registra la decisione"

    decisione = forms.ChoiceField(
        choices=[(ACCOLTA, "Si accoglie"), (RESPINTA, "Non si accoglie")],
        widget=forms.RadioSelect,
        label="Che cosa si decide",
        error_messages={"required": "Scegli se si accoglie."},
    )
    motivo = forms.CharField(
        label="Perché",
        help_text="Lo legge chi ha scritto l'osservazione, e resta con il verbale.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Scrivi il motivo: chi ha osservato lo leggerà."},
    )
    riprendi = forms.BooleanField(
        required=False,
        label="Se si accoglie, riporta il verbale in bozza e correggi subito il testo",
        help_text="Dopo la correzione il verbale si condivide di nuovo e gli enti vedono che cosa è cambiato.",
    )

    def __init__(self, *args, si_riprende, **kwargs):
        super().__init__(*args, **kwargs)
        if not si_riprende:
            del self.fields["riprendi"]

    def clean_motivo(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["motivo"].replace("\r\n", "\n")
