"""Corrections of approved minutes: to ask for one, to say which meeting approved it."""

from django import forms

from incontri.models import Incontro, Rettifica
from incontri.servizi.anteprima import sospetti_in
from incontri.servizi.rettifiche import incontri_per_rettifica
from tavolo.base.forms import ConHelper

CONTROLLATO = "Ho controllato, pubblica lo stesso"


class RettificaForm(ConHelper, forms.ModelForm):
    """What is to be corrected, and why."""

    azione = "Proponi la rettifica"

    controllato = forms.BooleanField(required=False, label=CONTROLLATO)

    class Meta:
        model = Rettifica
        fields = ("testo", "motivo", "pubblica")
        labels = {"testo": "Che cosa va corretto", "pubblica": "Si pubblica insieme al verbale"}
        help_texts = {
            "testo": "Scrivi la frase giusta e a quale punto si riferisce: si stampa dopo il testo del verbale.",
            "pubblica": "Se sì, niente nomi di persone e niente casi.",
        }
        widgets = {"testo": forms.Textarea(attrs={"rows": 5}), "motivo": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, verbale, **kwargs):
        super().__init__(*args, **kwargs)
        self.verbale = verbale
        if not self.is_bound:
            del self.fields["controllato"]

    def clean(self):
        """Of a correction to be published, refuse fiscal codes; ask to look again at what looks private."""
        dati = super().clean()
        trovati = _sospetti(self.verbale, dati) if dati.get("pubblica") else []
        for campo in CAMPI:
            if any(s.grave and s.dove == CAMPI[campo] for s in trovati):
                self.add_error(
                    campo, "Qui c'è un codice fiscale: toglilo. Nel portale non si scrive mai il caso di una persona."
                )
        incerti = [s for s in trovati if not s.grave]
        if incerti and not dati.get("controllato"):
            self.add_error(
                "controllato",
                f"Non l'abbiamo ancora proposta. Guarda meglio: {_elenco(incerti)}. Toglilo, oppure conferma.",
            )
        if not incerti:
            self.fields.pop("controllato")
        return dati


class DecisioneForm(ConHelper, forms.Form):
    """The meeting that approved a correction; of one to be published, what looks private in it is asked about."""

    azione = "Approva la rettifica"

    in_incontro = forms.ModelChoiceField(
        queryset=Incontro.objects.none(),
        label="In quale incontro è stata approvata",
        empty_label="Scegli l'incontro",
        error_messages={"invalid_choice": "Questo incontro non può approvare la rettifica: scegline uno dall'elenco."},
    )

    controllato = forms.BooleanField(required=False, label=CONTROLLATO)

    def __init__(self, *args, rettifica, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["in_incontro"].queryset = incontri_per_rettifica(rettifica.verbale)
        self.fields["in_incontro"].label_from_instance = lambda incontro: incontro.con_data
        testi = {campo: getattr(rettifica, campo) for campo in CAMPI}
        trovati = _sospetti(rettifica.verbale, testi) if rettifica.pubblica else []
        self.gravi = [s for s in trovati if s.grave]
        incerti = [s for s in trovati if not s.grave]
        self.fields["controllato"].help_text = f"Guarda meglio: {_elenco(incerti)}."
        if not incerti:
            del self.fields["controllato"]

    def clean(self):
        """Refuse what holds a fiscal code, and what looks private until somebody says to have checked."""
        dati = super().clean()
        if self.gravi:
            self.add_error(
                None,
                f"Non si può approvare: {_elenco(self.gravi)}. Scegli «Non approvare», e proponila di nuovo senza.",
            )
        if "controllato" in self.fields and not dati.get("controllato"):
            self.add_error(
                "controllato", "Non l'abbiamo ancora approvata: conferma di aver controllato, oppure non approvarla."
            )
        return dati


# The texts of a correction, each with what its place is called.
CAMPI = {"testo": "Che cosa va corretto", "motivo": "Perché si rettifica"}


def _sospetti(verbale, testi):
    return sospetti_in([(dove, testi.get(campo) or "") for campo, dove in CAMPI.items()], verbale=verbale)


def _elenco(sospetti):
    return "; ".join(dict.fromkeys(f"«{s.parole}» sembra {s.che_cosa}" for s in sospetti))
