"""The decision that approves the ranking of a round, and the needs that come first because of it."""

from typing import Any

from django import forms
from django.utils import timezone

from incontri.forms.decisioni import in_gruppi
from incontri.models import Bisogno
from incontri.priorita.graduatoria import Parte
from incontri.servizi.rilevazioni.decisioni import (
    da_mettere_in_priorita,
    decisioni_possibili,
    punti_in_cui_decidere,
    testo_della_decisione,
)
from tavolo.base.forms import ConHelper

DECISI = 5  # how many needs of the ranking are ticked at first


class DecisioneForm(ConHelper, forms.Form):
    """Where the ranking becomes a decision, and in which words."""

    azione = "Porta nel verbale"
    punto = forms.ModelChoiceField(
        punti_in_cui_decidere(), required=False, label="Punto dell'ordine del giorno", empty_label="Scegli un punto"
    )
    testo = forms.CharField(
        required=False, label="Testo della decisione", widget=forms.Textarea(attrs={"rows": 8}), max_length=5000
    )
    voce = forms.ModelChoiceField(
        decisioni_possibili(),
        required=False,
        label="Oppure una decisione già scritta",
        help_text="Se l'incontro ha già deciso e il verbale è condiviso o approvato. I rinvii non ci sono.",
    )

    def __init__(self, *args, rilevazione, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        scrivibili: Any = self.fields["punto"]
        scrivibili.label_from_instance = lambda riga: f"{riga.incontro}: {riga.titolo}"
        chiusa = timezone.localdate(rilevazione.chiusa_il)
        self.fields["voce"].choices = in_gruppi(decisioni_possibili(), chiusa, vuoto="Nessuna")
        self.initial.setdefault("testo", testo_della_decisione(rilevazione))

    def clean(self):
        """Either a point with words for it, or a decision that is there already."""
        dati = super().clean()
        if "punto" in self.errors or "voce" in self.errors:
            return dati
        if not dati.get("voce") and not dati.get("punto"):
            self.add_error("punto", "Scegli dove scrivere la decisione, oppure una decisione già scritta.")
        elif dati.get("voce") and dati.get("punto"):
            self.add_error("voce", "Scegli una cosa sola: un punto in cui scriverla o una decisione già scritta.")
        elif dati.get("punto") and not dati.get("testo"):
            self.add_error("testo", "Scrivi che cosa ha deciso il Tavolo.")
        elif dati.get("punto") and not self._si_scrive(dati["punto"]):
            self.add_error("punto", "Quel verbale lo scrive un'altra persona: chiedi a lei, o scegli un altro punto.")
        return dati

    def _si_scrive(self, punto):
        return self.utente.has_perm("incontri.change_verbale", punto.incontro.verbale)


class PrioritaForm(ConHelper, forms.Form):
    """Which needs of an approved ranking come first from now on."""

    azione = "Metti in priorità"
    bisogni = forms.ModelMultipleChoiceField(
        Bisogno.objects.none(),
        label="Bisogni che diventano prioritari",
        widget=forms.CheckboxSelectMultiple,
        help_text="Nell'ordine della graduatoria. Togli quelli che la decisione non nomina.",
        error_messages={"required": "Scegli almeno un bisogno."},
    )

    def __init__(self, *args, rilevazione, **kwargs):
        super().__init__(*args, **kwargs)
        righe = {riga["bisogno"]: riga for riga in rilevazione.risultati.get("righe", [])}
        candidati = {str(bisogno.pk): bisogno for bisogno in da_mettere_in_priorita(rilevazione)}
        in_ordine = [(candidati[chiave], riga) for chiave, riga in righe.items() if chiave in candidati]
        scelti: Any = self.fields["bisogni"]
        scelti.queryset = da_mettere_in_priorita(rilevazione)
        scelti.choices = [(bisogno.pk, _con_posto(bisogno, riga)) for bisogno, riga in in_ordine]
        valutati = [bisogno.pk for bisogno, riga in in_ordine if riga["posto"] is not None]
        self.initial.setdefault("bisogni", valutati[:DECISI])


def _con_posto(bisogno, riga):
    """The need with its place, which starts again from 1 in each part of the ranking."""
    if riga["posto"] is None:
        return f"{bisogno} (non valutato)"
    return f"{riga['posto']}. {bisogno}" + (" (copertura da rilevare)" if riga["parte"] == Parte.DA_RILEVARE else "")
