"""The agenda as rows."""

from django import forms

from incontri.forms.righe import BaseRigheFormSet, RigaForm, riga_iniziale
from incontri.servizi.odg import RigaOdg

RIGHE_VUOTE, RIGHE_IN_PIU = 1, 4


class PuntoForm(RigaForm):
    """One point of the agenda."""

    campi = ("titolo", "descrizione", "durata")
    principale = "titolo"
    manca = "Scrivi il titolo del punto, oppure spunta «Togli questo punto»."

    titolo = forms.CharField(required=False, max_length=200, label="Titolo")
    descrizione = forms.CharField(
        required=False, label="Di che cosa si parla", widget=forms.Textarea(attrs={"rows": 2, "class": "basso"})
    )
    durata = forms.IntegerField(required=False, min_value=1, max_value=600, label="Minuti")
    ordine = forms.IntegerField(required=False, min_value=1, max_value=999, label="Posto")
    posto_prima = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rimuovi = forms.BooleanField(required=False, label="Togli questo punto")

    def clean_descrizione(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["descrizione"].replace("\r\n", "\n")

    def riga(self):
        """What to save of this point and where it is to stand."""
        if super().riga() is None:
            return None
        dati = self.cleaned_data
        return RigaOdg(**self.argomenti(), posto=dati["ordine"], posto_prima=dati["posto_prima"])


def odg_formset(dati=None, *, punti=(), vuote=RIGHE_VUOTE):
    """The rows of the agenda, with `vuote` empty ones at the end; of `dati` where the request sent some."""
    classe = forms.formset_factory(PuntoForm, formset=BaseRigheFormSet, extra=vuote, max_num=100, absolute_max=200)
    if dati is not None:
        return classe(dati, prefix="punti")
    iniziali = [
        riga_iniziale(punto, *PuntoForm.campi) | {"ordine": posto, "posto_prima": posto}
        for posto, punto in enumerate(punti, start=1)
    ]
    return classe(initial=iniziali, prefix="punti")
