"""The vote of an ente on a need."""

from copy import copy

from django import forms

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.servizi.rilevazioni.voti import DatiVoto, dati_di
from tavolo.base.concorrenza import timbro
from tavolo.base.forms import ConHelper

NON_SO = "non-so"
SCALA = [
    ("1", "1, minima"),
    ("2", "2, tensione"),
    ("3", "3, severa"),
    ("4", "4, molto grave"),
    ("5", "5, critica"),
]
RISPOSTE = [*SCALA, (NON_SO, "Non so")]


def _numero(risposta):
    return None if risposta in ("", NON_SO) else int(risposta)


class VotoForm(ConHelper, ConRiservatezza):
    """Gravity and inequality overall, gravity in each comune the ente serves, why. "Non so" is an answer, not a zero."""

    azione = "Salva il voto"
    da_controllare = ("motivo",)
    non_fatto = "Non l'abbiamo ancora salvato."

    controllato = forms.BooleanField(required=False, label="Ho controllato: non riguarda una persona, salva lo stesso")
    gravita = forms.ChoiceField(
        choices=RISPOSTE,
        widget=forms.RadioSelect,
        label="Quanto è grave",
        error_messages={"required": "Scegli un numero, oppure «Non so»."},
    )
    equita = forms.ChoiceField(
        choices=RISPOSTE,
        widget=forms.RadioSelect,
        label="Quanto pesa di più su chi è già svantaggiato",
        error_messages={"required": "Scegli un numero, oppure «Non so»."},
    )
    motivo = forms.CharField(
        required=False,
        max_length=2000,
        label="Perché",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Gli altri lo leggono dopo il turno, senza il nome del tuo ente. {SOLO_INSIEMI}",
    )
    versione = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, comuni, partenza=None, versione="", **kwargs):
        super().__init__(*args, **kwargs)
        self.comuni = comuni
        for comune in comuni:
            self.fields[f"comune-{comune.slug}"] = forms.ChoiceField(
                choices=[(NON_SO, "Non so"), *SCALA], required=False, label=f"A {comune}"
            )
        self.order_fields(
            ["gravita", *(f"comune-{comune.slug}" for comune in comuni), "equita", "motivo", "controllato"]
        )
        self.initial |= {"versione": versione, **(self._di(dati_di(partenza)) if partenza else {})}
        self.senza_conferma()

    def _di(self, dati):
        """The fields that say `dati`."""
        scelte = {f"comune-{comune.slug}": dati.per_comune.get(comune.pk) for comune in self.comuni}
        scelte |= {"gravita": dati.gravita, "equita": dati.equita}
        return {nome: NON_SO if valore is None else str(valore) for nome, valore in scelte.items()} | {
            "motivo": dati.motivo
        }

    def dati(self):
        """What the person says."""
        detto = self.cleaned_data
        per_comune = {comune.pk: _numero(self._o_prima(f"comune-{comune.slug}")) for comune in self.comuni}
        motivo = detto["motivo"].replace("\r\n", "\n").strip()
        return DatiVoto(
            gravita=_numero(detto["gravita"]), equita=_numero(detto["equita"]), motivo=motivo, per_comune=per_comune
        )

    def _o_prima(self, nome):
        """The answer; as it was before where the request does not have the field."""
        return self.cleaned_data[nome] if self.add_prefix(nome) in self.data else self.initial.get(nome, NON_SO)

    def riaperto(self, salvato):
        """This form again with what was typed, ready to be saved over `salvato`."""
        dati = copy(self.data)
        dati[self.add_prefix("versione")] = timbro(salvato)
        nuovo = type(self)(dati, comuni=self.comuni, partenza=salvato, versione=timbro(salvato))
        nuovo.is_valid()  # what looks private was confirmed or was not there: which fields it has is known only then
        return nuovo

    def confronto(self):
        """Label, saved and typed of each field where the colleague's vote and this one differ."""
        nomi = dict(RISPOSTE)
        righe = []
        for nome, campo in self.fields.items():
            salvato = self.initial.get(nome, "")
            scritto = str(self[nome].value() or "") if self.add_prefix(nome) in self.data else salvato
            if nome not in ("versione", "controllato") and salvato != scritto.replace("\r\n", "\n"):
                righe.append((campo.label, nomi.get(salvato, salvato), nomi.get(scritto, scritto)))
        return righe
