"""The attendance: one row per seat, and the guests."""

from django import forms

from incontri.forms.campi import CampoOra, nome_di_persona
from incontri.forms.righe import BaseRigheFormSet, RigaForm, riga_iniziale
from incontri.models import EsitoPresenza
from incontri.servizi.presenze import RigaPresenza
from referenti.models import Ente
from tavolo.base.concorrenza import timbro

ESITI = [
    ("", "Non segnato"),
    (EsitoPresenza.IN_SEDE, "Presente"),
    (EsitoPresenza.ONLINE, "Online"),
    (EsitoPresenza.DELEGA, "Con delega"),
    (EsitoPresenza.GIUSTIFICATO, "Giustificato"),
    (EsitoPresenza.ASSENTE, "Assente"),
]


ESITI_OSPITI = [(EsitoPresenza.IN_SEDE, "Presente"), (EsitoPresenza.ONLINE, "Online")]
CAMPI = ("esito", "delegato", "entrata", "uscita", "nota")


class PresenzaForm(forms.Form):
    """How one seat was at the meeting; `attesa` are the values to start from where nothing is recorded yet."""

    versione = forms.CharField(required=False, widget=forms.HiddenInput)
    esito = forms.ChoiceField(required=False, choices=ESITI, widget=forms.RadioSelect, label="Presenza")
    # The placeholder lets the style sheet tell an empty field, which shows only beside "con delega".
    delegato = forms.CharField(
        required=False,
        max_length=160,
        label="Chi è venuto al suo posto",
        widget=forms.TextInput(attrs={"class": "form-control", "placeholder": " "}),
    )
    entrata = CampoOra(required=False, label="Arriva alle")
    uscita = CampoOra(required=False, label="Va via alle")
    nota = forms.CharField(required=False, max_length=160, label="Nota")

    contesa = False
    salvata = None

    def __init__(self, dati=None, *, seggio, titolare=None, presenza=None, attesa=None):
        iniziali = {"esito": "", **(attesa or {})}
        if presenza:
            iniziali = {campo: getattr(presenza, campo) for campo in CAMPI} | {"versione": timbro(presenza)}
        super().__init__(dati, prefix=f"seggio-{seggio.pk.hex}", initial=iniziali)
        for campo in self.di_contorno:
            campo.field.widget.attrs["class"] = "form-control"
        self.seggio, self.titolare = seggio, titolare

    def clean(self):
        """Refuse words about a seat without saying whether it was there, and hours that cannot be."""
        dati = super().clean()
        mandato = self.add_prefix("esito") in self.data and "esito" not in self.errors
        scritto = any(dati.get(campo) for campo in CAMPI if campo != "esito")
        if mandato and scritto and not dati["esito"]:
            self.add_error("esito", "Scegli se c'era, oppure togli quello che hai scritto accanto.")
        elif dati.get("delegato") and dati.get("esito") != EsitoPresenza.DELEGA and "esito" not in self.errors:
            self.add_error("delegato", "Scegli «Con delega», oppure togli chi è venuto al suo posto.")
        controlla_orario(self)
        return dati

    @property
    def di_contorno(self):
        """The fields few seats need: hours and a note."""
        return [self[campo] for campo in ("entrata", "uscita", "nota")]

    @property
    def in_dettaglio(self):
        """Whether hours or a note are written, or wrong: then they are shown at once."""
        return any(campo.value() or campo.errors for campo in self.di_contorno)

    def riga(self):
        """What to save of this seat; None if the request says nothing of it, or leaves unmarked what was unmarked."""
        dati = self.cleaned_data
        if self.add_prefix("esito") not in self.data or not (dati["esito"] or dati["versione"]):
            return None
        mandati = [campo for campo in CAMPI if self.add_prefix(campo) in self.data]
        return RigaPresenza(
            chiave=self.prefix,
            seggio=self.seggio,
            versione=dati["versione"],
            rimuovi=not dati["esito"],
            valori={campo: dati[campo] for campo in mandati},
        )


class OspiteForm(RigaForm):
    """A guest, with the ente the guest came for."""

    campi = ("ospite", "ente_id", "esito", "entrata", "uscita")
    principale = "ospite"
    manca = "Scrivi il nome dell'ospite, oppure spunta «Togli»."

    ospite = forms.CharField(required=False, max_length=120, label="Nome e cognome")
    ente_id = forms.TypedChoiceField(required=False, label="Ente", empty_value=None)

    esito = forms.ChoiceField(required=False, choices=ESITI_OSPITI, label="Come")
    entrata = CampoOra(required=False, label="Arriva alle")
    uscita = CampoOra(required=False, label="Va via alle")

    def __init__(self, *args, enti=(), esito=EsitoPresenza.IN_SEDE, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["esito"].initial = esito
        per_codice = {str(ente.pk): ente.pk for ente in enti}
        self.fields["ente_id"].choices = [("", "Nessuno o non in elenco"), *((e.pk, e.denominazione) for e in enti)]
        self.fields["ente_id"].coerce = per_codice.get
        self.esito = esito

    def clean_esito(self):
        """How the guest took part; as the meeting was held until told otherwise."""
        return self.cleaned_data["esito"] or self.esito

    def clean(self):
        """Refuse hours that cannot be, and signs no name has unless the guest is to be removed."""
        dati = super().clean()
        if not dati.get("rimuovi"):
            try:
                nome_di_persona(dati.get("ospite"))
            except forms.ValidationError as sbagliato:
                self.add_error("ospite", sbagliato)
        controlla_orario(self)
        return dati

    def riga(self):
        """What to save of this guest."""
        if super().riga() is None:
            return None
        return RigaPresenza(**self.argomenti(), alla_nascita={"esito": self.esito})


def controlla_orario(form):
    """Refuse to leave before one has come."""
    entrata, uscita = (form.cleaned_data.get(campo) for campo in ("entrata", "uscita"))
    if entrata and uscita and uscita <= entrata:
        form.add_error("uscita", "Si va via dopo essere arrivati.")


class PresenzeForm:
    """The whole screen: a form per seat and the rows of the guests, valid and saved together."""

    def __init__(self, dati=None, *, seggi, titolari, presenze, esito_ospiti, attese=None):
        di_seggio = {p.seggio_id: p for p in presenze if p.seggio_id}
        self.seggi = [
            PresenzaForm(
                dati,
                seggio=s,
                titolare=titolari.get(s.pk),
                presenza=di_seggio.get(s.pk),
                attesa=(attese or {}).get(s.pk),
            )
            for s in seggi
        ]
        classe = forms.formset_factory(OspiteForm, formset=BaseRigheFormSet, extra=1, max_num=100, absolute_max=200)
        argomenti = {"enti": list(Ente.objects.all()), "esito": esito_ospiti}
        if dati is not None:
            self.ospiti = classe(dati, prefix="ospiti", form_kwargs=argomenti)
        else:
            ospiti = [riga_iniziale(p, *OspiteForm.campi) for p in presenze if not p.seggio_id]
            self.ospiti = classe(initial=ospiti, prefix="ospiti", form_kwargs=argomenti)

    def is_valid(self):
        """Whether every row can be saved."""
        return all([*(form.is_valid() for form in self.seggi), self.ospiti.is_valid()])

    @property
    def errori(self):
        """How many rows cannot be saved."""
        return sum(bool(form.errors) for form in [*self.seggi, *self.ospiti.forms])

    @property
    def conflitto(self):
        """Whether someone else saved some of these rows meanwhile."""
        return self.ospiti.conflitto or any(form.contesa for form in self.seggi)

    def righe(self):
        """What to save, seats first."""
        return [r for r in (form.riga() for form in self.seggi) if r is not None] + self.ospiti.righe()

    def riapri(self, salvate):
        """Show beside what was typed the rows as they stand now, and be ready to be saved over them."""
        dati = self.ospiti.data.copy()
        for form in self.seggi:
            if form.prefix in salvate:
                salvata = salvate[form.prefix]
                form.contesa, form.salvata = True, salvata
                dati[form.add_prefix("versione")] = timbro(salvata) if salvata else ""
        for form in self.seggi:
            form.data = dati
        self.ospiti = self.ospiti.riaperto(salvate)
