"""A need, as it is written and corrected."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from crispy_forms.layout import HTML, Field
from django import forms

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import Bisogno
from incontri.servizi.bisogni.nascita import Origine, porta_bisogno
from incontri.servizi.bisogni.simili import simili
from referenti.models import Comune
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import ConHelper

INSIEMI = ("destinatari", "comuni", "categorie")


class BisognoForm(ConHelper, ConRiservatezza, ConTimbro):
    """A need of groups, never of a person: its words, its theme, whom it is about, where, which services answer."""

    argomenti = ("utente",)

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
    diverso = forms.BooleanField(required=False, label="Li ho guardati: questo è un altro bisogno, salvalo")
    chiave = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ("titolo", "descrizione", "tema", *INSIEMI, "nota", "controllato", "diverso", "chiave")

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
        self.simili: list[Bisogno] = []
        if nuovo and not self.is_bound:
            self.simili = simili(self.initial.get("titolo", ""), self.initial.get("descrizione", ""))
        if not (nuovo and self.is_bound):
            del self.fields["diverso"]
        self.order_fields(self.field_order)
        self.senza_conferma()

    def clean(self):
        """Show those it looks like, before a new one is saved."""
        dati = super().clean()
        if "diverso" in self.fields:
            self.simili = simili(dati.get("titolo", ""), dati.get("descrizione", ""), tema=dati.get("tema"))
            if not self.simili:
                del self.fields["diverso"]
            elif not dati.get("diverso"):
                self.add_error("diverso", "Non l'abbiamo ancora salvato: guarda qui sopra quelli che gli somigliano.")
        return dati

    @property
    def detto_altrove(self) -> str:
        """What was typed, but for what was there before, as a note of where a need was heard; empty if it may not be kept."""
        self.is_valid()
        titolo_rifiutato = "titolo" in self.errors and bool(self.data.get(self.add_prefix("titolo"), "").strip())
        if titolo_rifiutato or {"descrizione", "nota", "controllato"} & set(self.errors):
            return ""
        nuovi = [nome for nome in ("nota", "titolo", "descrizione") if nome in self.changed_data]
        return "\n\n".join(filter(None, (self.cleaned_data.get(nome, "") for nome in nuovi)))

    def con_nota(self, nota: str) -> Origine:
        """Where it was heard, with a note."""
        return replace(self.origine or Origine(), nota=nota.replace("\r\n", "\n"))

    @property
    def helper(self):
        """The form drawn: long lists in columns; those it looks like first of all, with their confirmation."""
        helper = super().helper
        for nome in INSIEMI:
            helper[nome].wrap(Field, wrapper_class="scelte-a-colonne")
        if self.simili:
            conferma = ["diverso"] if "diverso" in self.fields else []
            helper.layout.fields = [campo for campo in helper.layout.fields if campo != "diverso"]
            # Enter presses the first button of a form: it must not be one of those that answer for the person.
            predefinito = HTML(
                "<button class='visually-hidden' type='submit' tabindex='-1' aria-hidden='true'>{{ form.azione }}</button>"
            )
            vicini = HTML("{% include 'incontri/includes/bisogno_simili.html' with simili=form.simili %}")
            helper.layout.fields[:0] = [predefinito, vicini, *conferma]
        return helper

    def clean_descrizione(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["descrizione"].replace("\r\n", "\n")

    def save(self, commit=True):
        """The need, signed; raises VersioneSuperata if somebody saved it meanwhile, BisognoNonPossibile if it cannot be."""
        if not self.instance._state.adding:
            self.instance._history_user = self.utente
            return super().save(commit)
        dati = self.cleaned_data
        origine = self.con_nota(dati["nota"])
        insiemi = {nome: dati[nome] for nome in INSIEMI}
        return porta_bisogno(self.instance, insiemi=insiemi, origine=origine, autore=self.utente, chiave=dati["chiave"])
