"""Instances from sending to the meeting that discusses the answer, whatever the mail server does."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from incontri.models import Istanza
from incontri.servizi.avvisi_istanze import da_avvisare, sollecita
from incontri.servizi.istanze import (
    IstanzaNonPossibile,
    invia_istanza,
    riapri,
    rispondi,
    segna_discussa,
    togli_discussa,
)
from incontri.servizi.modifiche import NonModificabile
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    ContattoFactory,
    EnteFactory,
    IncontroFactory,
    IstanzaFactory,
    UtenteFactory,
    VerbaleFactory,
    VoceFactory,
)


@pytest.fixture
def asst(db):
    return EnteFactory(denominazione="ASST Rhodense", tipo="asst")


@pytest.fixture
def consultorio(asst):
    unita = EnteFactory(denominazione="Consultorio di Bollate", tipo="unita", padre=asst)
    ContattoFactory(ente=unita, tipo="email", valore="consultorio@example.org")
    return unita


@pytest.fixture
def sara(asst):
    return UtenteFactory(email="sara@example.org", ente=asst, gruppi=["Referenti"])


@pytest.fixture
def invia(bruno, consultorio):
    def _invia(**altro):
        valori = {
            "oggetto": "Tempi",
            "testo": "Quanto si aspetta?",
            "destinatario": consultorio,
            "mittente": bruno.ente,
        }
        return invia_istanza(**valori | {"autore": bruno} | altro)

    return _invia


def test_l_avviso_va_al_referente_del_padre_e_alla_casella_dell_unita(
    invia, sara, django_capture_on_commit_callbacks, mailoutbox
):
    with django_capture_on_commit_callbacks(execute=True):
        istanza = invia()
    istanza.refresh_from_db()
    assert [m.to for m in mailoutbox] == [["sara@example.org", "consultorio@example.org"]]
    assert (istanza.stato, istanza.avvisata_il is not None, da_avvisare()) == ("inviata", True, [])


def test_una_posta_che_non_va_non_perde_l_istanza(
    invia, sara, django_capture_on_commit_callbacks, monkeypatch, mailoutbox
):
    def rotta(*args, **opzioni):
        raise OSError("connessione rifiutata")

    with monkeypatch.context() as guasto:
        guasto.setattr(mail.EmailMessage, "send", rotta)
        with django_capture_on_commit_callbacks(execute=True):
            invia()
    (avvisa, pk), *altri = da_avvisare()
    assert (Istanza.objects.get().avvisata_il, altri) == (None, [])
    assert avvisa(pk).errore == ""
    assert (avvisa(pk), len(mailoutbox), da_avvisare()) == (None, 1, [])


def test_la_risposta_aspetta_il_prossimo_incontro(invia, sara, bruno):
    istanza = invia()
    rispondi(istanza, testo="Quattro settimane.", autore=sara)
    assert list(Istanza.objects.da_discutere()) == [istanza]
    with pytest.raises(PassaggioNonPossibile):
        rispondi(istanza, testo="Un'altra.", autore=sara)
    assert [m.testo for m in istanza.messaggi.all()] == ["Quattro settimane."]
    segna_discussa(istanza, incontro=IncontroFactory(), autore=bruno)
    assert list(Istanza.objects.da_discutere()) == []


def test_quello_che_un_incontro_ha_discusso_resta_suo(invia, sara, bruno):
    """A new answer is to be discussed again; the earlier meeting keeps the one it discussed."""
    istanza, ottobre, novembre = invia(), IncontroFactory(), IncontroFactory()
    rispondi(istanza, testo="Quattro settimane.", autore=sara)
    segna_discussa(istanza, incontro=ottobre, autore=bruno)
    riapri(istanza, autore=bruno)
    assert list(Istanza.objects.da_discutere()) == []
    rispondi(istanza, testo="Ora due.", autore=sara)
    assert list(Istanza.objects.da_discutere()) == [istanza]
    assert list(Istanza.objects.discusse_in(ottobre)) == [istanza]

    segna_discussa(istanza, incontro=novembre, autore=bruno)

    prima, seconda = istanza.messaggi.order_by("creato")
    discusse = [list(Istanza.objects.discusse_in(i)) for i in (ottobre, novembre)]
    assert (discusse, list(Istanza.objects.da_discutere())) == ([[istanza], [istanza]], [])
    date = [Istanza.objects.discusse_in(i).get().risposta_discussa for i in (ottobre, novembre)]
    assert date == [prima.creato, seconda.creato]
    togli_discussa(istanza, incontro=novembre, autore=bruno)
    assert list(Istanza.objects.da_discutere()) == [istanza]
    assert list(Istanza.objects.discusse_in(ottobre)) == [istanza]


def test_un_incontro_fermo_non_ne_discute(bruno):
    istanza = IstanzaFactory(stato="risposta", risposta_il=timezone.now())
    incontro = VerbaleFactory(stato="condiviso").incontro
    with pytest.raises(NonModificabile):
        segna_discussa(istanza, incontro=incontro, autore=bruno)


def test_una_voce_una_istanza(invia):
    voce = VoceFactory(tipo="istanza")
    invia(voce=voce)
    with pytest.raises(IstanzaNonPossibile):
        invia(voce=voce)
    with pytest.raises(IstanzaNonPossibile):
        invia(voce=VoceFactory())


def test_un_modulo_mandato_due_volte_e_una_istanza(invia):
    chiave = "4b6f5cbe-5a4f-4d0d-9d0e-6ab0d2b6f3a1"
    assert invia(chiave=chiave) == invia(chiave=chiave)


def test_il_sollecito_e_uno_alla_settimana(invia, sara, mailoutbox):
    invia(scadenza=date(2026, 1, 10))
    giorni = [date(2026, 1, 10), date(2026, 1, 11), date(2026, 1, 12), date(2026, 1, 18)]
    assert [len(list(sollecita(giorno))) for giorno in giorni] == [0, 1, 0, 1]
    assert len(mailoutbox) == 2
    assert timedelta(days=7) == giorni[3] - giorni[1]
