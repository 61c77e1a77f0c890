"""The calendar file says what the portal knows, and says it as RFC 5545 wants."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from incontri.models import Incontro
from incontri.servizi.calendario import calendario
from tests.factories import IncontroFactory, PuntoOdgFactory, TemaFactory, UtenteFactory

INIZIO = datetime(2027, 3, 28, 7, 30, tzinfo=UTC)


@pytest.fixture
def incontro(db):
    incontro = IncontroFactory(
        titolo="Incontro; con, punteggiatura",
        inizio=INIZIO,
        fine=INIZIO + timedelta(hours=2),
        luogo="Sala Ö,\nprimo piano",
        collegamento="https://example.org/sala",
        stato="convocato",
    )
    PuntoOdgFactory(incontro=incontro, titolo="Uno", ordine=1)
    PuntoOdgFactory(incontro=incontro, titolo="Due " + "molto lungo " * 12, ordine=2)
    incontro.temi.add(TemaFactory(nome="Servizi, accesso"))
    return incontro


def eventi(contenuto):
    return Calendar.from_ical(contenuto).walk("VEVENT")


def test_riletto_e_uguale(incontro):
    contenuto = calendario([incontro], radice="https://portale.example")

    (evento,) = eventi(contenuto)
    descrizione = f"https://example.org/sala\n\nOrdine del giorno\n1. Uno\n2. {incontro.punti.last()}"
    assert evento["UID"] == str(incontro.pk)
    assert (evento.start, evento.end) == (INIZIO, INIZIO + timedelta(hours=2))
    assert evento["SUMMARY"] == incontro.titolo
    assert evento["LOCATION"] == incontro.luogo
    assert evento["STATUS"] == "CONFIRMED"
    assert evento["DESCRIPTION"] == descrizione
    assert evento.categories == ["Servizi, accesso"]
    assert evento["URL"] == f"https://portale.example/area/incontri/{incontro.pk}/"
    assert all(len(riga) <= 75 for riga in contenuto.split(b"\r\n"))
    assert contenuto.endswith(b"END:VCALENDAR\r\n")
    obbligatorie = {"VERSION", "PRODID", "METHOD", "CALSCALE"}
    assert obbligatorie <= set(Calendar.from_ical(contenuto).keys())


def test_stesso_uid_e_sequenza_che_cresce(incontro):
    (prima,) = eventi(calendario([incontro], radice=""))
    incontro.luogo = "Altrove"
    incontro.save()
    incontro.quorum = 3  # calendars do not show it
    incontro.save()

    (dopo,) = eventi(calendario([Incontro.objects.get()], radice=""))

    assert prima["UID"] == dopo["UID"]
    assert (prima["SEQUENCE"], dopo["SEQUENCE"]) == (0, 1)


def test_senza_data_non_c_e_e_senza_fine_non_si_inventa(db):
    senza_fine = IncontroFactory(inizio=INIZIO)

    (evento,) = eventi(calendario([IncontroFactory(), senza_fine], radice=""))

    assert evento["UID"] == str(senza_fine.pk)
    assert "DTEND" not in evento


def test_file_dei_prossimi(come, mira, django_assert_num_queries):
    domani = timezone.now() + timedelta(days=1)
    IncontroFactory(titolo="Dopodomani", inizio=domani + timedelta(days=1))
    IncontroFactory(titolo="Domani annullato", inizio=domani, stato="annullato")
    IncontroFactory(titolo="Ieri", inizio=domani - timedelta(days=2))
    IncontroFactory(titolo="Senza data")

    risposta = come(mira).get(reverse("incontri:prossimi-ics"))

    assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
    assert [(e["SUMMARY"], e["STATUS"]) for e in eventi(risposta.content)] == [
        ("Domani annullato", "CANCELLED"),
        ("Dopodomani", "TENTATIVE"),
    ]


def test_file_di_un_incontro(come, bruno, incontro):
    risposta = come(bruno).get(reverse("incontri:incontro-ics", args=[incontro.pk]))

    assert [e["UID"] for e in eventi(risposta.content)] == [str(incontro.pk)]
    assert come(bruno).get(reverse("incontri:incontro-ics", args=[IncontroFactory().pk])).status_code == 404


def test_chi_non_partecipa_non_ha_file(client, come, incontro):
    url = reverse("incontri:prossimi-ics")

    assert client.get(url).status_code == 302
    assert come(UtenteFactory()).get(url).status_code == 403
