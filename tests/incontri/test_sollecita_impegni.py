"""The weekly mail about late commitments: to whom, once a week, never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from incontri.models import SollecitoImpegni
from incontri.servizi.solleciti import lettere, settimana, spedisci
from tests.factories import EnteFactory, ImpegnoFactory, PuntoOdgFactory, UtenteFactory, VerbaleFactory, VoceFactory

LUNEDI = date(2026, 11, 23)
IERI, PRESTO, LONTANO = LUNEDI - timedelta(days=1), LUNEDI + timedelta(days=7), LUNEDI + timedelta(days=8)


@pytest.fixture(autouse=True)
def indirizzo(settings):
    settings.INDIRIZZO_PORTALE = "https://portale.example.org"


def a_chi(giorno=LUNEDI):
    return {lettera.utente.email: [i.testo for i in lettera.tardi] for lettera in lettere(giorno)}


def test_a_chi_si_scrive(anna, bruno, senait, mira):
    andata_via = UtenteFactory(email="via@example.org", is_active=False, ente=bruno.ente)
    for testo, valori in {
        "della persona": {"ente": senait.ente, "persona": bruno},
        "dell'ente": {"ente": senait.ente},
        "di chi non c'è più": {"ente": senait.ente, "persona": andata_via},
        "dell'unità": {"ente": EnteFactory(padre=bruno.ente)},
        "di nessuno": {"ente": EnteFactory()},
    }.items():
        ImpegnoFactory(testo=testo, scadenza=IERI, **valori)
    detti = {chi: sorted(testi) for chi, testi in a_chi().items()}
    assert detti == {
        "anna@example.org": ["di nessuno"],
        "bruno@example.org": ["dell'unità", "della persona"],
        "senait@example.org": ["dell'ente", "di chi non c'è più"],
    }


def test_si_scrive_solo_a_chi_e_in_ritardo_e_si_dice_anche_che_cosa_scade(bruno, senait):
    tardi = ImpegnoFactory(testo="Scrivere alla **scuola**", ente=bruno.ente, scadenza=date(2026, 11, 8))
    presto = ImpegnoFactory(testo="Chiamare", ente=bruno.ente, scadenza=PRESTO)
    ImpegnoFactory(testo="Più avanti", ente=bruno.ente, scadenza=LONTANO)
    ImpegnoFactory(testo="Già fatto", ente=bruno.ente, scadenza=IERI, stato="fatto")
    ImpegnoFactory(testo="Dell'altra", ente=senait.ente, scadenza=PRESTO)
    bozza = VoceFactory(punto=PuntoOdgFactory(incontro=VerbaleFactory().incontro))
    ImpegnoFactory(testo="In una bozza", ente=bruno.ente, scadenza=IERI, voce=bozza)
    (lettera,) = lettere(LUNEDI)
    assert (lettera.tardi, lettera.presto) == ([tardi], [presto])
    assert lettera.oggetto == "Tavolo Intercultura: un impegno in ritardo"
    for atteso in (
        "- Scrivere alla scuola\n",
        "Era da fare entro l'8 novembre 2026.",
        f"https://portale.example.org/area/impegni/{tardi.pk}/",
        "Da fare entro il 30 novembre 2026.",
    ):
        assert atteso in lettera.testo


def test_la_settimana_e_quella_iso():
    assert [settimana(g) for g in (LUNEDI, date(2026, 12, 31), date(2027, 1, 3))] == [
        "2026-W48",
        "2026-W53",
        "2026-W53",
    ]


def test_nella_stessa_settimana_si_scrive_una_volta_sola(bruno):
    ImpegnoFactory(ente=bruno.ente, scadenza=IERI)
    prime = lettere(LUNEDI)
    assert [s.errore for s in spedisci(prime)] == [""]
    assert a_chi(LUNEDI + timedelta(days=6)) == {}
    # A run that had read before the first one sent.
    assert [s.gia for s in spedisci(prime)] == [True]
    assert len(mail.outbox) == 1
    assert list(a_chi(LUNEDI + timedelta(days=7))) == ["bruno@example.org"]


class PostaRotta(EmailBackend):
    """A server that refuses one person."""

    def send_messages(self, messages):
        if "bruno@example.org" in messages[0].to:
            raise OSError("rifiutata")
        return super().send_messages(messages)


def test_una_lettera_che_non_parte_non_ferma_le_altre_e_si_riprova(bruno, senait, settings):
    for persona in (bruno, senait):
        ImpegnoFactory(ente=persona.ente, scadenza=IERI)
    settings.EMAIL_BACKEND = f"{__name__}.PostaRotta"
    assert [s.errore for s in spedisci(lettere(LUNEDI))] == ["rifiutata", ""]
    assert [m.to for m in mail.outbox] == [["senait@example.org"]]
    assert list(a_chi()) == ["bruno@example.org"]


def test_ucciso_a_meta_non_lascia_detto_di_aver_scritto(bruno, monkeypatch):
    ImpegnoFactory(ente=bruno.ente, scadenza=IERI)

    def ucciso(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as finto:
        finto.setattr("incontri.servizi.solleciti.EmailMessage.send", ucciso)
        with pytest.raises(KeyboardInterrupt):
            list(spedisci(lettere(LUNEDI)))
    assert SollecitoImpegni.objects.count() == 0
    assert list(a_chi()) == ["bruno@example.org"]


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite has one writer at a time")
def test_due_insieme_scrivono_una_volta(transactional_db, bruno):
    ImpegnoFactory(ente=bruno.ente, scadenza=IERI)
    da_spedire = lettere(LUNEDI)

    def manda(_):
        try:
            return [s.gia for s in spedisci(da_spedire)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as insieme:
        gia = sorted(insieme.map(manda, range(2)))
    assert (gia, len(mail.outbox), SollecitoImpegni.objects.count()) == ([[False], [True]], 1, 1)


def comando(**opzioni):
    uscita = StringIO()
    call_command("sollecita_impegni", stdout=uscita, stderr=uscita, **opzioni)
    return uscita.getvalue()


def test_il_comando_dice_che_cosa_ha_fatto(bruno, settings):
    assert comando() == "Niente da mandare.\n"
    ImpegnoFactory(ente=bruno.ente, scadenza=timezone.localdate() - timedelta(days=1))
    prova = comando(prova=True)
    assert ("A: bruno@example.org" in prova, "niente è stato mandato" in prova, mail.outbox) == (True, True, [])
    assert comando() == "bruno@example.org: mandata (1 in ritardo).\n"
    assert comando() == "Niente da mandare.\n"
    settings.INDIRIZZO_PORTALE = ""
    with pytest.raises(CommandError, match="INDIRIZZO_PORTALE"):
        comando()


def test_il_comando_che_fallisce_lo_dice(bruno, settings):
    ImpegnoFactory(ente=bruno.ente, scadenza=timezone.localdate() - timedelta(days=1))
    settings.EMAIL_BACKEND = f"{__name__}.PostaRotta"
    with pytest.raises(CommandError, match="E-mail non mandate: 1 su 1"):
        comando()


def test_le_domande_non_crescono_con_gli_impegni(bruno, django_assert_num_queries):
    for _ in range(3):
        ImpegnoFactory.create_batch(3, ente=EnteFactory(), scadenza=IERI)
    ImpegnoFactory(ente=bruno.ente, scadenza=IERI)
    with django_assert_num_queries(6):
        lettere(LUNEDI)
