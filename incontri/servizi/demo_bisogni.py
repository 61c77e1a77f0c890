"""The sample needs of the demo, made to look alive: heard in the sample minutes, shown by sample figures, one a double.

All of it goes through the services people use, and says of itself that it is an example.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import Bisogno, Evidenza, TipoEvidenza, UnitaEvidenza, Voce
from incontri.servizi.bisogni.evidenze import scrivi_evidenza
from incontri.servizi.bisogni.nascita import Origine, aggiungi_origine, porta_bisogno
from incontri.servizi.bisogni.passaggi import porta_avanti
from incontri.servizi.bisogni.unioni import unisci_bisogni
from referenti.models import Comune, Utente

ESEMPIO = "esempio-"
# Two sources, so that some of the sample needs can be relied on: neither exists.
FONTI = ("Numeri di esempio degli sportelli", "Numeri di esempio dei servizi sociali")
# How many people have the need in each comune, over and over in the order of the comuni; 3 shows what is kept of so few.
IN_BISOGNO = {
    "esempio-avvisi-della-scuola": (140, 320, 90, 260, 110, 380, 170, 60),
    "esempio-ritardo-scolastico": (60, 130, 30, 95, 40, 150, 70, 3),
    "esempio-figli-interpreti": (80, 190, 45, 140, 55, 210, 90, 35),
    "esempio-mediazione-tardi": (50, 120, 25, 80, 35, 130, 60, 20),
}
GIORNI = (("2025", 34), ("2026", 27))
# From which entry of the sample minutes, by how it begins.
DALLE_VOCI = (
    ("esempio-informazioni-discordi", "I volantini invecchiano"),
    ("esempio-quale-sportello", "Chi arriva chiede sempre"),
    ("esempio-mediazione-tardi", "Le scuole chiamano chi media"),
)


@transaction.atomic
def crea_bisogni_di_esempio(persone: Sequence[Utente]) -> int:
    """Give the sample needs their evidence, origins, a double and one that is over; gives how many. Nothing the second time.

    `persone`: those of the demo, coordination first. Raises Bisogno.DoesNotExist if the territory's data were not loaded.
    """
    coordina, bollate, senago = persone[:3]
    bisogni = {b.slug: b for b in Bisogno.objects.filter(slug__startswith=ESEMPIO)}
    if not bisogni:
        raise Bisogno.DoesNotExist("mancano i bisogni di esempio.")
    if Evidenza.objects.filter(bisogno__slug__startswith=ESEMPIO, fonte__in=FONTI).exists():
        return 0
    for slug, numeri in IN_BISOGNO.items():
        _in_bisogno(bisogni[slug], numeri, bollate)
    for riferimento, giorni in GIORNI:
        _evidenza(
            bisogni["esempio-mediazione-tardi"],
            senago,
            testo="Giorni fra la richiesta di mediazione e l'incontro (esempio)",
            valore=Decimal(giorni),
            unita=UnitaEvidenza.GIORNI,
            riferimento=riferimento,
            fonte=FONTI[1],
        )
    for slug, inizio in DALLE_VOCI:
        voce = Voce.objects.filter(testo__startswith=inizio).first()
        if voce is not None:
            aggiungi_origine(bisogni[slug], origine=Origine(voce=voce), autore=bollate)
    _doppio(bisogni["esempio-mediazione-tardi"], senago, coordina)
    porta_avanti(
        bisogni["esempio-gruppi-senza-spazi"],
        "supera",
        autore=coordina,
        motivo="È un esempio: due biblioteche hanno aperto le loro sale anche ai gruppi senza statuto.",
    )
    return len(bisogni)


def _in_bisogno(bisogno: Bisogno, numeri: Sequence[int], autore: Utente) -> None:
    for comune, quanti in zip(Comune.objects.dell_ambito(), numeri, strict=False):
        _evidenza(
            bisogno,
            autore,
            tipo=TipoEvidenza.IN_BISOGNO,
            testo=f"Persone che hanno questo bisogno a {comune} (esempio)",
            valore=Decimal(quanti),
            unita=UnitaEvidenza.PERSONE,
            comune=comune,
            riferimento=str(timezone.localdate().year),
            fonte=FONTI[0],
        )


def _evidenza(bisogno: Bisogno, autore: Utente, **valori: Any) -> None:
    scrivi_evidenza(Evidenza(bisogno=bisogno, **valori), autore=autore)


def _doppio(resta: Bisogno, scrive: Utente, coordina: Utente) -> None:
    doppio = porta_bisogno(
        Bisogno(
            slug="esempio-mediazione-in-ritardo",
            titolo="Chi media arriva in ritardo (doppio di esempio)",
            descrizione="È un esempio di bisogno scritto due volte: è stato unito all'altro.",
            tema=resta.tema,
            esempio=True,
        ),
        insiemi={},
        origine=Origine(nota="Scritto due volte, per mostrare come si uniscono i doppi."),
        autore=scrive,
    )
    unisci_bisogni(doppio, a=resta, autore=coordina, motivo="È lo stesso bisogno, detto con altre parole")
