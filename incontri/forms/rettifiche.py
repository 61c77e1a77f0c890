"""Corrections of approved minutes: to ask for one, to say which meeting approved it."""

from django import forms

from incontri.models import Incontro, Rettifica
from incontri.servizi.rettifiche import incontri_per_rettifica
from tavolo.base.forms import ConHelper


class RettificaForm(ConHelper, forms.ModelForm):
    """What is to be corrected, and why."""

    azione = "Proponi la rettifica"

    class Meta:
        model = Rettifica
        fields = ("testo", "motivo", "pubblica")
        labels = {"testo": "Che cosa va corretto", "pubblica": "Si pubblica insieme al verbale"}
        help_texts = {
            "testo": "Scrivi la frase giusta e a quale punto si riferisce: si stampa dopo il testo del verbale.",
            "pubblica": "Se sì, niente nomi di persone e niente casi.",
        }
        widgets = {"testo": forms.Textarea(attrs={"rows": 5}), "motivo": forms.Textarea(attrs={"rows": 3})}


class DecisioneForm(ConHelper, forms.Form):
    """The meeting that approved a correction."""

    azione = "Approva la rettifica"

    in_incontro = forms.ModelChoiceField(
        queryset=Incontro.objects.none(),
        label="In quale incontro è stata approvata",
        empty_label="Scegli l'incontro",
        error_messages={"invalid_choice": "Questo incontro non può approvare la rettifica: scegline uno dall'elenco."},
    )

    def __init__(self, *args, verbale, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["in_incontro"].queryset = incontri_per_rettifica(verbale)
        self.fields["in_incontro"].label_from_instance = lambda incontro: incontro.con_data
