"""One thing that is new, and when what was written in the history became so."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils.dateparse import parse_datetime


@dataclass(frozen=True, kw_only=True)
class Novita:
    """Something new: of which kind, called how, since when, at which path, in one line, for which comuni.

    `chiave` never changes and is never another one's; `url` is the Italian path; `comuni` are slugs, none for the whole
    Ambito.
    """

    chiave: str
    genere: str
    titolo: str
    quando: datetime
    url: str
    sintesi: str = ""
    comuni: tuple[str, ...] = ()
    esempio: bool = False

    @property
    def urn(self) -> str:
        """A name of it for the world, for the feed: the same for as long as it is the same thing (RFC 4287, 4.2.6)."""
        return uuid5(NAMESPACE_URL, f"tavolo-intercultura:{self.chiave}").urn

    def in_json(self) -> dict[str, Any]:
        """As it is kept in a row; `da_json` reads it back."""
        return asdict(self) | {"quando": self.quando.isoformat(), "comuni": list(self.comuni)}

    @classmethod
    def da_json(cls, dati: dict[str, Any]) -> "Novita":
        """What `in_json` kept."""
        quando: Any = parse_datetime(dati["quando"])
        return cls(**dati | {"quando": quando, "comuni": tuple(dati["comuni"])})


def dalla_storia(righe: QuerySet, **com_e: Any) -> dict[UUID, datetime]:
    """The moment since when each row is, or first was, as `com_e` says, from its history."""
    storia = righe.model.storia.filter(uuid__in=righe.order_by().values("pk"), **com_e).order_by()
    return dict(storia.values_list("uuid").annotate(prima=Min("history_date")))


def comuni_di(comuni: Iterable[Any]) -> tuple[str, ...]:
    """Their slugs."""
    return tuple(comune.slug for comune in comuni)


def in_una_riga(testo: str, quanto: int = 200) -> str:
    """The beginning of a text, in one line, cut at a word."""
    riga = " ".join(testo.split())
    return riga if len(riga) <= quanto else f"{riga[:quanto].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def prefisso_di(lingua: str | None) -> str:
    """What stands before an Italian path on the pages of a language: nothing for Italian (`tavolo.urls`)."""
    return "" if lingua in (None, "", settings.LANGUAGE_CODE) else f"/{lingua}"
