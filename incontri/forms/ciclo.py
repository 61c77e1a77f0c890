"""The life of the minutes: hours, taking back, approving."""

from django import forms

from incontri.models import EsitoDecisione
from incontri.servizi.condivisioni import MOTIVO_LUNGO
from tavolo.base.forms import ConHelper

SEDUTA_STANTE = "seduta-stante"


class RiprendiForm(ConHelper, forms.Form):
    """Why the minutes are taken back to draft."""

    azione = "Riporta in bozza"

    motivo = forms.CharField(
        max_length=MOTIVO_LUNGO,
        label="Perché lo riporti in bozza",
        help_text="Per esempio: «Correggo la data della prossima riunione». Gli enti lo leggono quando lo ricondividi.",
        error_messages={"required": "Scrivi perché: gli enti lo leggeranno."},
    )


class ApprovaForm(ConHelper, forms.Form):
    """Which meeting approved the minutes, and how."""

    azione = "Registra la decisione"

    incontro = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="In quale incontro",
        error_messages={"required": "Scegli in quale incontro è stato deciso."},
    )
    esito = forms.ChoiceField(
        choices=[
            (EsitoDecisione.UNANIMITA, "Approvato all'unanimità"),
            (EsitoDecisione.MAGGIORANZA, "Approvato a maggioranza"),
            (EsitoDecisione.RINVIO, "Non approvato: l'approvazione è rinviata"),
        ],
        widget=forms.RadioSelect,
        label="Che cosa ha deciso",
        error_messages={"required": "Scegli che cosa ha deciso l'incontro."},
    )

    def __init__(self, *args, incontri, seduta_stante=None, **kwargs):
        """`incontri` are the later ones that may approve; `seduta_stante` the meeting itself, where it may."""
        super().__init__(*args, **kwargs)
        self.per_codice = {str(incontro.pk): incontro for incontro in incontri}
        scelte = [(codice, _con_data(incontro)) for codice, incontro in self.per_codice.items()]
        if seduta_stante is not None:
            self.per_codice[SEDUTA_STANTE] = seduta_stante
            scelte.append(
                (SEDUTA_STANTE, "Nello stesso incontro, seduta stante: il testo è stato letto e approvato lì")
            )
        self.fields["incontro"].choices = scelte
        if len(scelte) == 1 and scelte[0][0] != SEDUTA_STANTE:  # for ever: chosen, never by default
            self.fields["incontro"].initial = scelte[0][0]

    def clean_incontro(self):
        """The meeting chosen."""
        return self.per_codice[self.cleaned_data["incontro"]]


def _con_data(incontro):
    return f"{incontro}, {incontro.giorno:%d/%m/%Y}"
