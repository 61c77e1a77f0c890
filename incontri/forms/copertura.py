"""What an ente declares of its answer to a need in a comune."""

from django import forms
from django.db.models import Q

from incontri.forms.riservatezza import SOLO_INSIEMI, ConRiservatezza
from incontri.models import Bisogno, Copertura
from referenti.models import Comune, Ente
from risorse.models import Risorsa
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import CampoGiorno, ConHelper

TANTI = 1_000_000


class CoperturaForm(ConHelper, ConRiservatezza, ConTimbro):
    """A declaration: which need, where, with which service, since when, for how many; of the own ente, or of any for who coordinates."""

    argomenti = ("utente",)

    da_controllare = ("nota",)
    non_fatto = "Non l'abbiamo ancora salvata."
    controllato = forms.BooleanField(required=False, label="Ho controllato: non riguarda una persona, salva lo stesso")
    dal = CampoGiorno(required=False, label="Dal", help_text="Se non lo sai, lascialo vuoto.")
    al = CampoGiorno(required=False, label="Fino al", help_text="Vuoto: finché non dici altro.")
    capienza = forms.IntegerField(
        required=False, min_value=0, max_value=TANTI, label="Posti", help_text="Quante persone possono venire insieme."
    )
    raggiunti = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=TANTI,
        label="Persone raggiunte in un anno",
        help_text="Contale una volta sola. Se sono meno di cinque, nelle pagine si legge «meno di cinque».",
    )
    field_order = (
        *("bisogno", "comune", "ente", "risorsa", "dal", "al", "raggiunti", "quota", "capienza", "nota", "controllato"),
    )

    class Meta:
        model = Copertura
        fields = ("bisogno", "comune", "ente", "risorsa", "dal", "al", "raggiunti", "quota", "capienza", "nota")
        labels = {
            "bisogno": "A quale bisogno rispondete",
            "comune": "In quale comune",
            "ente": "Chi risponde",
            "quota": "Se non hai il numero: quanti ne raggiungete",
        }
        help_texts = {"nota": SOLO_INSIEMI, "risorsa": "Se il servizio non è più pubblicato, questa riga non si conta."}

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        riga = self.instance
        bisogni = Q(pk__in=Bisogno.objects.vivi().values("pk")) | Q(pk=riga.bisogno_id)
        comuni = Q(nell_ambito=True) | Q(pk=riga.comune_id)
        self.fields["bisogno"].queryset = Bisogno.objects.filter(bisogni)
        self.fields["bisogno"].empty_label = "Scegli un bisogno"
        self.fields["comune"].queryset = Comune.objects.filter(comuni)
        self.fields["comune"].empty_label = "Scegli un comune"
        self._scegli_ente()
        self.fields["quota"].choices = [("", "Non lo so"), *self.fields["quota"].choices[1:]]
        self.order_fields(self.field_order)
        self.senza_conferma()

    def _scegli_ente(self):
        """The enti this person declares for, and the services of those enti."""
        tutti = self.utente.has_perm("incontri.leggi_ogni_verbale")
        enti = Ente.objects.all() if tutti else Ente.objects.con_unita(self.utente.ente_id)
        gia = self.instance.risorsa_id
        servizi = Risorsa.objects.filter(Q(pk__in=Risorsa.objects.valide().values("pk")) | Q(pk=gia))
        campo = self.fields["ente"]
        campo.queryset = enti
        if not tutti:
            servizi = servizi.filter(ente__in=enti.values("pk"))
            campo.initial = self.utente.ente_id
            campo.empty_label = None
        risorsa = self.fields["risorsa"]
        risorsa.queryset = servizi.select_related("ente").order_by("ente__ordine", "ente__denominazione", "nome")
        risorsa.empty_label = "Nessuno in particolare"
        if tutti:
            risorsa.label_from_instance = _con_ente

    def clean(self):
        """The service is of the ente that declares, or of one of its units."""
        dati = super().clean()
        ente, risorsa = dati.get("ente"), dati.get("risorsa")
        if ente and risorsa and ente.pk not in (risorsa.ente_id, risorsa.ente.padre_id):
            self.add_error("risorsa", f"Questo servizio non è di {ente.nome_corto}: scegline uno suo.")
        return dati

    def save(self, commit=True):
        """The declaration, signed; raises VersioneSuperata if somebody saved it meanwhile."""
        if self.instance._state.adding:
            self.instance.autore = self.utente
        self.instance._history_user = self.utente
        return super().save(commit)


def _con_ente(risorsa):
    return f"{risorsa.nome} ({risorsa.ente.nome_corto})"
