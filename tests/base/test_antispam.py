"""The guard of the public's forms: stamp, hidden field, origin, places a day."""

import time
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.signing import TimestampSigner
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from tavolo.base.antispam import ConGuardia, impronta_di, prendi_posto, senza_cookie, stessa_origine, timbra

RIFIUTO = "Non siamo riusciti a inviare. Controlla quello che hai scritto e riprova."
IN_FRETTA = "Il modulo è arrivato troppo in fretta. Quello che hai scritto c'è ancora: invia di nuovo."
VECCHIA = "La pagina era aperta da molto tempo. Invia di nuovo."


@contextmanager
def alle(testo):
    """Inside, it is this moment in Rome."""
    adesso = datetime.fromisoformat(testo).replace(tzinfo=ZoneInfo("Europe/Rome"))
    orologi = ("django.utils.timezone.now", "django.core.cache.backends.db.tz_now")
    with (
        patch.object(time, "time", adesso.timestamp),
        patch(orologi[0], lambda: adesso),
        patch(orologi[1], lambda: adesso),
    ):
        yield


def modulo(timbro, sito=""):
    dati = QueryDict(mutable=True)
    dati.update({"timbro": timbro, "sito": sito})
    return ConGuardia(dati, scopo="prova:una")


def errori(form):
    form.is_valid()
    return form.non_field_errors()


@pytest.mark.parametrize(
    ("dopo", "attesi"),
    [("12:00:01", [IN_FRETTA]), ("12:00:05", []), ("23:59:00", [])],
    ids=["subito", "presto", "tardi"],
)
def test_il_tempo_di_scrivere(dopo, attesi):
    with alle("2026-11-25 12:00:00"):
        timbro = timbra("prova:una")
    with alle(f"2026-11-25 {dopo}"):
        assert errori(modulo(timbro)) == attesi


def test_chi_e_in_fretta_invia_di_nuovo_e_basta():
    with alle("2026-11-25 12:00:00"):
        form = modulo(timbra("prova:una"))
        assert errori(form) == [IN_FRETTA]
        assert errori(modulo(form["timbro"].value())) == []


def test_il_giorno_dopo_il_modulo_torna_con_un_timbro_nuovo():
    with alle("2026-11-25 12:00:00"):
        timbro = timbra("prova:una")
    with alle("2026-11-26 12:00:01"):
        form = modulo(timbro)
        assert errori(form) == [VECCHIA]
        nuovo = form["timbro"].value()
    with alle("2026-11-26 12:00:05"):
        assert errori(modulo(nuovo)) == []


@pytest.mark.parametrize(
    "timbro",
    ["", "prova:una", "a:b:c", "prova:una:1:1", timbra("prova:altra"), "\x00", "é" * 5000],
    # Names of their own: two processes that collect the tests a second apart must find the same ones.
    ids=["vuoto", "senza-firma", "lettere", "firma-finta", "di-un-altra-pagina", "nullo", "lungo"],
)
def test_un_timbro_non_nostro(timbro):
    with alle("2030-01-01"):
        form = modulo(timbro)
        assert errori(form) in ([RIFIUTO], [VECCHIA])
        assert TimestampSigner(salt="tavolo.base.antispam").unsign(form["timbro"].value()) == "prova:una"


def test_il_campo_che_nessuno_vede():
    with alle("2026-11-25 12:00:00"):
        timbro = timbra("prova:una")
    with alle("2026-11-25 12:01:00"):
        form = modulo(timbro, sito="https://spam.example")
        assert errori(form) == [RIFIUTO]
        assert form["sito"].value() == ""


@pytest.mark.parametrize(
    ("intestazioni", "nostra"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://altrove.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[testserver"}, False),
        ({"Origin": "https://amico.example"}, True),
    ],
)
def test_da_dove_arriva(intestazioni, nostra, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://amico.example"]
    request = RequestFactory().post("/", headers=intestazioni)
    assert stessa_origine(request) is nostra
    vista = senza_cookie(lambda request: HttpResponse("fatto"))
    if nostra:
        assert vista(request).content == b"fatto"
    else:
        with pytest.raises(PermissionDenied):
            vista(request)


def chi(indirizzo, **intestazioni):
    return impronta_di(RequestFactory().post("/", REMOTE_ADDR=indirizzo, headers=intestazioni))


def test_chi_manda_e_un_impronta_del_giorno():
    with alle("2026-11-25 12:00:00"):
        oggi = chi("192.0.2.1")
        assert (chi("192.0.2.1") == oggi, chi("192.0.2.2") == oggi) == (True, False)
        assert chi("2001:db8::1") == chi("2001:db8::ffff:1") != chi("2001:db8:0:1::1")
        assert "192.0.2.1" not in oggi
    with alle("2026-11-26 12:00:00"):
        assert chi("192.0.2.1") != oggi


def test_l_indirizzo_vero_dietro_un_proxy_dichiarato(settings):
    dietro = {"X-Forwarded-For": "203.0.113.9"}
    assert chi("10.0.0.1", **dietro) == chi("10.0.0.1")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert chi("10.0.0.1", **dietro) == chi("203.0.113.9")


def test_i_posti_di_un_giorno(db):
    with alle("2026-11-25 12:00:00"):
        assert [prendi_posto("prova", 2) for _ in range(3)] == [True, True, False]
        assert prendi_posto("altra", 1) is True
    with alle("2026-11-26 12:00:05"):
        assert prendi_posto("prova", 2) is True


def test_un_posto_costa_lo_stesso_quanti_che_ne_siano_presi(db, django_assert_num_queries):
    with django_assert_num_queries(6):
        prendi_posto("prova", 200)
    for _ in range(20):
        prendi_posto("prova", 200)
    with django_assert_num_queries(6):
        prendi_posto("prova", 200)
