"""Meetings as calendar entries (RFC 5545), in UTC: every calendar shows them in its own time."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from incontri.models import Convocazione, Incontro, StatoIncontro

_STATI = {
    StatoIncontro.PIANIFICATO: "TENTATIVE",
    StatoIncontro.CONVOCATO: "CONFIRMED",
    StatoIncontro.SVOLTO: "CONFIRMED",
    StatoIncontro.ANNULLATO: "CANCELLED",
}


def calendario(incontri: Iterable[Incontro], *, radice: str) -> bytes:
    """The calendar file of these meetings, those without a date left out.

    `radice` is the address of the portal, before the path of each meeting. Reads `punti` and `temi`: prefetch them.
    """
    foglio = _foglio("PUBLISH")
    foglio.add("x-wr-calname", "Tavolo Intercultura")
    for incontro in incontri:
        if incontro.inizio:
            foglio.add_component(_evento(incontro, incontro.inizio, radice))
    return foglio.to_ical()


def invito(convocazione: Convocazione, *, radice: str) -> bytes:
    """The calendar file that a convocation carries: METHOD:REQUEST, or CANCEL for a cancelled meeting (RFC 5546, 3.2).

    The organiser is the address mails leave from; answers are given in the portal, so none is asked by mail. Raises
    ValueError if the meeting has no date.
    """
    incontro = convocazione.incontro
    if incontro.inizio is None:
        raise ValueError("L'incontro non ha una data.")
    foglio = _foglio("CANCEL" if incontro.annullato else "REQUEST")
    evento = _evento(incontro, incontro.inizio, radice)
    nome, indirizzo = parseaddr(settings.DEFAULT_FROM_EMAIL)
    evento.add("organizer", _persona(indirizzo, nome or "Tavolo Intercultura"))
    invitato = _persona(convocazione.email, convocazione.nome or convocazione.email)
    invitato.params |= {"PARTSTAT": vText("NEEDS-ACTION"), "RSVP": vText("FALSE")}
    evento.add("attendee", invitato, encode=False)
    foglio.add_component(evento)
    return foglio.to_ical()


def _foglio(metodo: str) -> Calendar:
    foglio = Calendar()
    foglio.add("prodid", "-//Tavolo Intercultura//Incontri//IT")
    foglio.add("version", "2.0")
    foglio.add("calscale", "GREGORIAN")
    foglio.add("method", metodo)
    return foglio


def _persona(indirizzo: str, nome: str) -> vCalAddress:
    persona = vCalAddress(f"mailto:{indirizzo}")
    persona.params["CN"] = vText(nome)
    return persona


def _evento(incontro: Incontro, inizio: datetime, radice: str) -> Event:
    punti, temi = list(incontro.punti.all()), [tema.nome for tema in incontro.temi.all()]
    toccato = max([incontro.aggiornato, *(punto.aggiornato for punto in punti)])
    pezzi = [incontro.collegamento] if incontro.collegamento else []
    if punti:
        pezzi.append("\n".join(["Ordine del giorno", *(f"{n}. {p.titolo}" for n, p in enumerate(punti, start=1))]))
    evento = Event()
    evento.add("uid", str(incontro.pk))
    evento.add("sequence", incontro.sequenza)
    evento.add("dtstamp", toccato.replace(microsecond=0))
    evento.add("created", incontro.creato.replace(microsecond=0))
    evento.add("last-modified", toccato.replace(microsecond=0))
    evento.add("dtstart", inizio.astimezone(UTC))
    if incontro.fine:
        evento.add("dtend", incontro.fine.astimezone(UTC))
    evento.add("summary", incontro.titolo)
    evento.add("status", _STATI[StatoIncontro(incontro.stato)])
    if luogo := incontro.luogo or incontro.collegamento:
        evento.add("location", luogo)
    if pezzi:
        evento.add("description", "\n\n".join(pezzi))
    if temi:
        evento.add("categories", temi)
    evento.add("url", radice + incontro.get_absolute_url())
    return evento
