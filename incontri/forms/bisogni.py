"""A need, as it is written and corrected."""

from copy import copy
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django import forms

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import Bisogno
from incontri.servizi.bisogni.nascita import Origine, porta_bisogno
from referenti.models import Comune
from tavolo.base.concorrenza import ConTimbro, timbro
from tavolo.base.forms import ConHelper

INSIEMI = ("destinatari", "comuni", "categorie")


class BisognoForm(ConHelper, ConRiservatezza, ConTimbro):
    """A need of groups, never of a person: its words, its theme, whom it is about, where, which services answer."""

    da_controllare = ("titolo", "descrizione", "nota")
    non_fatto = "Non l'abbiamo ancora salvato."

    controllato = forms.BooleanField(required=False, label="Ho controllato: non riguarda una persona, salva lo stesso")
    nota = forms.CharField(
        required=False,
        label="Da dove viene",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chi lo ha detto, in quale occasione: per esempio «gli sportelli dei comuni, a settembre».",
    )
    chiave = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ("titolo", "descrizione", "tema", *INSIEMI, "nota", "controllato", "chiave")

    class Meta:
        model = Bisogno
        fields = ("titolo", "descrizione", "tema", *INSIEMI)
        labels = {"titolo": "Il bisogno, in una riga", "descrizione": "Che cosa succede"}
        help_texts = {
            "descrizione": SOLO_INSIEMI,
            "categorie": "Servono a trovare da soli i servizi che rispondono, e dove mancano.",
        }
        widgets = {
            "descrizione": forms.Textarea(attrs={"rows": 6}),
            **dict.fromkeys(INSIEMI, forms.CheckboxSelectMultiple),
        }

    def __init__(self, *args, utente, origine=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente, self.origine = utente, origine
        nuovo = self.instance._state.adding
        comuni: Any = self.fields["comuni"]
        propri = Comune.objects.none() if nuovo else self.instance.comuni.all()
        comuni.queryset = Comune.objects.dell_ambito() | Comune.objects.filter(pk__in=propri.values("pk"))
        self.fields["tema"].empty_label = "Scegli un tema"
        if nuovo:
            self.initial.setdefault("chiave", uuid4())
        else:
            del self.fields["nota"], self.fields["chiave"]
        self.order_fields(self.field_order)
        self.senza_conferma()

    def clean_descrizione(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["descrizione"].replace("\r\n", "\n")

    def riaperto(self, salvato):
        """This form again, ready to be saved over `salvato`."""
        dati = copy(self.data)
        dati[self.add_prefix("timbro")] = timbro(salvato)
        return type(self)(dati, instance=salvato, utente=self.utente)

    def save(self, commit=True):
        """The need, signed; raises VersioneSuperata if somebody saved it meanwhile, BisognoNonPossibile if it cannot be."""
        if not self.instance._state.adding:
            self.instance._history_user = self.utente
            return super().save(commit)
        dati = self.cleaned_data
        origine = replace(self.origine or Origine(), nota=dati["nota"].replace("\r\n", "\n"))
        insiemi = {nome: dati[nome] for nome in INSIEMI}
        return porta_bisogno(self.instance, insiemi=insiemi, origine=origine, autore=self.utente, chiave=dati["chiave"])
