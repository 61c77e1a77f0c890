"""Commitments: taken, reviewed one by one; the filters of the ledger."""

from operator import attrgetter

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from incontri.models import Impegno, Incontro, StatoImpegno, StatoIncontro, StatoVerbale, Verbale
from incontri.servizi.impegni import registra_impegno, rivedi_impegno
from referenti.models import Ente, Utente
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tavolo.base.forms import CampoGiorno, ConHelper

TUTTI = "tutti"


class ImpegnoForm(ConHelper, ConTimbro):
    """A commitment. Its deadline is asked once: later it moves by a review. What the minutes say of it is changed there."""

    field_order = ("testo", "ente", "persona", "scadenza", "incontro")
    scadenza = CampoGiorno(required=False, label="Entro il", help_text="Se non c'è una data, lascialo vuoto.")

    class Meta:
        model = Impegno
        fields = ("testo", "ente", "persona", "incontro")
        labels = {
            "testo": "Che cosa ci si impegna a fare",
            "ente": "Chi se ne occupa",
            "incontro": "Preso nell'incontro",
        }
        widgets = {"testo": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        nuovo = self.instance._state.adding
        self._scegli_ente(utente)
        gia = Q(pk=self.instance.persona_id)
        chi = Utente.objects.filter(Q(is_active=True, ente__in=self.fields["ente"].queryset) | gia)
        self.fields["persona"].queryset = chi.select_related("ente")
        self.fields["persona"].label_from_instance = _con_ente
        self.fields["persona"].empty_label = "Nessuna in particolare"
        self.fields["incontro"].empty_label = "Fuori da un incontro"
        # Not into a meeting whose minutes are being read or stand still: what they tell of would change.
        fermi = Verbale.objects.exclude(stato=StatoVerbale.BOZZA).values("incontro")
        aperti = Incontro.objects.exclude(stato=StatoIncontro.ANNULLATO).exclude(pk__in=fermi)
        gia = Q(pk=self.instance.incontro_id)
        self.fields["incontro"].queryset = Incontro.objects.filter(Q(pk__in=aperti.values("pk")) | gia)
        self.fields["incontro"].label_from_instance = attrgetter("con_data")
        if not nuovo:
            del self.fields["scadenza"]
            if self.instance.voce_id:
                del self.fields["testo"], self.fields["ente"], self.fields["incontro"]

    def _scegli_ente(self, utente):
        tutti = utente.has_perm("incontri.leggi_ogni_verbale")
        enti = Ente.objects.all() if tutti else Ente.objects.con_unita(utente.ente_id)
        campo = self.fields["ente"]
        campo.queryset = enti
        if enti.count() == 1:
            campo.initial = enti.get().pk
            campo.empty_label = None

    def clean_testo(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["testo"].replace("\r\n", "\n")

    def save(self, commit=True):
        """The commitment, signed; raises VersioneSuperata if somebody saved it meanwhile."""
        if self.instance._state.adding:
            dati = {campo: self.cleaned_data[campo] for campo in ("testo", "ente", "persona", "scadenza", "incontro")}
            return registra_impegno(**dati, autore=self.utente)
        self.instance._history_user = self.utente
        return super().save(commit)


class RevisioneForm(ConHelper, ConTimbro):
    """What is said of one commitment between two meetings: how far it is, by when, a note."""

    argomenti = ("utente",)

    field_order = ("stato", "scadenza", "nota")
    azione = "Salva"
    stato = forms.ChoiceField(label="A che punto è", choices=StatoImpegno, widget=forms.RadioSelect)
    scadenza = CampoGiorno(required=False, label="Entro il", help_text="Se si rinvia, scrivi la nuova data.")
    nota = forms.CharField(
        required=False,
        label="Nota",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Che cosa è successo, che cosa manca.",
    )

    class Meta:
        model = Impegno
        fields = ("scadenza",)

    def __init__(self, *args, utente, instance, **kwargs):
        iniziali = {"stato": instance.stato} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, instance=instance, initial=iniziali, **kwargs)
        self.utente = utente

    def clean_nota(self):
        """The note with line ends as they are saved."""
        return self.cleaned_data["nota"].replace("\r\n", "\n")

    def clean(self):
        """Something must be said: a review that says nothing would be a line of history about nothing."""
        dati = super().clean()
        if not self.errors and not {"stato", "scadenza", "nota"} & set(self.changed_data):
            raise forms.ValidationError(
                "Non hai cambiato niente: scegli un altro stato, un'altra data o scrivi una nota."
            )
        return dati

    def save(self, commit=True):
        """The revision; raises VersioneSuperata, with nothing written, if somebody saved the commitment meanwhile."""
        dati = self.cleaned_data
        with transaction.atomic():
            salvato = Impegno.objects.get(pk=self.instance.pk)
            if dati["timbro"] != timbro(salvato):
                raise VersioneSuperata({salvato.pk: salvato})
            detti = {campo: dati[campo] for campo in ("stato", "scadenza", "nota")}
            return rivedi_impegno(salvato, **detti, autore=self.utente)

    def confronto(self):
        """As of every form; beside the note typed, the last one saved."""
        righe = super().confronto()
        ultima = self.instance.revisioni.order_by("-creato").first()
        nota = self.fields["nota"].label
        return [(campo, ultima.nota if ultima and campo == nota else salvato, mio) for campo, salvato, mio in righe]


class FiltriImpegniForm(ConHelper, forms.Form):
    """What to look for in the ledger; what is not understood is said and left out of the search."""

    argomenti = ("utente",)

    azione = "Filtra"
    metodo = "get"

    q = forms.CharField(required=False, label="Parole", max_length=100)
    ente = forms.ModelChoiceField(
        required=False, label="Ente", queryset=None, to_field_name="slug", empty_label="Tutti"
    )
    stato = forms.ChoiceField(
        required=False, label="Stato", choices=[("", "Da fare"), (TUTTI, "Tutti"), *StatoImpegno.choices]
    )
    incontro = forms.ModelChoiceField(
        required=False, label="Preso nell'incontro", queryset=None, to_field_name="slug", empty_label="Tutti"
    )
    ritardo = forms.BooleanField(required=False, label="Solo in ritardo")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        enti = Impegno.objects.order_by().values("ente")
        sopra = Impegno.objects.order_by().filter(ente__padre__isnull=False).values("ente__padre")
        self.fields["ente"].queryset = Ente.objects.filter(Q(pk__in=enti) | Q(pk__in=sopra))
        presi = Impegno.objects.order_by().filter(incontro__isnull=False).values("incontro")
        self.fields["incontro"].queryset = Incontro.objects.filter(pk__in=presi)
        self.fields["incontro"].label_from_instance = attrgetter("con_data")

    def in_ogni_stato(self, impegni):
        """The commitments that match every filter understood but those of state and delay: what totals count."""
        self.is_valid()
        scelti = self.cleaned_data
        if scelti.get("q"):
            impegni = impegni.filter(testo__icontains=scelti["q"])
        if scelti.get("ente"):
            impegni = impegni.dell_ente(scelti["ente"].pk)
        if scelti.get("incontro"):
            impegni = impegni.dell_incontro(scelti["incontro"])
        return impegni

    def filtra(self, impegni):
        """The commitments that match every filter understood; without a state, those still to be kept."""
        impegni = self.in_ogni_stato(impegni)
        scelti = self.cleaned_data
        if scelti.get("ritardo"):
            impegni = impegni.in_ritardo(timezone.localdate())
        if not scelti.get("stato"):
            return impegni.in_piedi()
        return impegni if scelti["stato"] == TUTTI else impegni.filter(stato=scelti["stato"])


def _con_ente(utente):
    return f"{utente}, {utente.ente.nome_corto}" if utente.ente else str(utente)
