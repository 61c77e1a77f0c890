"""Synthetic services in Italian, to measure and to try the portal at a size that the territory does not have."""

import random
from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from referenti.models import Comune, Ente, TipoEnte
from risorse.models import (
    Categoria,
    Contatto,
    Costo,
    Destinatari,
    DocumentoRichiesto,
    Lingua,
    LinguaParlata,
    ModalitaAccesso,
    Orario,
    Risorsa,
    RisorsaInSede,
    Sede,
    StatoRisorsa,
    TipoRisorsa,
)
from tavolo.base import contenuto

PREFISSO = "sintetico"
BLOCCO = 1000
LUOGHI = [
    "Centro",
    "Nord",
    "Sud",
    "Quartiere",
    "Stazione",
    "Biblioteca",
    "Parco",
    "Cascina",
    "Oratorio",
    "Villaggio",
    "Mercato",
    "Piazza",
]
COSE = (
    ("Sportello", "documenti", "aiuta a preparare la domanda di permesso di soggiorno e i moduli della residenza"),
    ("Corso", "italiano per adulti", "insegna a parlare, leggere e scrivere in italiano, dal livello A1 al B1"),
    ("Consultorio", "famiglia", "segue la gravidanza, la nascita e la salute delle donne con ostetrica e ginecologa"),
    ("Doposcuola", "compiti", "aiuta bambini e ragazzi con i compiti e con la lingua della scuola"),
    ("Servizio", "lavoro", "aiuta a scrivere il curriculum, a cercare lavoro e a capire il contratto"),
    ("Sportello", "casa", "dà informazioni su affitto, case pubbliche e aiuti per chi rischia lo sfratto"),
    ("Emporio", "solidale", "distribuisce cibo, vestiti e prodotti per i neonati alle famiglie in difficoltà"),
    ("Gruppo", "mamme", "fa incontrare le mamme con bambini piccoli, con una mediatrice culturale"),
    ("Ambulatorio", "ascolto", "offre colloqui con uno psicologo a chi vive un momento difficile"),
    ("Laboratorio", "teatro e musica", "riunisce giovani di lingue diverse intorno a uno spettacolo"),
    ("Assistenza", "domiciliare", "accompagna anziani e persone con disabilità a casa e alle visite"),
    ("Consulenza", "legale", "spiega i diritti e accompagna chi ha subito una discriminazione"),
)
FRASI = (
    "Si può venire anche senza conoscere bene l'italiano.",
    "Gli operatori danno un foglio con le cose da portare la volta dopo.",
    "Se serve, si prenota una mediatrice linguistica.",
    "Il primo colloquio dura circa mezz'ora.",
    "Chi ha bambini può portarli con sé.",
    "Le informazioni restano riservate.",
)
TIPI = (TipoRisorsa.SERVIZIO, TipoRisorsa.SPORTELLO, TipoRisorsa.CORSO)


@transaction.atomic
def crea_sintetici(quanti: int, *, enti: int = 200, seme: int = 1) -> int:
    """Add `quanti` published sample services of `enti` synthetic bodies, and give their number.

    Each has one place, a telephone, hours on two days, two categories, one or two comuni, one language. The same `seme`
    on the same terms and comuni gives the same services. Raises ValueError if there are synthetic services already, or
    no categories, comuni and languages to choose from.
    """
    if Risorsa.objects.filter(slug__startswith=f"{PREFISSO}-").exists():
        raise ValueError("I servizi sintetici ci sono già: toglili prima con --togli.")
    caso = random.Random(seme)  # noqa: S311 - repeatable on purpose, nothing secret
    termini = {m: list(m.objects.all()) for m in (Categoria, Lingua, Destinatari, DocumentoRichiesto, ModalitaAccesso)}
    comuni = list(Comune.objects.dell_ambito())
    if not (termini[Categoria] and termini[Lingua] and comuni):
        raise ValueError("Prima carica i dati del territorio: servono categorie, lingue e comuni.")
    organizzazioni = Ente.objects.bulk_create(
        Ente(
            slug=f"{PREFISSO}-ente-{n}",
            denominazione=f"Associazione sintetica {n}",
            tipo=TipoEnte.ASSOCIAZIONE,
            esempio=True,
        )
        for n in range(1, min(enti, quanti) + 1)
    )
    for inizio in range(0, quanti, BLOCCO):
        _blocco(range(inizio + 1, min(inizio + BLOCCO, quanti) + 1), caso, organizzazioni, comuni, termini)
    contenuto.cambiato()
    return quanti


@transaction.atomic
def togli_sintetici() -> int:
    """Remove the synthetic services and bodies, and give how many services there were."""
    risorse = Risorsa.objects.filter(slug__startswith=f"{PREFISSO}-")
    quante = risorse.count()
    risorse.delete()
    Sede.objects.filter(slug__startswith=f"{PREFISSO}-").delete()
    Ente.objects.filter(slug__startswith=f"{PREFISSO}-ente-").delete()
    contenuto.cambiato()
    return quante


def _blocco(numeri: range, caso: random.Random, enti: Sequence[Ente], comuni: list[Comune], termini: dict) -> None:
    risorse, sedi = [], []
    for numero in numeri:
        risorsa, sede = _servizio(numero, caso, caso.choice(enti), caso.choice(comuni))
        risorse.append(risorsa)
        sedi.append(sede)
    Risorsa.objects.bulk_create(risorse)
    Sede.objects.bulk_create(sedi)
    RisorsaInSede.objects.bulk_create(
        RisorsaInSede(risorsa=risorsa, sede=sede) for risorsa, sede in zip(risorse, sedi, strict=True)
    )
    for campo, modello, quanti in (
        ("categorie", Categoria, 2),
        ("destinatari", Destinatari, 1),
        ("documenti", DocumentoRichiesto, 1),
        ("modalita", ModalitaAccesso, 1),
    ):
        _lega(campo, risorse, lambda m=modello, q=quanti: caso.sample(termini[m], min(q, len(termini[m]))))
    _lega("comuni_serviti", risorse, lambda: caso.sample(comuni, min(2, len(comuni))))
    LinguaParlata.objects.bulk_create(
        LinguaParlata(risorsa=r, lingua=caso.choice(termini[Lingua]), con_mediatore=caso.random() < 0.3)
        for r in risorse
    )
    Contatto.objects.bulk_create(
        Contatto(risorsa=r, tipo="telefono", valore=f"02 000 {n:06}"[:13], esempio=True)
        for n, r in zip(numeri, risorse, strict=True)
    )
    Orario.objects.bulk_create(orario for r in risorse for orario in _orari(r, caso))


def _servizio(numero: int, caso: random.Random, ente: Ente, comune: Comune) -> tuple[Risorsa, Sede]:
    cosa, tema, fa = caso.choice(COSE)
    luogo = caso.choice(LUOGHI)
    nome = f"{cosa} {tema} {luogo} {numero}"
    oggi = timezone.localdate()
    risorsa = Risorsa(
        slug=f"{PREFISSO}-{slugify(nome)}",
        ente=ente,
        nome=nome,
        in_breve=f"A {comune}: {fa}.",
        descrizione=" ".join([f"Il servizio {fa}.", *caso.sample(FRASI, 3)]),
        tipo=caso.choice(TIPI),
        costo=caso.choice([Costo.GRATUITO, Costo.GRATUITO, Costo.SECONDO_REDDITO, Costo.A_PAGAMENTO]),
        verificata_il=oggi - timedelta(days=caso.randrange(150)),
        stato=StatoRisorsa.PUBBLICATA,
        fonte="Dati sintetici",
        esempio=True,
    )
    sede = Sede(
        slug=f"{PREFISSO}-sede-{numero}",
        ente=ente,
        nome=f"Sede {luogo} {numero}",
        indirizzo=f"via di Esempio {caso.randrange(1, 200)}",
        comune=comune,
        latitudine=_vicino(comune.latitudine, caso, Decimal("45.55")),
        longitudine=_vicino(comune.longitudine, caso, Decimal("9.11")),
        accessibilita=caso.choice(["si", "parziale", "no", "non-nota"]),
        esempio=True,
    )
    return risorsa, sede


def _vicino(coordinata: Any, caso: random.Random, altrimenti: Decimal) -> Decimal:
    return (Decimal(coordinata or altrimenti) + Decimal(caso.randrange(-1500, 1500)) / 100_000).quantize(
        Decimal("0.00001")
    )


def _orari(risorsa: Risorsa, caso: random.Random) -> Iterator[Orario]:
    for giorno in caso.sample(range(1, 7), 2):
        yield Orario(risorsa=risorsa, giorno=giorno, dalle=time(9), alle=time(12, 30))
        if caso.random() < 0.5:
            yield Orario(risorsa=risorsa, giorno=giorno, dalle=time(14), alle=time(17))


def _lega(campo: str, risorse: list[Risorsa], scelte: Any) -> None:
    ponte: Any = getattr(Risorsa, campo).through
    altro = next(f.attname for f in ponte._meta.fields if f.is_relation and f.related_model is not Risorsa)
    ponte._default_manager.bulk_create(
        ponte(**{"risorsa_id": risorsa.pk, altro: termine.pk}) for risorsa in risorse for termine in scelte()
    )
