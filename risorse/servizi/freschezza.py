"""How fresh the cards are, ente by ente: the figures who coordinates looks at."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from risorse.models import Freschezza, Risorsa
from risorse.models.freschezza import condizione


@dataclass(frozen=True)
class Quota:
    """The cards of an ente (of all of them: `ente` empty), by how they stand; those in term include those due soon."""

    ente: str
    chiave: str
    schede: int
    in_termine: int
    in_scadenza: int
    scadute: int
    nascoste: int
    mai_verificate: int

    @property
    def percento(self) -> int:
        """The share of cards in term, in whole hundredths: 100 only if no card is overdue, 0 only if all are."""
        if self.in_termine == self.schede:
            return 100
        vicino = (self.in_termine * 200 + self.schede) // (self.schede * 2)  # the nearest, halves upwards
        return min(max(vicino, 1), 99) if self.in_termine else 0


def quote_per_ente(giorno: date | None = None) -> list[Quota]:
    """The shares on `giorno` (today by default), the enti furthest behind first; one query."""
    giorno = giorno or timezone.localdate()

    def conta(freschezza: str) -> Count:
        return Count("pk", filter=condizione(freschezza, giorno))

    righe = (
        Risorsa.objects.con_scadenza(giorno)
        .order_by()
        .values("ente", "ente__denominazione")
        .annotate(
            schede=Count("pk"),
            in_scadenza=conta(Freschezza.IN_SCADENZA),
            scadute=conta(Freschezza.SCADUTA),
            nascoste=conta(Freschezza.NASCOSTA),
            mai_verificate=Count("pk", filter=Q(verificata_il__isnull=True)),
        )
    )
    quote = [
        Quota(
            ente=riga.pop("ente__denominazione"),
            chiave=str(riga.pop("ente")),
            in_termine=riga["schede"] - riga["scadute"] - riga["nascoste"],
            **riga,
        )
        for riga in righe
    ]
    return sorted(quote, key=lambda q: (q.in_termine / q.schede, q.ente))


def in_tutto(quote: list[Quota]) -> Quota:
    """The same figures for all the enti together."""
    somme = {
        nome: sum(getattr(quota, nome) for quota in quote)
        for nome in ("schede", "in_termine", "in_scadenza", "scadute", "nascoste", "mai_verificate")
    }
    return Quota(ente="", chiave="", **somme)
