"""The calendar of the open data (RFC 5545): the public meetings of the Tavolo, the hours of the courses."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.utils import timezone
from icalendar import Calendar, Event

from incontri.models import Incontro, StatoIncontro
from risorse.models import Risorsa, TipoRisorsa

# Courses change: who follows the calendar asks again long before.
GIORNI_AVANTI = 60
LEZIONI_MASSIME = 5000


def calendario(radice: str) -> bytes:
    """The file; of meetings no place and no address of a call, of courses the days they are really open."""
    foglio = Calendar()
    foglio.add("prodid", "-//Tavolo Intercultura//Incontri e corsi//IT")
    foglio.add("version", "2.0")
    foglio.add("calscale", "GREGORIAN")
    foglio.add("method", "PUBLISH")
    foglio.add("x-wr-calname", "Tavolo Intercultura: incontri e corsi")
    for incontro in Incontro.objects.pubblici().filter(inizio__isnull=False).order_by("inizio", "uuid"):
        foglio.add_component(_incontro(incontro, radice))
    for evento in islice(_lezioni(timezone.localdate(), radice), LEZIONI_MASSIME):
        foglio.add_component(evento)
    return foglio.to_ical()


def _incontro(incontro: Incontro, radice: str) -> Event:
    evento = _evento(str(incontro.pk), incontro.titolo, incontro.aggiornato, incontro.inizio, incontro.fine)
    evento.add("status", "CANCELLED" if incontro.stato == StatoIncontro.ANNULLATO else "CONFIRMED")
    evento.add("url", f"{radice}/tavolo/incontri/")
    return evento


def _lezioni(oggi: date, radice: str) -> Iterator[Event]:
    """One event for each opening of each course in the days ahead: closures and holidays leave theirs out."""
    corsi = Risorsa.objects.attive().filter(tipo=TipoRisorsa.CORSO).con_orari().order_by("nome", "uuid")
    for corso in corsi.iterator(chunk_size=200):
        for luogo in corso.orari_in_luoghi:
            for giorno in (oggi + timedelta(days=n) for n in range(GIORNI_AVANTI)):
                if (corso.valida_al and giorno > corso.valida_al) or (corso.valida_dal and giorno < corso.valida_dal):
                    continue
                for inizio, fine in luogo.orari.aperture(giorno, su_appuntamento=False):
                    dove = luogo.in_sedi[0].sede if luogo.in_sedi else None
                    chiave = f"{corso.pk}-{dove.pk if dove else 'corso'}-{inizio:%Y%m%dT%H%M}"
                    evento = _evento(chiave, corso.nome, corso.aggiornato, inizio, fine)
                    if dove:
                        evento.add(
                            "location", ", ".join(filter(None, (dove.nome, dove.indirizzo, str(dove.comune or ""))))
                        )
                    evento.add("url", radice + corso.get_absolute_url())
                    yield evento


def _evento(chiave: str, titolo: str, toccato: datetime, inizio: datetime | None, fine: datetime | None) -> Event:
    evento = Event()
    evento.add("uid", chiave)
    evento.add("dtstamp", toccato.astimezone(UTC).replace(microsecond=0))
    evento.add("summary", titolo)
    if inizio:
        evento.add("dtstart", inizio.astimezone(UTC))
    if fine:
        evento.add("dtend", fine.astimezone(UTC))
    return evento
