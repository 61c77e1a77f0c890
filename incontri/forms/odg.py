"""The agenda as rows."""

from django import forms

from incontri.forms.righe import BaseRigheFormSet, RigaForm, riga_iniziale
from incontri.models import TipoPunto
from incontri.servizi.odg import RigaOdg

RIGHE_VUOTE, RIGHE_IN_PIU = 1, 4


class PuntoForm(RigaForm):
    """One point of the agenda."""

    campi = ("titolo", "tipo", "descrizione", "durata", "verbale_da_approvare_id", "pubblico")
    principale = "titolo"
    manca = "Scrivi il titolo del punto, oppure spunta «Togli questo punto»."

    titolo = forms.CharField(required=False, max_length=200, label="Titolo")
    descrizione = forms.CharField(
        required=False, label="Di che cosa si parla", widget=forms.Textarea(attrs={"rows": 2, "class": "basso"})
    )
    tipo = forms.ChoiceField(required=False, choices=TipoPunto, initial=TipoPunto.ORDINARIO, label="Che punto è")
    verbale_da_approvare_id = forms.TypedChoiceField(required=False, label="Verbale da approvare", empty_value=None)
    pubblico = forms.BooleanField(required=False, initial=True, label="Il titolo si legge nel verbale pubblicato")
    durata = forms.IntegerField(required=False, min_value=1, max_value=600, label="Minuti")
    ordine = forms.IntegerField(required=False, min_value=1, max_value=999, label="Posto")
    posto_prima = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rimuovi = forms.BooleanField(required=False, label="Togli questo punto")

    def __init__(self, *args, verbali=(), **kwargs):
        super().__init__(*args, **kwargs)
        campo = self.fields["verbale_da_approvare_id"]
        campo.choices = [("", "Nessuno"), *((v.pk, v.incontro.con_data) for v in verbali)]
        campo.coerce = {str(v.pk): v.pk for v in verbali}.get

    def mandato(self, campo):
        """Whether the request has this field: an empty box to tick is never sent, so it goes with the title."""
        return super().mandato("titolo" if campo == "pubblico" else campo)

    def conta(self, campo):
        """A box ticked in advance does not make a row."""
        return campo != "pubblico" and super().conta(campo)

    def clean_tipo(self):
        """The kind; an ordinary point until told otherwise."""
        return self.cleaned_data["tipo"] or TipoPunto.ORDINARIO

    def clean(self):
        """Minutes to approve belong to a point of approval."""
        dati = super().clean()
        if dati.get("verbale_da_approvare_id") and dati.get("tipo") != TipoPunto.APPROVAZIONE:
            self.add_error("tipo", f"Scegli «{TipoPunto.APPROVAZIONE.label}», oppure togli il verbale da approvare.")
        return dati

    def clean_descrizione(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["descrizione"].replace("\r\n", "\n")

    def riga(self):
        """What to save of this point and where it is to stand."""
        if super().riga() is None:
            return None
        dati = self.cleaned_data
        return RigaOdg(**self.argomenti(), posto=dati["ordine"], posto_prima=dati["posto_prima"])


def odg_formset(dati=None, *, punti=(), verbali=(), vuote=RIGHE_VUOTE):
    """The rows of the agenda, with `vuote` empty ones at the end; of `dati` where the request sent some.

    `verbali` are the minutes a point may ask to approve.
    """
    argomenti = {"verbali": list(verbali)}
    classe = forms.formset_factory(PuntoForm, formset=BaseRigheFormSet, extra=vuote, max_num=100, absolute_max=200)
    if dati is not None:
        return classe(dati, prefix="punti", form_kwargs=argomenti)
    iniziali = [
        riga_iniziale(punto, *PuntoForm.campi) | {"ordine": posto, "posto_prima": posto}
        for posto, punto in enumerate(punti, start=1)
    ]
    return classe(initial=iniziali, prefix="punti", form_kwargs=argomenti)
