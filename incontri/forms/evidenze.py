"""What shows a need, as it is written and corrected."""

from typing import Any
from uuid import uuid4

from django import forms

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import SOGLIA, Evidenza, TipoEvidenza, UnitaEvidenza
from incontri.servizi.bisogni.evidenze import scrivi_evidenza
from referenti.models import Comune, Indicatore
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import ConHelper


class EvidenzaForm(ConHelper, ConRiservatezza, ConTimbro):
    """A figure or a voice, with its territory, time and source. So few people that they could be recognised: no number."""

    argomenti = ("utente",)

    da_controllare = ("testo",)
    non_fatto = "Non l'abbiamo ancora salvata."

    pochi = forms.BooleanField(
        required=False,
        label=f"Sono meno di {SOGLIA} persone",
        help_text="Il numero non si scrive: così poche persone si potrebbero riconoscere.",
    )
    controllato = forms.BooleanField(required=False, label="Ho controllato: non riguarda una persona, salva lo stesso")

    chiave = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = (
        *("tipo", "testo", "controllato", "valore", "unita", "pochi"),
        *("comune", "riferimento", "fonte", "url", "indicatore", "chiave"),
    )

    class Meta:
        model = Evidenza
        fields = ("tipo", "testo", "valore", "unita", "comune", "riferimento", "fonte", "url", "indicatore")
        labels = {"riferimento": "A quando si riferisce", "url": "Indirizzo della fonte, se c'è"}
        help_texts = {
            "testo": SOLO_INSIEMI,
            "fonte": "Chi lo dice: un ente, un archivio, un rapporto. Due fonti diverse rendono il dato più affidabile.",
        }
        widgets = {
            "tipo": forms.RadioSelect,
            "testo": forms.Textarea(attrs={"rows": 3}),
            "indicatore": forms.HiddenInput,
            "valore": forms.TextInput(attrs={"inputmode": "decimal"}),
        }

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        comuni: Any = self.fields["comune"]
        comuni.queryset = Comune.objects.dell_ambito() | Comune.objects.filter(pk=self.instance.comune_id)
        comuni.empty_label = "Tutto l'Ambito"
        self.fields["valore"].localize = True
        self.fields["indicatore"].queryset = Indicatore.objects.all()
        self.fields["unita"].choices = [("", "Scegli"), *UnitaEvidenza.choices]
        self.initial.setdefault("pochi", self.instance.soppresso)
        if self.instance._state.adding:
            self.initial.setdefault("chiave", uuid4())
        else:
            del self.fields["chiave"]
        self.order_fields(self.field_order)
        self.senza_conferma()

    def clean(self):
        """What each kind needs; a count of too few people keeps no number, wherever it was typed."""
        dati = super().clean()
        tipo, valore = dati.get("tipo"), dati.get("valore")
        if tipo == TipoEvidenza.IN_BISOGNO:
            dati["unita"] = UnitaEvidenza.PERSONE
        persone = dati.get("unita") == UnitaEvidenza.PERSONE
        pochi = bool(dati.get("pochi")) or (persone and valore is not None and 0 < valore < SOGLIA)
        if tipo == TipoEvidenza.OPINIONE:
            self._senza_numero(dati)
            pochi = False
        elif pochi and not persone:
            self.add_error("pochi", "Vale solo per un numero di persone: scegli «persone», oppure togli la spunta.")
        elif pochi and valore is not None and valore >= SOGLIA:
            self.add_error("pochi", f"Il valore dice {valore}: togli la spunta, oppure svuota il valore.")
        elif not pochi:
            self._con_numero(dati)
        self.instance.soppresso = pochi
        if pochi and not self.errors:
            dati["valore"] = None
        return dati

    def _senza_numero(self, dati):
        if dati.get("valore") is not None:
            self.add_error("valore", "Un'osservazione non ha un numero: svuotalo, oppure scegli un altro tipo.")
        dati["unita"] = ""

    def _con_numero(self, dati):
        if dati.get("valore") is None and "valore" not in self.errors:
            self.add_error("valore", "Scrivi il valore, oppure scegli «un'osservazione».")
        if not dati.get("unita") and "unita" not in self.errors:
            self.add_error("unita", "Scegli in che cosa si misura.")

    def save(self, commit=True):
        """The evidence, signed; VersioneSuperata if somebody saved it meanwhile, BisognoNonPossibile if its need was merged."""
        if self.instance._state.adding:
            return scrivi_evidenza(self.instance, autore=self.utente, chiave=self.cleaned_data["chiave"])
        self.instance._history_user = self.utente
        return super().save(commit)


class PrendiDatoForm(ConHelper, forms.Form):
    """Which figure of the territory fills the form of an evidence."""

    azione = "Riempi il modulo"
    metodo = "get"

    indicatore = forms.ModelChoiceField(
        queryset=Indicatore.objects.del_territorio(), label="Dato del territorio", empty_label="Scegli un dato"
    )
