"""Proposals, their steps and outcomes, as they are written; the filters of the list."""

from operator import attrgetter

from crispy_forms.layout import Field
from django import forms
from django.db.models import Q
from django.utils import timezone

from incontri.forms.decisioni import in_gruppi
from incontri.forms.firmati import FirmatoForm
from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import (
    Bisogno,
    EsitoProposta,
    PassoProposta,
    Proposta,
    StatoProposta,
)
from incontri.servizi.proposte.passaggi import CON_PAROLE, decisioni
from incontri.servizi.proposte.scrittura import misurabili
from referenti.models import Ente
from referenti.models.indicatore import numero_testo
from tavolo.base.forms import CampoGiorno, CampoNumero, ConHelper

FATTIBILITA = (
    ("", "Non ancora valutata"),
    (1, "1: molto difficile"),
    (2, "2: difficile"),
    (3, "3: si può fare, con tempo"),
    (4, "4: si può fare presto"),
    (5, "5: si può fare subito"),
)


class PropostaForm(ConRiservatezza, FirmatoForm):
    """What is proposed, for which needs, with whom, how far it can be done; never about a person."""

    da_controllare = ("titolo", "descrizione", "motivo_fattibilita", "costi")
    non_fatto = "Non l'abbiamo ancora salvata."

    fattibilita = forms.TypedChoiceField(
        required=False, label="Quanto si può fare", choices=FATTIBILITA, coerce=int, empty_value=None
    )
    controllato = forms.BooleanField(required=False, label="Ho controllato: non riguarda una persona, salva lo stesso")

    class Meta:
        model = Proposta
        fields = (
            *("titolo", "descrizione", "bisogni", "capofila", "partner"),
            *("fattibilita", "motivo_fattibilita", "costi"),
        )
        labels = {"titolo": "La proposta, in una riga"}
        help_texts = {
            "descrizione": SOLO_INSIEMI,
            "motivo_fattibilita": "Che cosa la rende facile o difficile: tempo, regole, persone, soldi.",
            "costi": "Anche senza cifre: che cosa serve e chi potrebbe pagarlo.",
        }
        widgets = {
            "descrizione": forms.Textarea(attrs={"rows": 6}),
            "bisogni": forms.CheckboxSelectMultiple,
            "partner": forms.CheckboxSelectMultiple,
            "motivo_fattibilita": forms.Textarea(attrs={"rows": 3}),
            "costi": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, utente=utente, **kwargs)
        propri = Bisogno.objects.none() if self.instance._state.adding else self.instance.bisogni.order_by()
        vivi = Bisogno.objects.vivi().order_by()
        self.fields["bisogni"].queryset = Bisogno.objects.filter(
            Q(pk__in=vivi.values("pk")) | Q(pk__in=propri.values("pk"))
        )
        self.fields["capofila"].empty_label = "Scegli l'ente"
        if self.instance._state.adding and utente.ente_id:
            self.initial.setdefault("capofila", utente.ente_id)
        self.senza_conferma()

    def clean(self):
        """Who leads is not written again among those who take part."""
        dati = super().clean()
        if dati.get("partner") is not None and dati.get("capofila") is not None:
            dati["partner"] = dati["partner"].exclude(pk=dati["capofila"].pk)
        return dati

    @property
    def helper(self):
        """The form drawn, with long lists in columns."""
        helper = super().helper
        for nome in ("bisogni", "partner"):
            helper[nome].wrap(Field, wrapper_class="scelte-a-colonne")
        return helper


class PassoForm(FirmatoForm):
    """A step: what, who, by when, done when."""

    entro = CampoGiorno(required=False, label="Entro il")
    fatto_il = CampoGiorno(required=False, label="Fatto il", help_text="Lascialo vuoto finché non è fatto.")

    class Meta:
        model = PassoProposta
        fields = ("testo", "ente", "entro", "fatto_il", "ordine")
        labels = {"testo": "Che cosa", "ente": "Chi", "ordine": "A che posto nell'elenco"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ente"].empty_label = "Non ancora deciso"


class EsitoForm(FirmatoForm):
    """The same measure of an evidence of the need, taken again."""

    class Meta:
        model = EsitoProposta
        fields = ("evidenza", "valore", "riferimento", "fonte", "nota")
        field_classes = {"valore": CampoNumero}
        labels = {"evidenza": "Che cosa si è misurato di nuovo", "valore": "Quanto vale ora, nella stessa unità"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidenza"].queryset = misurabili(self.instance.proposta)
        self.fields["evidenza"].empty_label = "Scegli"
        self.fields["evidenza"].label_from_instance = _prima
        self.fields["valore"].localize = True
        self.fields["valore"].widget = forms.TextInput(attrs={"inputmode": "decimal"})


class PassaggioPropostaForm(ConHelper, forms.Form):
    """What a passage asks: a decision, words, or only to be confirmed."""

    def __init__(self, *args, passaggio, proposta, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.azione = passaggio.etichetta
        if passaggio.nome == "approva":
            valide = decisioni(utente)
            self.fields["decisione"] = forms.ModelChoiceField(
                queryset=valide,
                label="La decisione che l'approva",
                help_text="Le decisioni dei verbali condivisi o approvati.",
                error_messages={"required": "Una proposta è approvata da una decisione: scegli la voce del verbale."},
            )
            nata = timezone.localdate(proposta.creato)
            self.fields["decisione"].choices = in_gruppi(valide, nata, vuoto="Scegli la decisione")
        if passaggio.nome in CON_PAROLE:
            self.fields["motivo"] = forms.CharField(
                label=CON_PAROLE[passaggio.nome], max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
            )


class FiltriProposteForm(ConHelper, forms.Form):
    """Words, state, lead ente, need."""

    azione = "Cerca"
    metodo = "get"
    q = forms.CharField(required=False, label="Parole")
    stato = forms.ChoiceField(required=False, label="Stato", choices=[("", "Tutti"), *StatoProposta.choices])
    ente = forms.ModelChoiceField(
        required=False, label="Ente capofila", queryset=Ente.objects.none(), to_field_name="slug", empty_label="Tutti"
    )
    bisogno = forms.ModelChoiceField(
        required=False, label="Bisogno", queryset=Bisogno.objects.none(), to_field_name="slug", empty_label="Tutti"
    )

    def __init__(self, *args, proposte, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = Ente.objects.filter(pk__in=proposte.order_by().values("capofila"))
        self.fields["ente"].label_from_instance = attrgetter("denominazione")
        self.fields["bisogno"].queryset = Bisogno.objects.filter(pk__in=proposte.order_by().values("bisogni"))

    def filtra(self, proposte):
        """The proposals that match every filter understood."""
        self.is_valid()
        scelti = self.cleaned_data
        if scelti.get("q"):
            parole = scelti["q"]
            proposte = proposte.filter(Q(titolo__icontains=parole) | Q(descrizione__icontains=parole))
        if scelti.get("stato"):
            proposte = proposte.filter(stato=scelti["stato"])
        if scelti.get("ente"):
            proposte = proposte.filter(capofila=scelti["ente"])
        if scelti.get("bisogno"):
            proposte = proposte.filter(bisogni=scelti["bisogno"])
        return proposte


def _prima(evidenza):
    return f"{evidenza.testo}: {numero_testo(evidenza.valore)} {evidenza.get_unita_display()}"
