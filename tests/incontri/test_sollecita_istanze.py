"""`manage.py sollecita_istanze`: what did not leave leaves, what is late is told once a week, a failure is told."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from incontri.models import Istanza, MessaggioIstanza
from tests.factories import ContattoFactory, EnteFactory, IstanzaFactory, MessaggioIstanzaFactory


@pytest.fixture(autouse=True)
def indirizzo(settings):
    settings.INDIRIZZO_PORTALE = "https://portale.example.org"


@pytest.fixture
def consultorio(db):
    ente = EnteFactory(denominazione="Consultorio di Bollate")
    ContattoFactory(ente=ente, tipo="email", valore="consultorio@example.org")
    return ente


@pytest.fixture
def in_ritardo(consultorio, bruno):
    ieri = timezone.localdate() - timedelta(days=1)
    return IstanzaFactory(
        oggetto="Tempi", destinatario=consultorio, mittente=bruno.ente, scadenza=ieri, avvisata_il=timezone.now()
    )


def sollecita():
    uscita, errori = StringIO(), StringIO()
    try:
        call_command("sollecita_istanze", stdout=uscita, stderr=errori)
    except CommandError as fallito:
        return uscita.getvalue(), errori.getvalue(), str(fallito)
    return uscita.getvalue(), errori.getvalue(), ""


def test_due_volte_e_una_lettera(in_ritardo, mailoutbox):
    assert sollecita() == ("Consultorio di Bollate: mandata a 1.\n", "", "")
    assert sollecita() == ("Niente da mandare.\n", "", "")
    (lettera,) = mailoutbox
    assert (lettera.to, "Tempi" in lettera.body) == (["consultorio@example.org"], True)
    assert f"https://portale.example.org{in_ritardo.get_absolute_url()}" in lettera.body
    in_ritardo.refresh_from_db()
    assert in_ritardo.sollecitata_il == timezone.localdate()


def test_dopo_una_settimana_si_ripete(in_ritardo, mailoutbox):
    sollecita()
    Istanza.objects.update(sollecitata_il=timezone.localdate() - timedelta(days=7))
    sollecita()
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("stato", ["risposta", "chiusa"])
def test_chi_ha_risposto_non_si_sollecita(in_ritardo, mailoutbox, stato):
    Istanza.objects.update(stato=stato)
    assert sollecita() == ("Niente da mandare.\n", "", "")


def test_quello_che_non_era_partito_parte(consultorio, bruno, mailoutbox):
    istanza = IstanzaFactory(oggetto="Tempi", destinatario=consultorio, mittente=bruno.ente)
    MessaggioIstanzaFactory(istanza=istanza, ente=consultorio, testo="Quali tempi?")
    assert sollecita() == ("Tempi: mandata a 1.\nQuali tempi?: mandata a 1.\n", "", "")
    assert [m.to for m in mailoutbox] == [["consultorio@example.org"], ["bruno@example.org"]]
    assert not Istanza.objects.filter(avvisata_il=None).exists()
    assert not MessaggioIstanza.objects.filter(avvisato_il=None).exists()


def test_una_lettera_che_non_parte_si_ripete_e_non_ferma_le_altre(in_ritardo, mailoutbox, monkeypatch):
    altro = EnteFactory(denominazione="Scuola")
    ContattoFactory(ente=altro, tipo="email", valore="scuola@example.org")
    IstanzaFactory(destinatario=altro, scadenza=in_ritardo.scadenza, avvisata_il=timezone.now())
    manda = mail.EmailMessage.send

    def a_meta(lettera, *args, **opzioni):
        if lettera.to == ["consultorio@example.org"]:
            raise OSError("casella piena")
        return manda(lettera, *args, **opzioni)

    with monkeypatch.context() as guasto:
        guasto.setattr(mail.EmailMessage, "send", a_meta)
        assert sollecita() == (
            "Scuola: mandata a 1.\n",
            "Consultorio di Bollate: NON mandata: casella piena. La prossima esecuzione riprova.\n",
            "E-mail non mandate: 1 su 2.",
        )
    assert Istanza.objects.get(oggetto="Tempi").sollecitata_il is None
    assert sollecita() == ("Consultorio di Bollate: mandata a 1.\n", "", "")
    assert [m.to for m in mailoutbox] == [["scuola@example.org"], ["consultorio@example.org"]]


def test_senza_nessuno_si_dice(db, mailoutbox):
    IstanzaFactory(oggetto="Tempi", destinatario=EnteFactory())
    _, errori, esito = sollecita()
    assert "Tempi: NON mandata: non c'è nessuna persona attiva" in errori
    assert (esito, mailoutbox) == ("E-mail non mandate: 1 su 1.", [])


def test_a_un_ente_senza_nessuno_risponde_chi_coordina(anna, mailoutbox):
    ieri = timezone.localdate() - timedelta(days=1)
    IstanzaFactory(destinatario=EnteFactory(), scadenza=ieri, avvisata_il=timezone.now())
    sollecita()
    assert [m.to for m in mailoutbox] == [["anna@example.org"]]


def test_senza_indirizzo_del_portale_non_parte_niente(in_ritardo, settings, mailoutbox):
    settings.INDIRIZZO_PORTALE = ""
    assert "Manca INDIRIZZO_PORTALE" in sollecita()[2]
    assert mailoutbox == []
