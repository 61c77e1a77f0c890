"""What shows a need, as it is written and corrected."""

import re
from typing import Any
from uuid import uuid4

from django import forms

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import SOGLIA, Evidenza, TipoEvidenza, UnitaEvidenza
from incontri.servizi.bisogni.evidenze import scrivi_evidenza
from referenti.models import Comune, Indicatore
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import CampoNumero, ConHelper

MODULO = "modulo-evidenza"
# A number under SOGLIA that stands alone: not in a date, a larger number, a percentage.
_POCHI = re.compile(r"(?<![\d.,/])\b(?:[1-4](?![\d/%]|[.,]\d)|due|tre|quattro)\b(?!\s*%)", re.IGNORECASE)


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
        field_classes = {"valore": CampoNumero}
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
        if self.cleaned_data.get("tipo") == TipoEvidenza.IN_BISOGNO:
            self.cleaned_data["unita"] = UnitaEvidenza.PERSONE
        dati = super().clean()
        tipo, valore = dati.get("tipo"), dati.get("valore")
        persone, pochi = dati.get("unita") == UnitaEvidenza.PERSONE, self._pochi(dati)
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

    def _pochi(self, dati):
        """Whether it counts so few people that its number is not kept."""
        valore, intero = dati.get("valore"), not (dati.get("valore") or 0) % 1
        persone = dati.get("unita") == UnitaEvidenza.PERSONE
        return bool(dati.get("pochi")) or (persone and valore is not None and intero and 0 < valore < SOGLIA)

    def altri_sospetti(self, dati):
        """The count that is not kept, left in the words."""
        if dati.get("tipo") == TipoEvidenza.OPINIONE or not self._pochi(dati):
            return []
        trovati = [trovato.group() for trovato in _POCHI.finditer(dati.get("testo") or "")]
        return [f"«{numero}» sembra il numero di persone che non si scrive" for numero in trovati]

    def _senza_numero(self, dati):
        if dati.get("valore") is not None:
            self.add_error("valore", "Un'osservazione non ha un numero: svuotalo, oppure scegli un altro tipo.")
        dati["unita"] = ""

    def _con_numero(self, dati):
        if dati.get("valore") is None and "valore" not in self.errors:
            self.add_error("valore", "Scrivi il valore, oppure scegli «un'osservazione».")
        if not dati.get("unita") and "unita" not in self.errors:
            self.add_error("unita", "Scegli in che cosa si misura.")

    @property
    def helper(self):
        """The form drawn, with a name that what stands outside of it can point to."""
        helper = super().helper
        helper.form_id = MODULO
        return helper

    def save(self, commit=True):
        """The evidence, signed; VersioneSuperata if somebody saved it meanwhile, BisognoNonPossibile if its need was merged."""
        if self.instance._state.adding:
            return scrivi_evidenza(self.instance, autore=self.utente, chiave=self.cleaned_data["chiave"])
        self.instance._history_user = self.utente
        return super().save(commit)


class PrendiDatoForm(forms.Form):
    """Which figure of the territory fills the form of an evidence: sent with that form, for what is typed there stays."""

    dato = forms.ModelChoiceField(
        queryset=Indicatore.objects.del_territorio(),
        label="Dato del territorio",
        empty_label="Scegli un dato",
        widget=forms.Select(attrs={"form": MODULO}),
        error_messages={"required": "Scegli un dato.", "invalid_choice": "Questo dato non c'è più: scegline un altro."},
    )
