"""The coordinator's queue of reports, the votes, the addresses that do not answer."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from risorse.models import ControlloLink
from tavolo.servizi.attese import attese
from tests.factories import ControlloLinkFactory, RisorsaFactory, SegnalazioneFactory, ValutazioneFactory

ELENCO = reverse("admin:risorse_segnalazione_changelist")


def salva(client, segnalazione, **campi):
    dove = reverse("admin:risorse_segnalazione_change", args=[segnalazione.pk])
    timbro = client.get(dove).context["adminform"].form["timbro"].value()
    return client.post(dove, {"timbro": timbro, "risposta": "Corretto, grazie.", **campi}, follow=True)


def messaggi(risposta):
    return [str(m) for m in risposta.context["messages"]]


def test_le_aperte_vengono_prima(anna, come):
    SegnalazioneFactory(stato="risolta")
    aperta = SegnalazioneFactory()
    righe = come(anna).get(ELENCO).context["cl"].result_list
    assert next(iter(righe)) == aperta


def test_si_risponde_e_si_decide_in_una_volta(anna, come):
    segnalazione = SegnalazioneFactory(
        email="chi@example.org", lingua="en", risorsa__nome="Sportello", testo="È chiuso"
    )
    pagina = come(anna).get(reverse("admin:risorse_segnalazione_change", args=[segnalazione.pk]))
    assert [p.nome for p in pagina.context["passaggi"]] == ["risolvi", "respingi"]
    risposta = salva(come(anna), segnalazione, passaggio="risolvi")
    segnalazione.refresh_from_db()
    assert (segnalazione.stato, segnalazione.risposta) == ("risolta", "Corretto, grazie.")
    assert risposta.redirect_chain[-1][0] == ELENCO
    assert f"http://testserver/en{segnalazione.risorsa.get_absolute_url()}" in mail.outbox[0].body
    assert "È chiuso" not in mail.outbox[0].body
    assert segnalazione.storia.first().history_user == anna


def test_salvare_la_risposta_non_la_manda(anna, come):
    segnalazione = SegnalazioneFactory(email="chi@example.org")
    salva(come(anna), segnalazione)
    segnalazione.refresh_from_db()
    assert (segnalazione.stato, segnalazione.risposta, mail.outbox) == ("aperta", "Corretto, grazie.", [])


def test_la_posta_che_non_parte_si_dice(anna, come):
    segnalazione = SegnalazioneFactory(email="chi@example.org")
    with patch("risorse.servizi.segnalazioni.send_mail", side_effect=OSError):
        risposta = salva(come(anna), segnalazione, passaggio="respingi")
    assert messaggi(risposta)[-1].startswith("La posta non parte")
    segnalazione.refresh_from_db()
    assert segnalazione.stato == "respinta"


def test_molte_insieme_e_quelle_che_non_si_possono(anna, come):
    aperta, chiusa = SegnalazioneFactory(), SegnalazioneFactory(stato="respinta")
    dati = {"action": "risolvi", "_selected_action": [aperta.pk, chiusa.pk]}
    risposta = come(anna).post(ELENCO, dati, follow=True)
    assert messaggi(risposta)[-1] == "Ho corretto la scheda: fatto per 1."
    assert len(messaggi(risposta)) == 2


def test_un_passaggio_che_non_c_e_salva_soltanto(anna, come):
    segnalazione = SegnalazioneFactory()
    salva(come(anna), segnalazione, passaggio="inventato")
    segnalazione.refresh_from_db()
    assert (segnalazione.stato, segnalazione.risposta) == ("aperta", "Corretto, grazie.")


def test_l_esportazione_non_porta_fuori_gli_indirizzi(anna, come):
    SegnalazioneFactory(email="chi@example.org", testo="Sbagliato")
    dati = {"format": "0", "resource": "", "risorse_segnalazione_export": "1"}
    risposta = come(anna).post(reverse("admin:risorse_segnalazione_export"), dati)
    assert b"chi@example.org" not in risposta.content


def test_le_schede_meno_chiare(anna, come):
    chiara, oscura = RisorsaFactory(nome="Chiara"), RisorsaFactory(nome="Oscura")
    for risorsa, voti in ((chiara, (5, 4)), (oscura, (1, 2))):
        for voto in voti:
            ValutazioneFactory(risorsa=risorsa, voto=voto)
    schede = come(anna).get(reverse("admin:risorse_valutazione_changelist")).context["meno_chiare"]
    assert [(s["risorsa__nome"], s["media"], s["quanti"]) for s in schede] == [("Oscura", 1.5, 2), ("Chiara", 4.5, 2)]


def test_un_link_e_rotto_dopo_due_giorni_diversi(anna, come):
    adesso, oggi = timezone.now() + timedelta(minutes=1), timezone.localdate()
    ControlloLinkFactory(controllato_il=adesso, codice=200)
    ControlloLinkFactory(controllato_il=adesso, rotto_dal=oggi, problema="Non risponde")
    rotto = ControlloLinkFactory(controllato_il=adesso, rotto_dal=oggi - timedelta(days=1), problema="Non risponde")
    elenco = come(anna).get(reverse("admin:risorse_controllolink_changelist"), {"rotto": "si"})
    assert list(elenco.context["cl"].result_list) == [rotto]
    rotto.contatto.save()
    rotto.controllato_il = timezone.now() - timedelta(hours=1)
    rotto.save()
    assert list(ControlloLink.objects.rotti()) == []


def test_la_pagina_dei_link_dice_quando_sono_stati_provati(anna, come):
    pagina = reverse("admin:risorse_controllolink_changelist")
    mai = come(anna).get(pagina).text
    assert ("Il controllo non è ancora stato fatto" in mai, "manage.py controlla_link" in mai) == (True, True)
    ControlloLinkFactory(controllato_il=datetime(2026, 3, 1, 2, 40, tzinfo=UTC))
    ControlloLinkFactory(controllato_il=datetime(2026, 3, 2, 2, 40, tzinfo=UTC))
    assert "Ultimo controllo: 2 marzo 2026, 03:40." in come(anna).get(pagina).text


def test_segnalazioni_e_link_aspettano(db):
    assert [a for a in attese() if a.etichetta.startswith(("Segnal", "Link"))] == []
    SegnalazioneFactory()
    SegnalazioneFactory(stato="risolta")
    ControlloLinkFactory(
        controllato_il=timezone.now() + timedelta(minutes=1), rotto_dal=timezone.localdate() - timedelta(days=3)
    )
    trovate = {a.etichetta: a.quante for a in attese()}
    assert (trovate["Segnalazioni da leggere"], trovate["Link che non rispondono"]) == (1, 1)
