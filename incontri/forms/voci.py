"""The entries of a point of the minutes as rows."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django import forms
from django.db.models import Q

from incontri.forms.fusioni import ConScelta
from incontri.forms.righe import BaseRigheFormSet, RigaForm, riga_iniziale
from incontri.models import EsitoDecisione, TipoVoce
from incontri.servizi.voci import DatiImpegno, RigaVoce, impegno_di
from referenti.models import Ente, Utente
from tavolo.base.forms import CampoGiorno

SI, NO = "si", "no"
CHI_LEGGE = [(NO, "Solo gli enti del Tavolo"), (SI, "Tutti, nel verbale pubblicato")]
CAUTELA = "Se la leggono tutti: niente nomi di persone, niente casi."
ESITI = [("", "Non si dice"), *EsitoDecisione.choices]


@dataclass
class Responsabili:
    """Who can take a commitment; asked once for all the rows of a page."""

    punto: object

    @cached_property
    def enti(self):
        """Every ente, by its key as text."""
        return {str(ente.pk): ente for ente in Ente.objects.all()}

    @cached_property
    def persone(self):
        """Who sits at the Tavolo for an ente, or has taken a commitment of this point, by key as text."""
        chi = Q(is_active=True, ente__isnull=False) | Q(impegni__voce__punto=self.punto)
        return {str(u.pk): u for u in Utente.objects.filter(chi).select_related("ente").distinct()}


class VoceForm(ConScelta, RigaForm):
    """One entry of the minutes, and who takes the commitment it tells of."""

    campi = ("tipo", "testo", "esito", "pubblica")
    dell_impegno = ("ente", "persona", "scadenza")
    principale = "testo"
    manca = "Scrivi il testo, oppure spunta «Togli questa voce»."

    tipo = forms.ChoiceField(required=False, choices=TipoVoce, initial=TipoVoce.DISCUSSIONE, label="Tipo")
    pubblica = forms.ChoiceField(required=False, choices=CHI_LEGGE, initial=NO, label="Chi la legge", help_text=CAUTELA)
    testo = forms.CharField(required=False, label="Testo", widget=forms.Textarea(attrs={"rows": 5}))
    esito = forms.ChoiceField(required=False, choices=ESITI, label="Com'è stata presa")
    ente = forms.ChoiceField(required=False, label="Ente che se ne occupa")
    persona = forms.ChoiceField(required=False, label="Persona")
    scadenza = CampoGiorno(required=False, label="Entro il")
    visto = forms.CharField(required=False, widget=forms.HiddenInput)
    posto = forms.IntegerField(required=False, min_value=1, max_value=9999, widget=forms.HiddenInput)
    posto_prima = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rimuovi = forms.BooleanField(required=False, label="Togli questa voce")

    def __init__(self, *args, responsabili, **kwargs):
        super().__init__(*args, **kwargs)
        self.responsabili = responsabili
        enti = ((codice, ente.denominazione) for codice, ente in responsabili.enti.items())
        self.fields["ente"].choices = [("", "Ancora da decidere"), *enti]
        persone = ((codice, _con_ente(persona)) for codice, persona in responsabili.persone.items())
        self.fields["persona"].choices = [("", "Nessuna in particolare"), *persone]

    def clean_tipo(self):
        """The kind; what was said is a discussion until told otherwise."""
        return self.cleaned_data["tipo"] or TipoVoce.DISCUSSIONE

    def clean_testo(self):
        """The text chosen, with line ends as they are saved."""
        return self.scelto(self.cleaned_data["testo"])

    def clean_pubblica(self):
        """Whether everybody may read it."""
        return self.cleaned_data["pubblica"] == SI

    def clean_ente(self):
        """The ente itself."""
        return self.responsabili.enti.get(self.cleaned_data["ente"])

    def clean_persona(self):
        """The person itself."""
        return self.responsabili.persone.get(self.cleaned_data["persona"])

    def clean(self):
        """Refuse a day without the ente that answers for it; of a person the ente is known."""
        dati = super().clean()
        if dati.get("tipo") == TipoVoce.IMPEGNO and self.mandato("ente") and not dati.get("rimuovi"):
            self._chi_se_ne_occupa(dati)
        return dati

    def _chi_se_ne_occupa(self, dati):
        """The ente is that of the person, where only the person was chosen."""
        if dati.get("ente") or "ente" in self.errors:
            return
        dati["ente"] = getattr(dati.get("persona"), "ente", None)
        if not dati["ente"] and (dati.get("persona") or dati.get("scadenza")):
            self.add_error("ente", "Scegli l'ente: risponde dell'impegno insieme alla persona e alla data.")
        elif not dati["ente"] and self.gia_visto().ente:
            self.add_error("ente", "Scegli l'ente. Se non è più un impegno, cambia il tipo della voce.")

    @property
    def vuota(self):
        """Whether nothing was written, nor chosen for the kind of entry it is, in a row that is not saved yet."""
        dati = self.cleaned_data
        del_tipo = {TipoVoce.IMPEGNO: self.dell_impegno, TipoVoce.DECISIONE: ("esito",)}.get(dati.get("tipo"), ())
        return super().vuota and not any(dati.get(campo) or campo in self.errors for campo in del_tipo)

    def riga(self):
        """What to save of this entry, where it is to stand, who has taken the commitment."""
        if super().riga() is None or self.lascia:
            return None
        dati = self.cleaned_data
        visto = self.gia_visto()
        mandati = {c: dati[c] for c in self.dell_impegno if self.mandato(c)}
        return RigaVoce(
            **self.argomenti(),
            posto=dati["posto"],
            posto_prima=dati["posto_prima"],
            impegno=replace(visto, **mandati) if mandati else None,
            visto=visto,
        )

    def argomenti(self):
        """The values of the row; how a decision was taken goes with the kind of entry, and away with it."""
        argomenti = super().argomenti()
        valori = argomenti["valori"]
        if valori.get("tipo", TipoVoce.DISCUSSIONE) != TipoVoce.DECISIONE:
            valori.pop("esito", None)
            if "tipo" in valori:
                valori["esito"] = ""
        return argomenti

    def gia_visto(self):
        """What the person saw of the commitment; nothing where the mark is not one of ours."""
        ente, persona, giorno = ([*str(self.cleaned_data.get("visto") or "").split("|"), "", "", ""])[:3]
        try:
            scadenza = date.fromisoformat(giorno) if giorno else None
        except ValueError:
            scadenza = None
        noti = self.responsabili
        return DatiImpegno(ente=noti.enti.get(ente), persona=noti.persone.get(persona), scadenza=scadenza)

    def segni_di(self, salvata):
        """The hidden fields that make this row one over `salvata`."""
        return super().segni_di(salvata) | {"visto": _segno(impegno_di(salvata)) if salvata else ""}


class BaseVociFormSet(BaseRigheFormSet):
    """The entries of a page, in the order in which they stand on it."""

    def in_fila(self):
        """The rows in the order of the page, those without a place at the end."""
        return sorted(self.forms, key=lambda form: _numero(form["posto"].value()))

    def righe(self, *, sposta="", verso=0):
        """What to save; with `sposta`, a row by its `chiave` goes one place up (`verso` -1) or down (1)."""
        righe = super().righe()
        fila = [r.chiave for r in sorted(righe, key=lambda riga: _numero(riga.posto)) if not r.rimuovi]
        if sposta not in fila:
            return righe
        posto = fila.index(sposta)
        fila.insert(max(fila.index(sposta) + verso, 0), fila.pop(posto))
        posti = {chiave: numero for numero, chiave in enumerate(fila, start=1)}
        return [replace(riga, posto=posti.get(riga.chiave)) for riga in righe]


def voci_formset(dati=None, *, punto, dopo=""):
    """The entries of a point and an empty one, after the entry `dopo` or at the end; of `dati` where the request sent some."""
    classe = forms.formset_factory(VoceForm, formset=BaseVociFormSet, extra=1, max_num=300, absolute_max=400)
    argomenti = {"prefix": "voci", "form_kwargs": {"responsabili": Responsabili(punto)}}
    if dati is not None:
        return classe(dati, **argomenti)
    voci = list(punto.voci.select_related("impegno__ente", "impegno__persona"))
    iniziali = [_iniziale(voce, 2 * numero) for numero, voce in enumerate(voci, start=1)]
    quale = next((n for n, voce in enumerate(voci, start=1) if str(voce.pk) == dopo), None)
    if quale is None:
        return classe(initial=iniziali, **argomenti)
    classe.extra = 0
    return classe(initial=[*iniziali, {"tipo": voci[quale - 1].tipo, "posto": 2 * quale + 1}], **argomenti)


def _iniziale(voce, posto):
    impegno = impegno_di(voce)
    return riga_iniziale(voce, "tipo", "testo", "esito") | {
        "pubblica": SI if voce.pubblica else NO,
        "ente": impegno.ente and str(impegno.ente.pk),
        "persona": impegno.persona and str(impegno.persona.pk),
        "scadenza": impegno.scadenza,
        "visto": _segno(impegno),
        "posto": posto,
        "posto_prima": posto,
    }


def _segno(impegno):
    """The mark of a commitment as the person saw it."""
    parti = (impegno.ente and impegno.ente.pk, impegno.persona and impegno.persona.pk, impegno.scadenza)
    return "|".join(str(parte or "") for parte in parti)


def _numero(posto):
    return int(posto) if str(posto or "").isdecimal() and len(str(posto)) < 9 else 10**9


def _con_ente(utente):
    return f"{utente}, {utente.ente.nome_corto}" if utente.ente else str(utente)
