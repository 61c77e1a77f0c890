"""Convocations: who is called, what each mail carries, what a failure or a kill leaves, who answers, who reads the calendar."""

import re
import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from incontri.models import CalendarioPersonale, Convocazione, Incontro
from incontri.servizi.calendari import impronta, revoca, rinnova
from incontri.servizi.convocazioni import (
    OspiteNonPossibile,
    aggiungi_ospite,
    attese_presenze,
    convoca,
    rispondi,
    togli_ospite,
)
from incontri.servizi.link_risposta import apri, indirizzo
from incontri.servizi.odg import RigaOdg, salva_odg
from incontri.servizi.spedizioni import avvisa, da_avvisare, ricorda
from tavolo.base.stati import PassaggioNonPossibile, compi
from tests.factories import (
    EnteFactory,
    ImpegnoFactory,
    IncontroFactory,
    MessaggioIstanzaFactory,
    PuntoOdgFactory,
    SeggioFactory,
)

BASE = "https://portale.example.org"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class PostaGiu(EmailBackend):
    """A server that does not answer."""

    def open(self):
        raise ConnectionRefusedError("niente")


class RifiutaOspite(EmailBackend):
    """Refuses one address."""

    def send_messages(self, messaggi):
        if messaggi[0].to == ["ospite@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"ospite@example.org": (550, b"no")})
        return super().send_messages(messaggi)


class UccisaDopo(EmailBackend):
    """The machine is switched off when the mail has just left."""

    def send_messages(self, messaggi):
        super().send_messages(messaggi)
        raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def impostazioni(settings):
    settings.INDIRIZZO_PORTALE = BASE


@pytest.fixture
def incontro(bruno):
    """Planned in a week: Bruno's seat, one vacant."""
    inizio = timezone.now() + timedelta(days=7)
    incontro = IncontroFactory(titolo="Incontro", inizio=inizio, fine=inizio + timedelta(hours=2), luogo="Sala")
    PuntoOdgFactory(incontro=incontro, titolo="Primo punto")
    SeggioFactory(nome="Vacante")
    return incontro


@pytest.fixture
def convocato(incontro, anna):
    convoca(incontro, autore=anna)
    return incontro


def partite():
    """To whom, with which method, version and state; the outbox is emptied."""
    fatte = []
    for messaggio in mail.outbox:
        calendario = Calendar.from_ical(messaggio.attachments[0][1]) if messaggio.attachments else None
        evento = calendario.walk("VEVENT")[0] if calendario else None
        che_cosa = (str(calendario["METHOD"]), evento["SEQUENCE"], str(evento["STATUS"])) if calendario else ()
        fatte.append((messaggio.to[0], *che_cosa))
    mail.outbox.clear()
    return fatte


def test_convocare_chiama_ogni_seggio_e_non_dipende_dalla_posta(convocato, bruno):
    chiamati = convocato.convocazioni.in_fila().values_list("seggio__nome", "utente", "email", "inviata")
    assert sorted(chiamati) == [
        ("Referente del Comune di Bollate", bruno.pk, "bruno@example.org", None),
        ("Vacante", None, "", None),
    ]
    assert (convocato.stato, convocato.convocato_il is not None, mail.outbox) == ("convocato", True, [])


def test_senza_data_non_si_convoca(anna):
    incontro = IncontroFactory()
    with pytest.raises(PassaggioNonPossibile):
        convoca(incontro, autore=anna)
    assert Convocazione.objects.count() == 0


def test_la_e_mail_porta_tutto(convocato, anna):
    assert avvisa(convocato, autore=anna).partite == ["Bruno Bollate"]
    (messaggio,) = mail.outbox
    riga = convocato.convocazioni.get(utente__isnull=False)
    (token,) = re.findall(rf"^{BASE}/convocazione/(.+)/$", messaggio.body, re.M)
    assert apri(token) == riga
    assert f"{BASE}{reverse('incontri:incontro-preparati', args=[convocato.pk])}" in messaggio.body
    assert "1. Primo punto" in messaggio.body
    assert messaggio.attachments[0][2] == "text/calendar; method=REQUEST"
    evento = Calendar.from_ical(messaggio.attachments[0][1]).walk("VEVENT")[0]
    assert (evento["UID"], str(evento["ATTENDEE"])) == (str(convocato.pk), "mailto:bruno@example.org")
    assert str(evento["ORGANIZER"]).startswith("mailto:")


def test_la_vita_nei_calendari(convocato, anna):
    avvisa(convocato, autore=anna)
    avvisa(convocato, autore=anna)
    assert partite() == [("bruno@example.org", "REQUEST", 1, "CONFIRMED")]
    convocato.luogo = "Altrove"
    convocato.save()
    assert [c.email for c in da_avvisare(convocato)] == ["bruno@example.org"]
    avvisa(convocato, autore=anna)
    assert partite() == [("bruno@example.org", "REQUEST", 2, "CONFIRMED")]
    compi(convocato, "annulla", autore=anna)
    avvisa(convocato, autore=anna)
    avvisa(convocato, autore=anna)
    assert partite() == [("bruno@example.org", "CANCEL", 3, "CANCELLED")]
    compi(convocato, "riapri", autore=anna)
    avvisa(convocato, autore=anna)
    assert partite() == []
    convoca(convocato, autore=anna)
    avvisa(convocato, autore=anna)
    assert partite() == [("bruno@example.org", "REQUEST", 5, "CONFIRMED")]


def test_un_altro_ordine_del_giorno_si_fa_sapere(convocato, anna):
    avvisa(convocato, autore=anna)
    salva_odg(convocato, [RigaOdg(chiave="x", valori={"titolo": "Secondo"})], autore=anna)
    assert [c.email for c in da_avvisare(Incontro.objects.get())] == ["bruno@example.org"]


def test_a_chi_non_sapeva_niente_non_si_disdice(convocato, anna):
    compi(convocato, "annulla", autore=anna)
    avvisa(convocato, autore=anna)
    assert partite() == []


def test_posta_giu_e_indirizzo_rifiutato_si_ritentano(convocato, anna, settings):
    aggiungi_ospite(convocato, nome="Ospite", email="ospite@example.org", autore=anna)
    settings.EMAIL_BACKEND = f"{__name__}.PostaGiu"
    assert [nome for nome, _ in avvisa(convocato, autore=anna).fallite] == ["Bruno Bollate", "Ospite"]
    settings.EMAIL_BACKEND = f"{__name__}.RifiutaOspite"
    esito = avvisa(convocato, autore=anna)
    assert (esito.partite, [nome for nome, _ in esito.fallite]) == (["Bruno Bollate"], ["Ospite"])
    settings.EMAIL_BACKEND = LOCMEM
    assert avvisa(convocato, autore=anna).partite == ["Ospite"]
    assert [p[0] for p in partite()] == ["bruno@example.org", "ospite@example.org"]


def test_uccisa_dopo_aver_mandato_ripete_e_non_perde(convocato, anna, settings):
    settings.EMAIL_BACKEND = f"{__name__}.UccisaDopo"
    with pytest.raises(KeyboardInterrupt):
        avvisa(convocato, autore=anna)
    assert (len(partite()), Convocazione.objects.filter(inviata__isnull=False).count()) == (1, 0)
    settings.EMAIL_BACKEND = LOCMEM
    avvisa(convocato, autore=anna)
    assert (len(partite()), Convocazione.objects.filter(inviata__isnull=False).count()) == (1, 1)


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite has one writer at a time")
def test_due_spedizioni_nello_stesso_momento(transactional_db, convocato, anna):
    def manda(_):
        try:
            return len(avvisa(Incontro.objects.get(pk=convocato.pk), autore=anna).partite)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as insieme:
        assert sorted(insieme.map(manda, range(2))) == [0, 1]
    assert len(partite()) == 1


def test_ricorda_una_volta_a_chi_non_ha_risposto(convocato, anna):
    avvisa(convocato, autore=anna)
    assert ricorda(convocato, autore=anna).partite == []
    riga = convocato.convocazioni.get(utente__isnull=False)
    riga.inviata = timezone.now() - timedelta(days=2)
    riga.save()
    assert [ricorda(convocato, autore=anna).partite for _ in range(2)] == [["Bruno Bollate"], []]


def test_un_ospite_si_toglie_finche_non_gli_si_e_scritto(incontro, anna):
    ospite = aggiungi_ospite(incontro, nome="Ospite", email="ospite@example.org", autore=anna)
    with pytest.raises(OspiteNonPossibile):
        aggiungi_ospite(incontro, nome="Bis", email="Ospite@example.org", autore=anna)
    convoca(incontro, autore=anna)
    avvisa(incontro, autore=anna)
    with pytest.raises(OspiteNonPossibile):
        togli_ospite(ospite, autore=anna)


def test_le_risposte_diventano_presenze_attese(convocato, bruno):
    riga = convocato.convocazioni.get(utente=bruno)
    assert attese_presenze(convocato) == {}
    rispondi(riga, risposta="delega", delegato="Carla", autore=bruno)
    assert attese_presenze(convocato) == {riga.seggio_id: {"esito": "delega", "delegato": "Carla", "nota": ""}}


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_dalla_pagina_si_convoca_e_si_manda(come, anna, incontro):
    pagina = reverse("incontri:convocazione", args=[incontro.pk])
    prima = come(anna).get(pagina)
    assert "Seggio vacante" in prima.content.decode()
    assert (Convocazione.objects.count(), mail.outbox) == (0, [])
    come(anna).post(pagina)
    assert partite() == [("bruno@example.org", "REQUEST", 1, "CONFIRMED")]
    come(anna).post(pagina)
    assert partite() == []
    assert "/convocazione/Wy" not in come(anna).get(pagina).content.decode()  # the links are for their addressees
    assert "Chi è convocato" in come(anna).get(pagina).content.decode()
    come(anna).post(reverse("incontri:incontro-passaggio", args=[incontro.pk, "annulla"]))
    assert [p[1] for p in partite()] == ["CANCEL"]


def test_il_link_risponde_solo_con_post(client, convocato, bruno):
    riga = convocato.convocazioni.get(utente=bruno)
    pagina = indirizzo(riga)
    assert client.get(pagina).status_code == 200
    assert Convocazione.objects.get(pk=riga.pk).risposta == "attesa"
    senza_nome = client.post(pagina, {"risposta": "delega", "nota": "tardi"})
    assert (senza_nome.status_code, "tardi" in senza_nome.content.decode()) == (200, True)
    assert client.post(pagina, {"risposta": "viene"}).status_code == 302
    assert Convocazione.objects.get(pk=riga.pk).risposta == "viene"
    assert client.get(pagina[:-3] + "x/").status_code == 404


def test_a_incontro_cominciato_non_si_risponde(client, convocato, bruno):
    riga = convocato.convocazioni.get(utente=bruno)
    Incontro.objects.update(inizio=timezone.now() - timedelta(hours=1))
    risposta = client.post(indirizzo(riga), {"risposta": "viene", "nota": "scritta"})
    assert (risposta.status_code, "scritta" in risposta.content.decode()) == (200, True)
    assert Convocazione.objects.get(pk=riga.pk).risposta == "attesa"


def test_si_risponde_dalla_pagina_per_prepararsi(come, bruno, mira, convocato):
    pagina = reverse("incontri:incontro-preparati", args=[convocato.pk])
    attese = [a.passo.etichetta for a in come(bruno).get(reverse("area")).context["attese"]]
    assert "Rispondi alla convocazione" in attese
    come(bruno).post(pagina, {"risposta": "non-viene"})
    assert convocato.convocazioni.get(utente=bruno).risposta == "non-viene"
    dettaglio = come(bruno).get(convocato.get_absolute_url())
    righe = {str(r["ente"]): (r["vengono"], r["no"], r["attesa"]) for r in dettaglio.context["risposte_per_ente"]}
    assert righe["Comune di Bollate"] == (0, 1, 0)
    come(mira).post(pagina, {"risposta": "viene"})
    assert convocato.convocazioni.filter(risposta="viene").count() == 0


def test_la_pagina_per_prepararsi_porta_impegni_e_risposte_da_discutere(come, bruno, convocato):
    pagina = reverse("incontri:incontro-preparati", args=[convocato.pk])
    suo, della_sua_unita, altrui = (
        ImpegnoFactory(ente=ente) for ente in (bruno.ente, EnteFactory(padre=bruno.ente), EnteFactory())
    )
    ImpegnoFactory(ente=bruno.ente, stato="fatto")
    da_discutere = MessaggioIstanzaFactory(risposta=True, istanza__stato="risposta").istanza
    MessaggioIstanzaFactory(risposta=True, istanza__stato="risposta", discussa_in=IncontroFactory())
    senza_punti = come(bruno).get(pagina).context
    for tipo in ("impegni", "istanze"):
        PuntoOdgFactory(incontro=convocato, tipo=tipo)
    con_i_punti = come(bruno).get(pagina).context
    assert [{*c["impegni"]} for c in (senza_punti, con_i_punti)] == [{suo, della_sua_unita}] * 2
    assert {*con_i_punti["impegni_aperti"]} == {suo, della_sua_unita, altrui}
    assert [c.get("istanze_da_discutere") for c in (senza_punti, con_i_punti)] == [None, [da_discutere]]


def test_il_calendario_personale_si_revoca_e_si_ferma_con_la_persona(client, bruno, incontro):
    IncontroFactory(titolo="Vecchio", inizio=datetime(2020, 1, 1, tzinfo=UTC))
    token = rinnova(bruno)
    pagina = reverse("calendario-ics", args=[token])
    risposta = client.get(pagina)
    assert [e["SUMMARY"] for e in Calendar.from_ical(risposta.content).walk("VEVENT")] == ["Incontro"]
    assert risposta["Cache-Control"] == "private, max-age=900"
    assert b"bruno" not in risposta.content
    assert CalendarioPersonale.objects.get().impronta == impronta(token)
    nuovo = reverse("calendario-ics", args=[rinnova(bruno)])
    assert [client.get(p).status_code for p in (pagina, nuovo)] == [404, 200]
    bruno.is_active = False
    bruno.save()
    assert client.get(nuovo).status_code == 404
    bruno.is_active = True
    bruno.save()
    revoca(bruno)
    assert client.get(nuovo).status_code == 404


def test_l_indirizzo_del_calendario_si_mostra_una_volta(come, bruno):
    pagina = reverse("incontri:calendario-personale")
    mostrato = come(bruno).post(pagina).context["indirizzo"]
    assert mostrato.endswith(".ics")
    assert mostrato not in come(bruno).get(pagina).content.decode()
    come(bruno).post(reverse("incontri:calendario-revoca"))
    assert CalendarioPersonale.objects.count() == 0


def test_il_nome_di_un_ospite_convocato_non_ha_i_segni_di_una_pagina(incontro, anna, come):
    dati = {"nome": "<script>Giulia", "email": "giulia@example.org"}
    risposta = come(anna).post(reverse("incontri:ospite-create", args=[incontro.pk]), dati)
    assert risposta.context["form"].errors == {"nome": ["Scrivi solo il nome e il cognome, senza i segni < e >."]}
    assert risposta.context["form"]["nome"].value() == "<script>Giulia"
