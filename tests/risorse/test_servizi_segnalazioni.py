"""The answer to a report, and how long what the public sent is kept."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from risorse.models import Segnalazione, Valutazione
from risorse.servizi.segnalazioni import rispondi
from tavolo.base.stati import compi
from tests.factories import EnteFactory, RisorsaFactory, SegnalazioneFactory, ValutazioneFactory

SCHEDA = "https://portale.example.org/servizi/sportello/"


def gestita(autore, nome="risolvi", **campi):
    segnalazione = SegnalazioneFactory(
        **{"risposta": "Abbiamo corretto gli orari.", "email": "chi@example.org", **campi}
    )
    compi(segnalazione, nome, autore=autore)
    return segnalazione


def test_un_passaggio_lascia_storia_e_il_momento(anna):
    segnalazione = gestita(anna)
    assert segnalazione.gestita_il is not None
    assert [(r.stato, r.history_user) for r in segnalazione.storia.all()] == [("risolta", anna), ("aperta", None)]
    assert not hasattr(segnalazione.storia.first(), "email")
    compi(segnalazione, "riapri", autore=anna)
    assert (segnalazione.stato, segnalazione.gestita_il) == ("aperta", None)


def test_la_risposta_parte_a_chi_l_ha_chiesta(anna):
    segnalazione = gestita(anna, risorsa=RisorsaFactory(nome="Sportello"))
    assert rispondi(segnalazione, scheda=SCHEDA) is True
    messaggio = mail.outbox[0]
    assert (messaggio.to, messaggio.subject) == (["chi@example.org"], "La tua segnalazione al Tavolo Intercultura")
    assert [t in messaggio.body for t in ("«Sportello»", "Abbiamo corretto gli orari.", SCHEDA)] == [True] * 3


@pytest.mark.parametrize("campi", [{"email": ""}, {"risposta": "  "}])
def test_senza_indirizzo_o_senza_risposta_non_parte_niente(anna, campi):
    assert rispondi(gestita(anna, **campi), scheda=SCHEDA) is False
    assert mail.outbox == []


def test_una_segnalazione_aperta_non_ha_ancora_risposta(db):
    assert rispondi(SegnalazioneFactory(email="chi@example.org", risposta="Bozza"), scheda=SCHEDA) is False


def test_chi_vede_quali_segnalazioni(anna, bruno, senait, mira, superutente):
    sua = SegnalazioneFactory(risorsa__ente=bruno.ente)
    dell_unita = SegnalazioneFactory(risorsa__ente=EnteFactory(padre=bruno.ente))
    SegnalazioneFactory()
    viste = {u: set(Segnalazione.objects.visibili_a(u)) for u in (anna, bruno, senait, mira, superutente)}
    assert viste == {
        anna: set(Segnalazione.objects.all()),
        bruno: {sua, dell_unita},
        senait: set(),
        mira: set(),
        superutente: set(Segnalazione.objects.all()),
    }
    for utente, attese in viste.items():
        vede = {s for s in Segnalazione.objects.all() if utente.has_perm("risorse.view_segnalazione", s)}
        assert (utente, vede) == (utente, attese)


def indietro(modello, riga, giorni, campo="creato"):
    modello.objects.filter(pk=riga.pk).update(**{campo: timezone.now() - timedelta(days=giorni)})


def elimina():
    uscita = StringIO()
    call_command("elimina_scaduti", stdout=uscita)
    return uscita.getvalue().splitlines()[0]


def test_quello_che_ha_mandato_il_pubblico_si_cancella_con_la_sua_storia(anna):
    vecchia, giovane = gestita(anna), SegnalazioneFactory(email="altra@example.org")
    indietro(Segnalazione, vecchia, 366)
    for eta in (366, 364):
        indietro(Valutazione, ValutazioneFactory(), eta)
    assert elimina() == "Cancellate: 1 valutazioni, 1 segnalazioni, 0 indirizzi e-mail."
    assert list(Segnalazione.objects.all()) == [giovane]
    assert set(Segnalazione.storia.values_list("uuid", flat=True)) == {giovane.pk}
    assert Valutazione.objects.count() == 1
    assert elimina() == "Cancellate: 0 valutazioni, 0 segnalazioni, 0 indirizzi e-mail."


def test_la_storia_di_una_segnalazione_eliminata_a_mano_scade_anche_lei(db):
    SegnalazioneFactory().delete()
    Segnalazione.storia.update(history_date=timezone.now() - timedelta(days=400))
    elimina()
    assert Segnalazione.storia.count() == 0


def test_l_indirizzo_di_chi_ha_segnalato_si_cancella_prima(anna, settings):
    settings.GIORNI_CONSERVAZIONE_EMAIL = 30
    appena, da_tempo, aperta = gestita(anna), gestita(anna), SegnalazioneFactory(email="chi@example.org")
    indietro(Segnalazione, da_tempo, 31, "gestita_il")
    indietro(Segnalazione, aperta, 200)
    assert elimina() == "Cancellate: 0 valutazioni, 0 segnalazioni, 1 indirizzi e-mail."
    assert dict(Segnalazione.objects.values_list("pk", "email")) == {
        appena.pk: "chi@example.org",
        da_tempo.pk: "",
        aperta.pk: "chi@example.org",
    }
