"""What is asked before a need changes state, or is merged into another one."""

from django import forms

from incontri.models import Bisogno
from incontri.servizi.bisogni.passaggi import CON_MOTIVO, MOTIVO_LUNGO
from tavolo.base.forms import ConHelper


class PassaggioForm(ConHelper, forms.Form):
    """Why the need passes to another state."""

    motivo = forms.CharField(required=False, max_length=MOTIVO_LUNGO, label="Perché, in una riga (se serve)")

    def __init__(self, *args, passaggio, **kwargs):
        super().__init__(*args, **kwargs)
        self.azione = passaggio.etichetta
        campo = self.fields["motivo"]
        if passaggio.nome in CON_MOTIVO:
            campo.required = True
            campo.label = "Perché"
            campo.error_messages["required"] = "Scrivi perché: chi lo legge dopo deve poterlo capire."
        if passaggio.nome == "supera":
            self.fields["motivo"] = forms.CharField(
                label="Perché è superato",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text="Che cosa è cambiato, o perché non è più un bisogno. Resta scritto nella sua pagina.",
                error_messages=campo.error_messages,
            )


class ScegliBisognoForm(ConHelper, forms.Form):
    """Which need a double is to be merged into."""

    azione = "Confrontali"
    metodo = "get"

    con = forms.ModelChoiceField(
        queryset=Bisogno.objects.none(), to_field_name="slug", label="Bisogno che resta", empty_label="Scegli"
    )

    def __init__(self, *args, doppio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["con"].queryset = Bisogno.objects.veri().exclude(pk=doppio.pk)


class UnioneForm(ConHelper, forms.Form):
    """Why the two are one, and what goes along."""

    azione = "Unisci"

    anche_insiemi = forms.BooleanField(
        required=False,
        initial=True,
        label="Aggiungi anche chi, dove, argomenti e servizi collegati del doppio",
    )
    motivo = forms.CharField(max_length=MOTIVO_LUNGO, label="Perché sono lo stesso bisogno")


class SeparazioneForm(ConHelper, forms.Form):
    """Why the two are not one after all."""

    azione = "Separa"

    motivo = forms.CharField(max_length=MOTIVO_LUNGO, label="Perché non sono lo stesso bisogno")
