"""The queue of who translates: every Italian text the public is offered, and how it stands in each language."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.utils.text import capfirst

from risorse.models import (
    AreaServita,
    Categoria,
    Chiusura,
    Contatto,
    Destinatari,
    DocumentoRichiesto,
    Lingua,
    ModalitaAccesso,
    Risorsa,
    RisorsaInSede,
    Sede,
    Traducibile,
    Traduzione,
)
from risorse.models.termini import nome_di_lingua
from risorse.models.traduzione import impronta
from risorse.servizi.confronti import Tratto, tratti
from tavolo.base.concorrenza import timbro

TERMINI = (Categoria, Destinatari, ModalitaAccesso, DocumentoRichiesto, Lingua)
_AREE = (AreaServita.NAZIONALE, AreaServita.AMBITO, AreaServita.COMUNI)


class Stato(models.TextChoices):
    """How a text stands in a language, what is most to do first."""

    MANCANTE = "mancante", "Da tradurre"
    SUPERATA = "superata", "Da aggiornare"
    DA_RIVEDERE = "da-rivedere", "Da rivedere"
    VERIFICATA = "verificata", "Verificata"


class Genere(models.TextChoices):
    """What a text belongs to."""

    TERMINI = "termini", "Parole comuni a tutte le schede"
    SERVIZI = "servizi", "Servizi"
    LUOGHI = "luoghi", "Sedi e contatti degli enti"


@dataclass(frozen=True)
class Voce:
    """One field of one row in one language."""

    riga: Any
    campo: str
    italiano: str
    traduzione: Traduzione | None

    @property
    def stato(self) -> Stato:
        """How it stands."""
        if self.traduzione is None:
            return Stato.MANCANTE
        if self.traduzione.impronta != self.impronta:
            return Stato.SUPERATA
        return Stato(self.traduzione.stato)

    @cached_property
    def impronta(self) -> str:
        """The fingerprint of the Italian."""
        return impronta(self.italiano)

    @property
    def timbro(self) -> str:
        """The mark of the translation as it is saved; empty where there is none."""
        return timbro(self.traduzione) if self.traduzione else ""

    @property
    def etichetta(self) -> str:
        """What the field is called."""
        return capfirst(str(self.riga._meta.get_field(self.campo).verbose_name))

    @property
    def cambiato(self) -> list[Tratto]:
        """How the Italian has changed since it was translated, word by word; empty where it has not or nobody knows."""
        if self.stato != Stato.SUPERATA or self.traduzione is None or not self.traduzione.italiano:
            return []
        return tratti(self.traduzione.italiano, self.italiano)

    @property
    def chiave(self) -> str:
        """A name for the field within a form."""
        return f"{self.riga.pk.hex}-{self.campo}"


@dataclass(frozen=True)
class Scheda:
    """What the desk opens at once: a term, a service or a place, with every text on it in one language."""

    oggetto: Any
    genere: str
    voci: list[Voce]

    @property
    def tipo(self) -> str:
        """The name of its model, for its address."""
        return self.oggetto._meta.model_name

    @property
    def nome(self) -> str:
        """What it is called, in Italian."""
        if isinstance(self.oggetto, Contatto | Chiusura):
            return f"{self.oggetto.ente}: {self.oggetto}"
        return str(self.oggetto)

    @cached_property
    def conteggi(self) -> Counter:
        """How many of its texts stand how."""
        return Counter(voce.stato for voce in self.voci)

    @property
    def in_parole(self) -> list[tuple[str, int]]:
        """The states its texts are in, with how many."""
        return [(str(stato.label), self.conteggi[stato]) for stato in Stato if self.conteggi[stato]]

    @property
    def da_fare(self) -> int:
        """How many of its texts wait for somebody."""
        return len(self.voci) - self.conteggi[Stato.VERIFICATA]


def righe_di(oggetto: Any) -> Iterator[Traducibile]:
    """The rows whose texts are translated together with `oggetto`, itself first."""
    yield oggetto
    if isinstance(oggetto, Risorsa):
        yield from oggetto.lingue_parlate.all()
        for in_sede in oggetto.in_sedi.all():
            if not in_sede.sede.da_verificare:
                yield in_sede
                yield from in_sede.orari.all()
    if isinstance(oggetto, Risorsa | Sede):
        yield from oggetto.orari.all()
        yield from oggetto.chiusure.all()
        yield from (contatto for contatto in oggetto.contatti.all() if not contatto.da_verificare)


def oggetti() -> list[tuple[str, Any]]:
    """Everything there is to translate with its kind: the terms, then the cards by how many people see them, then places.

    A constant number of queries.
    """
    termini = [termine for modello in TERMINI for termine in modello.objects.all()]
    risorse = sorted(con_righe(Risorsa.objects.attive()), key=_visibilita)
    nelle_schede = RisorsaInSede.objects.filter(risorsa__in=[risorsa.pk for risorsa in risorse])
    sedi = con_righe(Sede.objects.pubbliche().filter(pk__in=nelle_schede.values("sede")))
    degli_enti = [
        *Contatto.objects.pubblici().filter(ente__isnull=False).exclude(etichetta="").select_related("ente"),
        *Chiusura.objects.filter(ente__isnull=False).exclude(motivo="").select_related("ente"),
    ]
    return [
        *((Genere.TERMINI.value, termine) for termine in termini),
        *((Genere.SERVIZI.value, risorsa) for risorsa in risorse),
        *((Genere.LUOGHI.value, altro) for altro in (*sedi, *degli_enti)),
    ]


def con_righe(righe: models.QuerySet) -> models.QuerySet:
    """Services or places with every row `righe_di` goes through."""
    in_comune = ("orari", "chiusure", "contatti")
    if righe.model is not Risorsa:
        return righe.prefetch_related(*in_comune)
    in_sedi = Prefetch("in_sedi", RisorsaInSede.objects.select_related("sede").prefetch_related("orari"))
    return righe.prefetch_related(*in_comune, in_sedi, "lingue_parlate__lingua", "categorie")


def scheda(oggetto: Any, lingua: str) -> Scheda:
    """One object with all its texts in `lingua`."""
    genere = Genere.TERMINI if isinstance(oggetto, TERMINI) else Genere.LUOGHI
    genere = Genere.SERVIZI if isinstance(oggetto, Risorsa) else genere
    trovate = _traduzioni(lingua, [riga.pk for riga in righe_di(oggetto)])
    return Scheda(oggetto, genere.value, list(_voci(oggetto, lingua, trovate)))


def da_tradurre(tipo: str, utente: Any) -> models.QuerySet | None:
    """The rows of this kind that the desk opens for this person; None if it opens none of the kind."""
    aperte = {modello._meta.model_name: modello.objects.all() for modello in TERMINI} | {
        "risorsa": Risorsa.objects.visibili_a(utente),
        "sede": Sede.objects.pubbliche(),
        "contatto": Contatto.objects.pubblici().filter(ente__isnull=False).select_related("ente"),
        "chiusura": Chiusura.objects.filter(ente__isnull=False).select_related("ente"),
    }
    return aperte.get(tipo)


def coda(lingua: str, tutti: Iterable[tuple[str, Any]] | None = None) -> list[Scheda]:
    """Every object with its texts in `lingua`, in the order of `oggetti`, which may be given."""
    trovate = _traduzioni(lingua)
    schede = (Scheda(o, genere, list(_voci(o, lingua, trovate))) for genere, o in tutti or oggetti())
    return [una for una in schede if una.voci]


def conta(schede: Iterable[Scheda]) -> Counter:
    """How many texts of the cards stand how."""
    return sum((una.conteggi for una in schede), Counter())


def _traduzioni(lingua: str, chiavi: list | None = None) -> dict[tuple, Traduzione]:
    righe = Traduzione.objects.filter(lingua=lingua).order_by()
    righe = righe if chiavi is None else righe.filter(oggetto_id__in=chiavi)
    return {(traduzione.oggetto_id, traduzione.campo): traduzione for traduzione in righe}


def _voci(oggetto: Any, lingua: str, trovate: dict[tuple, Traduzione]) -> Iterator[Voce]:
    for riga in righe_di(oggetto):
        for campo in riga.DA_TRADURRE:
            italiano, traduzione = getattr(riga, campo), trovate.get((riga.pk, campo))
            # Names of languages need nobody where the CLDR has them.
            noto = isinstance(riga, Lingua) and traduzione is None and nome_di_lingua(riga.codice, lingua)
            if italiano.strip() and not noto:
                yield Voce(riga, campo, italiano, traduzione)


def _visibilita(risorsa: Risorsa) -> tuple:
    emergenza = any(contatto.emergenza for contatto in risorsa.contatti.all())
    return (not emergenza, risorsa.esempio, _AREE.index(AreaServita(risorsa.area_servita)), risorsa.nome)
