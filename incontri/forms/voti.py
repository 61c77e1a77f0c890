"""The vote of an ente on a need."""

from copy import copy

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.servizi.rilevazioni.voti import DatiVoto, dati_di
from tavolo.base.concorrenza import timbro
from tavolo.base.forms import ConHelper

NON_SO = "non-so"
# The scale of docs/metodo.md in words that answer each question: of gravity, and of how much heavier it weighs on some.
GRAVITA = [
    ("1", "1, minima: si vede appena"),
    ("2", "2, lieve: comincia a farsi sentire"),
    ("3", "3, grave: serve una risposta"),
    ("4", "4, molto grave"),
    ("5", "5, critica: non può aspettare"),
]
SVANTAGGIO = [
    ("1", "1, come su tutti"),
    ("2", "2, poco di più"),
    ("3", "3, di più"),
    ("4", "4, molto di più"),
    ("5", "5, quasi solo su di loro"),
]
NON_SI_SA = (NON_SO, "Non so")


def _numero(risposta):
    return None if risposta in ("", NON_SO) else int(risposta)


class VotoForm(ConHelper, ConRiservatezza):
    """Gravity and inequality overall, gravity in each comune the ente serves, why. "Non so" is an answer, not a zero."""

    azione = "Salva il voto"
    accolti = ()  # votes keep no history: which answers were left as they were is not known
    da_controllare = ("motivo",)
    non_fatto = "Non l'abbiamo ancora salvato."

    controllato = forms.BooleanField(required=False, label="Ho controllato: non riguarda una persona, salva lo stesso")
    gravita = forms.ChoiceField(
        choices=[*GRAVITA, NON_SI_SA],
        widget=forms.RadioSelect,
        label="Quanto è grave",
        error_messages={"required": "Scegli un numero, oppure «Non so»."},
    )
    equita = forms.ChoiceField(
        choices=[*SVANTAGGIO, NON_SI_SA],
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
        for nome, comune in zip(self.nomi_dei_comuni, comuni, strict=True):
            etichetta = f"A {comune}" if len(comuni) > 1 else f"Quanto è grave a {comune}"
            self.fields[nome] = forms.ChoiceField(choices=[NON_SI_SA, *GRAVITA], required=False, label=etichetta)
        self.order_fields(["gravita", *self.nomi_dei_comuni, "equita", "motivo", "controllato"])
        self.initial |= {"versione": versione, **(self._di(dati_di(partenza)) if partenza else {})}
        self.senza_conferma()

    @property
    def nomi_dei_comuni(self):
        """The fields with the gravity in each comune."""
        return [f"comune-{comune.slug}" for comune in self.comuni]

    @property
    def helper(self):
        """The form drawn: the comuni together, where there is more than one."""
        helper = super().helper
        if len(self.comuni) > 1:
            campi = [Div(nome, css_class="col-sm-6") for nome in self.nomi_dei_comuni]
            aiuto = HTML("<p class='form-text'>Se di un comune non lo sapete, lasciate «Non so».</p>")
            insieme = Fieldset("Quanto è grave in ogni comune", aiuto, Div(*campi, css_class="row"))
            altri = [campo for campo in helper.layout.fields if campo not in self.nomi_dei_comuni]
            posto = altri.index("gravita") + 1
            helper.layout.fields = [*altri[:posto], insieme, *altri[posto:]]
        return helper

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
        righe = []
        for nome, campo in self.fields.items():
            nomi = dict(getattr(campo, "choices", ()))
            salvato = self.initial.get(nome, "")
            scritto = str(self[nome].value() or "") if self.add_prefix(nome) in self.data else salvato
            if nome not in ("versione", "controllato") and salvato != scritto.replace("\r\n", "\n"):
                righe.append((campo.label, nomi.get(salvato, salvato), nomi.get(scritto, scritto)))
        return righe
