"""An instance, what is written under it, and the filters of their list."""

from datetime import timedelta
from uuid import uuid4

from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from incontri.forms.allegati import ConAllegati
from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import Istanza, StatoIstanza
from referenti.models import Ente
from tavolo.base.forms import CampoGiorno, ConHelper

# The term of an administrative procedure where no other is set: L. 241/1990, art. 2, c. 2.
GIORNI_PER_RISPONDERE = 30


class CampoEnte(forms.ModelChoiceField):
    """An ente or one of its units, each unit under the ente it is part of."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Ente.objects.select_related("padre"), **kwargs)

    def senza(self, ente_id):
        """Leave one ente out, and put the others in order: each followed by its units."""
        self.queryset = self.queryset.exclude(pk=ente_id)
        enti = list(self.queryset)
        teste = [e for e in enti if e.padre_id is None or all(p.pk != e.padre_id for p in enti)]
        fila = [(e, None) for e in teste]
        scelte = [("", self.empty_label or "---------")]
        for ente, _ in fila:
            unita = [e for e in enti if e.padre_id == ente.pk]
            voci = [
                (str(ente.pk), ente.denominazione),
                *((str(u.pk), f"{u.denominazione} ({ente.nome_corto})") for u in unita),
            ]
            scelte += voci
        self.choices = scelte


class IstanzaForm(ConHelper, ConRiservatezza, ConAllegati):
    """A question to an ente or unit: about groups and services, never about a person."""

    azione = "Invia l'istanza"

    destinatario = CampoEnte(
        label="A chi",
        empty_label="Scegli un ente o una sua unità",
        help_text="Ogni consultorio e ogni UONPIA ha la sua riga: l'avviso arriva ai referenti dell'unità, o dell'ente di cui fa "
        "parte, e alla casella dell'unità.",
    )
    mittente = forms.ModelChoiceField(
        required=False, queryset=Ente.objects.all(), label="Da parte di", empty_label="Tavolo Intercultura"
    )
    oggetto = forms.CharField(max_length=160, label="Oggetto")
    testo = forms.CharField(
        label="Che cosa chiedi", widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000, help_text=SOLO_INSIEMI
    )
    scadenza = CampoGiorno(required=False, label="Risposta entro il")
    chiave = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ("destinatario", "mittente", "oggetto", "testo", "controllato", "scadenza", "allegati", "chiave")

    def __init__(self, *args, utente, **kwargs):
        iniziali = {"chiave": uuid4(), "scadenza": timezone.localdate() + timedelta(days=GIORNI_PER_RISPONDERE)}
        super().__init__(*args, **kwargs | {"initial": iniziali | (kwargs.get("initial") or {})})
        self.utente = utente
        if utente.has_perm("incontri.invia_istanza_del_tavolo"):
            self.fields["mittente"].queryset = Ente.objects.filter(pk=utente.ente_id)
            self.fields["destinatario"].senza(None)
        else:
            del self.fields["mittente"]
            self.fields["destinatario"].senza(utente.ente_id)
        self.order_fields(self.field_order)
        self.senza_conferma()

    def clean_scadenza(self):
        """A day still to come."""
        scadenza = self.cleaned_data["scadenza"]
        if scadenza and scadenza < timezone.localdate():
            raise ValidationError("Questo giorno è già passato.")
        return scadenza

    def clean(self):
        """Who sends: the chosen one for who coordinates, the own ente for the others; never to itself."""
        dati = super().clean()
        if "mittente" not in self.fields:
            dati["mittente"] = self.utente.ente
        if dati.get("destinatario") and dati["destinatario"] == dati.get("mittente"):
            self.add_error("destinatario", "Un ente non scrive un'istanza a sé stesso.")
        return dati


class MessaggioForm(ConHelper, ConRiservatezza, ConAllegati):
    """What is written under an instance: the answer, or a message."""

    da_controllare = ("testo",)
    puo_rispondere = False

    testo = forms.CharField(
        label="Scrivi", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000, help_text=SOLO_INSIEMI
    )
    chiave = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ("testo", "controllato", "allegati", "chiave")

    def __init__(self, *args, puo_rispondere=False, **kwargs):
        super().__init__(*args, **kwargs | {"initial": {"chiave": uuid4()}})
        self.puo_rispondere = puo_rispondere
        self.order_fields(self.field_order)
        self.senza_conferma()

    def _pulsanti(self):
        rispondi = (
            '<button class="btn btn-primary" type="submit" name="azione" value="rispondi">Invia la risposta</button>'
        )
        stile = "btn-outline-primary" if self.puo_rispondere else "btn-primary"
        messaggio = (
            f'<button class="btn {stile}" type="submit" name="azione" value="messaggio">Invia come messaggio</button>'
        )
        return Div(
            HTML(rispondi if self.puo_rispondere else ""),
            HTML(messaggio),
            css_class="azioni-modulo d-flex flex-wrap gap-3 mt-4",
        )


class FiltriIstanzeForm(ConHelper, forms.Form):
    """What to look for among the instances; what is not understood is said and left out of the search."""

    azione = "Filtra"
    metodo = "get"

    q = forms.CharField(required=False, label="Parole", max_length=100)
    stato = forms.ChoiceField(required=False, label="Stato", choices=[("", "Tutti"), *StatoIstanza.choices])
    a = forms.ModelChoiceField(
        required=False, label="A chi", queryset=Ente.objects.none(), to_field_name="slug", empty_label="Tutti"
    )
    da = forms.ModelChoiceField(
        required=False, label="Da parte di", queryset=Ente.objects.none(), to_field_name="slug", empty_label="Tutti"
    )
    ritardo = forms.BooleanField(required=False, label="Solo in ritardo")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["a"].queryset = Ente.objects.filter(pk__in=Istanza.objects.values("destinatario"))
        self.fields["da"].queryset = Ente.objects.filter(pk__in=Istanza.objects.values("mittente"))

    def filtra(self, istanze, *, stato=True):
        """The instances that match every filter understood; without the one about the state if `stato` is False."""
        self.is_valid()
        scelti = self.cleaned_data
        if scelti.get("q"):
            parole = scelti["q"]
            trovate = Q(oggetto__icontains=parole) | Q(testo__icontains=parole)
            # A subquery, not a join: an instance with two messages that match is found once.
            trovate |= Q(pk__in=Istanza.objects.filter(messaggi__testo__icontains=parole).values("pk"))
            istanze = istanze.filter(trovate)
        if scelti.get("a"):
            # Of an ente, its units' too.
            istanze = istanze.filter(Q(destinatario=scelti["a"]) | Q(destinatario__padre=scelti["a"]))
        if scelti.get("da"):
            istanze = istanze.filter(mittente=scelti["da"])
        if scelti.get("ritardo"):
            istanze = istanze.in_ritardo()
        if stato and scelti.get("stato"):
            istanze = istanze.filter(stato=scelti["stato"])
        return istanze
