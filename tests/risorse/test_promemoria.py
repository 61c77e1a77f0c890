"""Reminders: who is asked what, once; what is left by a run that fails, is killed, or meets another one."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from risorse.models import Risorsa, Sollecito
from risorse.servizi import promemoria
from risorse.servizi.link_conferma import apri
from risorse.servizi.verifiche import conferma_risorsa
from tavolo.base.permessi import COORDINAMENTO, MEDIATORI, REFERENTI
from tests.factories import EnteFactory, RisorsaFactory, UtenteFactory

OGGI = timezone.localdate()
BASE = "https://portale.example.org"


@pytest.fixture(autouse=True)
def impostazioni(settings):
    settings.GIORNI_PROMEMORIA = settings.GIORNI_AL_COORDINAMENTO = 14
    settings.GIORNI_VERIFICA, settings.GIORNI_NASCOSTA, settings.GIORNI_LINK = 180, 60, 120
    settings.INDIRIZZO_PORTALE = BASE


class PostaCheSiRompe(EmailBackend):
    """Refuses what is for Senago."""

    def send_messages(self, messaggi):
        if any("senait@example.org" in m.to for m in messaggi):
            raise smtplib.SMTPServerDisconnected("il server ha chiuso")
        return super().send_messages(messaggi)


class PostaUccisaDopo(EmailBackend):
    """The machine is switched off when the mail has just left."""

    def send_messages(self, messaggi):
        super().send_messages(messaggi)
        raise KeyboardInterrupt


def scade_fra(giorni, **campi):
    return RisorsaFactory(verificare_entro=OGGI + timedelta(days=giorni), **campi)


def esegui(*argomenti):
    """What the command prints, errors after the rest."""
    uscita, errori = StringIO(), StringIO()
    call_command("promemoria", *argomenti, stdout=uscita, stderr=errori)
    return uscita.getvalue() + errori.getvalue()


def partite():
    """The mails that left, as (addressees, subject); the outbox is emptied."""
    messaggi = [(m.to, m.subject) for m in mail.outbox]
    mail.outbox.clear()
    return messaggi


# --- Who is asked what ------------------------------------------------------------------------------------------------


def test_a_ogni_ente_una_e_mail_con_tutte_le_sue_schede(anna, bruno, senait, comune_di_bollate, comune_di_senago):
    for giorni, nome in [(14, "Lontana"), (0, "Oggi"), (-1, "Ieri")]:
        scade_fra(giorni, nome=nome, ente=comune_di_bollate)
    scade_fra(15, ente=comune_di_senago)

    assert esegui() == "Comune di Bollate (3 schede): mandata a 1.\n"

    (messaggio,) = mail.outbox
    assert (messaggio.to, messaggio.subject) == (["bruno@example.org"], "Tavolo Intercultura: 3 schede da confermare")
    nomi = [riga[3:] for riga in messaggio.body.splitlines() if riga[:3] in ("1. ", "2. ", "3. ")]
    assert nomi == ["Ieri", "Oggi", "Lontana"]
    collegamenti = [riga.strip() for riga in messaggio.body.splitlines() if f"{BASE}/conferma/" in riga]
    tokens = [c.removeprefix(f"{BASE}/conferma/").removesuffix("/") for c in collegamenti]
    assert [apri(token).risorsa.nome for token in tokens] == nomi


def test_il_testo_dice_i_giorni_in_italiano_semplice(anna, bruno, comune_di_bollate, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 25))
    RisorsaFactory(nome="Sportello", ente=comune_di_bollate, verificare_entro=date(2026, 11, 3))
    RisorsaFactory(
        nome="Corso",
        ente=EnteFactory(denominazione="Biblioteca", padre=comune_di_bollate),
        verificare_entro=date(2026, 12, 1),
    )
    esegui()
    testo = next(m.body for m in mail.outbox if m.to == ["bruno@example.org"])
    attesi = [
        "ci sono 2 schede da confermare.\nEnte: Comune di Bollate.\n",
        "1. Sportello\n   Scaduta il 3 novembre 2026: dal 3 gennaio 2027 il pubblico non la vedrà più.\n   https://",
        "2. Corso (Biblioteca)\n   Da confermare entro il 1 dicembre 2026.\n   https://",
        f"{BASE}/area/servizi/",
    ]
    assert [parte for parte in attesi if parte not in testo] == []
    assert "&" not in testo


def test_le_unita_senza_persone_si_chiedono_all_ente_di_cui_fanno_parte(bruno, comune_di_bollate):
    sola = EnteFactory(denominazione="Biblioteca", padre=comune_di_bollate)
    sua = EnteFactory(denominazione="Consultorio", padre=comune_di_bollate)
    UtenteFactory(email="consultorio@example.org", ente=sua, gruppi=[REFERENTI])
    for ente in (sola, sua):
        scade_fra(3, ente=ente)
    esegui()
    assert partite() == [
        (["bruno@example.org"], "Tavolo Intercultura: una scheda da confermare"),
        (["consultorio@example.org"], "Tavolo Intercultura: una scheda da confermare"),
    ]


def test_a_tutte_le_persone_attive_che_possono_confermare(bruno, comune_di_bollate):
    for email, campi in [
        ("altra@example.org", {"gruppi": [REFERENTI, COORDINAMENTO]}),
        ("media@example.org", {"gruppi": [MEDIATORI]}),
        ("andata.via@example.org", {"gruppi": [REFERENTI], "is_active": False}),
        ("prova@example.org", {"gruppi": [REFERENTI], "demo": True}),
    ]:
        UtenteFactory(email=email, ente=comune_di_bollate, **campi)
    scade_fra(3, ente=comune_di_bollate)
    esegui()
    assert [a for a, _ in partite()] == [["altra@example.org", "bruno@example.org"]]


def test_di_chi_non_ha_nessuno_risponde_il_coordinamento(anna):
    scade_fra(3, nome="Orfana", ente=EnteFactory(denominazione="Rete informale"))
    assert esegui() == "Coordinamento (una scheda): mandata a 1.\n"
    (messaggio,) = mail.outbox
    assert messaggio.to == ["anna@example.org"]
    assert "DI ENTI SENZA REFERENTE NEL PORTALE" in messaggio.body
    assert "- Orfana (Rete informale), da confermare entro il" in messaggio.body
    assert "/conferma/" not in messaggio.body


@pytest.mark.parametrize("campi", [{"stato": "sospesa"}, {"valida_al": OGGI - timedelta(days=1)}, {"esempio": True}])
def test_di_queste_non_si_chiede(bruno, comune_di_bollate, campi):
    scade_fra(-1, ente=comune_di_bollate, **campi)
    assert esegui() == "Niente da mandare.\n"


def test_nella_dimostrazione_si_chiede_anche_degli_esempi(bruno, comune_di_bollate, settings):
    settings.DEMO = True
    scade_fra(-1, ente=comune_di_bollate, esempio=True)
    esegui()
    assert len(partite()) == 1


# --- Steps ------------------------------------------------------------------------------------------------------------


def test_la_vita_di_una_scadenza(anna, bruno, comune_di_bollate, monkeypatch):
    """Every day from long before to long after: four mails, each on its day."""
    RisorsaFactory(ente=comune_di_bollate, verificare_entro=OGGI)
    posta = {}
    for giorni in range(-20, 80):
        giorno = OGGI + timedelta(days=giorni)
        monkeypatch.setattr(timezone, "localdate", lambda giorno=giorno: giorno)
        esegui()
        if mail.outbox:
            posta[giorni] = [a[0] for a, _ in partite()]
    assert posta == {
        -14: ["bruno@example.org"],
        1: ["bruno@example.org"],
        14: ["anna@example.org"],
        61: ["anna@example.org"],
    }
    assert sorted(Sollecito.objects.values_list("gradino", flat=True)) == [
        "al-coordinamento",
        "in-scadenza",
        "nascosta",
        "scaduta",
    ]


def test_il_coordinamento_sa_che_cosa_e_stato_tolto_e_che_cosa_lo_sara(anna, bruno, comune_di_bollate):
    for giorni, nome in [(-61, "Tolta"), (-14, "Ferma"), (-13, "Recente")]:
        scade_fra(giorni, nome=nome, ente=comune_di_bollate)
    esegui()
    testo = next(m.body for m in mail.outbox if m.to == ["anna@example.org"])
    tolte, ferme = testo.index("TOLTE DALLE PAGINE PUBBLICHE"), testo.index("SCADUTE, e l'ente non ha risposto")
    assert tolte < testo.index("- Tolta (Comune di Bollate)") < ferme < testo.index("- Ferma (Comune di Bollate)")
    assert "Recente" not in testo
    assert f"{BASE}/amministrazione/risorse/risorsa/?freschezza=scaduta" in testo


def test_una_conferma_ferma_i_solleciti_fino_alla_prossima_scadenza(bruno, comune_di_bollate, monkeypatch):
    risorsa = scade_fra(-1, ente=comune_di_bollate)
    esegui()
    conferma_risorsa(risorsa, autore=bruno, modo="accesso")
    assert (esegui(), len(partite())) == ("Niente da mandare.\n", 1)
    monkeypatch.setattr(timezone, "localdate", lambda: OGGI + timedelta(days=170))
    esegui()
    assert len(partite()) == 1


# --- Nothing is lost, nothing is sent twice ---------------------------------------------------------------------------


def test_due_volte_manda_una_volta(anna, bruno, comune_di_bollate):
    scade_fra(-20, ente=comune_di_bollate)
    esegui()
    assert len(partite()) == 2
    assert (esegui(), partite()) == ("Niente da mandare.\n", [])


def test_in_prova_mostra_e_non_manda(bruno, comune_di_bollate):
    scade_fra(3, nome="Sportello", ente=comune_di_bollate)
    uscita = esegui("--prova")
    attesi = ["--- Comune di Bollate (una scheda)", "A: bruno@example.org", "1. Sportello", "niente è stato mandato"]
    assert [parte for parte in attesi if parte not in uscita] == []
    assert (partite(), Sollecito.objects.count()) == ([], 0)


def test_un_server_che_non_risponde_non_ferma_gli_altri(bruno, senait, comune_di_bollate, comune_di_senago, settings):
    for ente in (comune_di_bollate, comune_di_senago):
        scade_fra(3, ente=ente)
    settings.EMAIL_BACKEND = f"{__name__}.PostaCheSiRompe"
    errori = StringIO()
    with pytest.raises(CommandError, match="E-mail non mandate: 1 su 2"):
        call_command("promemoria", stdout=StringIO(), stderr=errori)
    assert "Comune di Senago (una scheda): NON mandata: il server ha chiuso." in errori.getvalue()
    assert [a for a, _ in partite()] == [["bruno@example.org"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    esegui()
    assert [a for a, _ in partite()] == [["senait@example.org"]]


def test_uccisa_dopo_aver_mandato_ripete_e_non_perde(bruno, comune_di_bollate, settings):
    scade_fra(3, ente=comune_di_bollate)
    settings.EMAIL_BACKEND = f"{__name__}.PostaUccisaDopo"
    with pytest.raises(KeyboardInterrupt):
        esegui()
    assert (len(partite()), Sollecito.objects.count()) == (1, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    esegui()
    assert (len(partite()), Sollecito.objects.count()) == (1, 1)


def test_chi_ha_letto_prima_che_un_altra_esecuzione_mandasse_non_rimanda(bruno, comune_di_bollate):
    scade_fra(3, ente=comune_di_bollate)
    lette_prima = promemoria.lettere(OGGI)
    esegui()
    assert [s.gia for s in promemoria.spedisci(lette_prima)] == [True]
    assert len(partite()) == 1


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite has one writer at a time")
def test_due_esecuzioni_nello_stesso_momento(transactional_db, settings):
    """Two processes start together: PostgreSQL makes the second wait for the steps of the first."""
    for _ in range(3):
        ente = EnteFactory()
        UtenteFactory(ente=ente, gruppi=[REFERENTI])
        for giorni in (-1, 3, 5):
            scade_fra(giorni, ente=ente)
    da_spedire = promemoria.lettere(OGGI)

    def manda(_):
        try:
            return [s.gia for s in promemoria.spedisci(da_spedire)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as insieme:
        gia = list(insieme.map(manda, range(2)))

    assert (len(partite()), sum(map(sum, gia)), Sollecito.objects.count()) == (3, 3, 9)


@pytest.mark.parametrize("quante", [1, 30])
def test_domande_costanti_per_comporre(bruno, anna, comune_di_bollate, django_assert_num_queries, quante):
    for _ in range(quante):
        scade_fra(-20, ente=comune_di_bollate)
        scade_fra(-20)
    with django_assert_num_queries(5):
        assert len(promemoria.lettere(OGGI)) == 2


# --- Settings without which nothing can leave -------------------------------------------------------------------------


@pytest.mark.parametrize("indirizzo", ["", "portale.example.org"])
def test_senza_indirizzo_del_portale_rifiuta(bruno, comune_di_bollate, settings, indirizzo):
    settings.INDIRIZZO_PORTALE = indirizzo
    scade_fra(3, ente=comune_di_bollate)
    with pytest.raises(CommandError, match="Manca INDIRIZZO_PORTALE"):
        esegui()
    assert Sollecito.objects.count() == 0


def test_una_posta_che_non_arriva_a_nessuno_non_vale(bruno, comune_di_bollate, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    scade_fra(3, ente=comune_di_bollate)
    with pytest.raises(CommandError, match="Manca EMAIL_URL"):
        esegui()
    assert "A: bruno@example.org" in esegui("--prova")


def test_senza_coordinamento_lo_dice(db):
    scade_fra(3)
    with pytest.raises(CommandError, match="E-mail non mandate: 1 su 1"):
        esegui()
    assert Sollecito.objects.count() == 0
    assert Risorsa.objects.count() == 1
