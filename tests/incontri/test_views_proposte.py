"""Proposals: the pages, the passages, the conflict, the grid, what everybody reads."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import EsitoProposta, Impegno, PassoProposta, Proposta
from incontri.servizi.novita import novita_dal
from tavolo.base.concorrenza import timbro
from tests.factories import (
    BisognoFactory,
    EnteFactory,
    EsitoPropostaFactory,
    EvidenzaFactory,
    ImpegnoFactory,
    PassoPropostaFactory,
    PropostaFactory,
    RilevazioneFactory,
    VerbaleFactory,
    VoceFactory,
)

pytestmark = pytest.mark.django_db
LISTA = reverse("proposte:proposta-list")


def pagina(nome, proposta, *altri):
    return reverse(f"proposte:{nome}", args=[proposta.pk, *altri])


def scritta(ente, **altri):
    return {
        "titolo": "Un elenco dei mediatori",
        "descrizione": "Una pagina sola.\r\nCon gli orari.",
        "capofila": ente.pk,
        "fattibilita": "4",
        "costi": "Poche ore di lavoro",
    } | altri


def decisione():
    return VoceFactory(tipo="decisione", punto__incontro=VerbaleFactory(stato="condiviso").incontro)


def test_da_un_bisogno_nasce_una_proposta_firmata(bruno, come):
    bisogno = BisognoFactory(titolo="Pochi mediatori")
    cliente = come(bruno)
    indirizzo = reverse("proposte:proposta-create")
    modulo = cliente.get(indirizzo, {"bisogno": bisogno.slug}).context["form"]
    assert (modulo["bisogni"].value(), modulo["capofila"].value()) == ([bisogno.pk], bruno.ente_id)
    risposta = cliente.post(indirizzo, scritta(bruno.ente, bisogni=[bisogno.pk], partner=[bruno.ente_id]))
    proposta = Proposta.objects.get()
    assert (risposta.status_code, risposta.url) == (302, proposta.get_absolute_url())
    assert (proposta.autore, proposta.storia.first().history_user) == (bruno, bruno)
    assert (proposta.stato, proposta.fattibilita, proposta.descrizione) == (
        "idea",
        4,
        "Una pagina sola.\nCon gli orari.",
    )
    assert (list(proposta.bisogni.all()), list(proposta.partner.all())) == ([bisogno], [])
    pagina_del_bisogno = cliente.get(bisogno.get_absolute_url()).text
    assert proposta.get_absolute_url() in pagina_del_bisogno
    assert bisogno.get_absolute_url() in cliente.get(proposta.get_absolute_url()).text


def test_mandata_due_volte_ne_nasce_una(bruno, senait, come):
    cliente, indirizzo = come(bruno), reverse("proposte:proposta-create")
    dati = scritta(bruno.ente, chiave=cliente.get(indirizzo).context["form"]["chiave"].value())
    prima, seconda = cliente.post(indirizzo, dati), cliente.post(indirizzo, dati)
    proposta = Proposta.objects.get()
    assert prima.url == seconda.url == proposta.get_absolute_url()
    passo = {"testo": "Chiamare tutti", "ordine": "1", "chiave": uuid4()}
    for _ in range(2):
        assert cliente.post(pagina("passo-create", proposta), passo).status_code == 302
    assert [uno.testo for uno in proposta.passi.all()] == ["Chiamare tutti"]


def test_la_chiave_di_un_altro_non_apre_niente(bruno, senait, come):
    altrui = PropostaFactory(capofila=senait.ente, titolo="Di Senago")
    risposta = come(bruno).post(reverse("proposte:proposta-create"), scritta(bruno.ente, chiave=altrui.pk))
    assert (risposta.status_code, Proposta.objects.count()) == (302, 2)
    altrui.refresh_from_db()
    assert (altrui.titolo, altrui.storia.count()) == ("Di Senago", 1)


def test_un_codice_fiscale_torna_indietro_con_il_testo(bruno, come):
    dati = scritta(bruno.ente, descrizione="Il caso di RSSMRA80A01F205X.")
    risposta = come(bruno).post(reverse("proposte:proposta-create"), dati)
    assert (risposta.status_code, Proposta.objects.count()) == (200, 0)
    assert "Il caso di RSSMRA80A01F205X." in risposta.text
    assert list(risposta.context["form"].errors) == ["descrizione"]


def test_due_testi_si_incontrano_e_nessuno_si_perde(bruno, anna, come):
    proposta = PropostaFactory(capofila=bruno.ente, descrizione="Prima.")
    timbro = proposta.aggiornato.isoformat()
    proposta.descrizione = "Di Anna."
    proposta._history_user = anna
    proposta.save()
    indirizzo = pagina("proposta-update", proposta)
    dati = scritta(bruno.ente, titolo=proposta.titolo, descrizione="Di Bruno.", timbro=timbro)
    risposta = come(bruno).post(indirizzo, dati)
    assert risposta.status_code == 409
    assert ("Di Anna." in risposta.text, "Di Bruno." in risposta.text) == (True, True)
    proposta.refresh_from_db()
    assert proposta.descrizione == "Di Anna."
    di_nuovo = dati | {"timbro": risposta.context["form"]["timbro"].value()}
    assert come(bruno).post(indirizzo, di_nuovo).status_code == 302
    proposta.refresh_from_db()
    assert proposta.descrizione == "Di Bruno."


def test_chi_non_partecipa_non_la_cambia(senait, bruno, come):
    proposta = PropostaFactory(capofila=bruno.ente)
    assert come(senait).get(proposta.get_absolute_url()).status_code == 200
    assert come(senait).get(pagina("proposta-update", proposta)).status_code == 403
    proposta.partner.add(senait.ente)
    assert come(senait).get(pagina("proposta-update", proposta)).status_code == 200


def test_dall_idea_alla_fine_con_chi_e_quando(bruno, anna, come):
    proposta = PropostaFactory(capofila=bruno.ente, bisogni=[BisognoFactory()])
    voce = decisione()
    fatti = (
        (bruno, "co-progetta", {}, "co-progettazione"),
        (anna, "approva", {"decisione": voce.pk}, "approvata"),
        (bruno, "attua", {}, "in-attuazione"),
        (bruno, "concludi", {"motivo": "L'elenco c'è."}, "conclusa"),
    )
    for quanti, (chi, nome, dati, stato) in enumerate(fatti, proposta.storia.count() + 1):
        risposta = come(chi).post(pagina("proposta-passaggio", proposta, nome), dati)
        proposta.refresh_from_db()
        assert (risposta.status_code, proposta.stato, proposta.storia.count()) == (302, stato, quanti)
        assert proposta.storia.first().history_user == chi
    assert (proposta.decisione, proposta.esito, proposta.concluso_il) == (
        voce,
        "L'elenco c'è.",
        timezone.localdate(),
    )


def test_le_decisioni_da_quando_c_e_la_proposta_stanno_per_prime(anna, come):
    proposta = PropostaFactory(stato="co-progettazione")
    verbali = [
        VerbaleFactory(
            stato="condiviso", incontro__inizio=timezone.now() + timedelta(days=giorni), incontro__titolo=nome
        )
        for giorni, nome in ((-40, "Prima"), (1, "Dopo"))
    ]
    voci = [VoceFactory(tipo="decisione", punto__incontro=v.incontro, testo="Si\n\nfa.") for v in verbali]
    indirizzo = reverse("proposte:proposta-passaggio", args=[proposta.pk, "approva"])

    scelte = come(anna).get(indirizzo).context["form"].fields["decisione"].choices

    assert [nome for nome, _ in scelte[1:]] == [
        f"Degli incontri dal {timezone.localdate():%d/%m/%Y}",
        "Di incontri di prima",
    ]
    assert [[chiave for chiave, _ in righe] for _, righe in scelte[1:]] == [[str(voci[1].pk)], [str(voci[0].pk)]]


def test_solo_chi_coordina_approva_e_solo_con_una_decisione(bruno, anna, come):
    proposta = PropostaFactory(capofila=bruno.ente, bisogni=[BisognoFactory()])
    indirizzo = pagina("proposta-passaggio", proposta, "approva")
    assert come(bruno).post(indirizzo, {"decisione": decisione().pk}).status_code == 403
    bozza = VoceFactory(tipo="decisione", punto__incontro=VerbaleFactory().incontro)
    assert come(anna).post(indirizzo, {"decisione": bozza.pk}).status_code == 200
    assert come(anna).post(indirizzo, {}).status_code == 200
    proposta.refresh_from_db()
    assert (proposta.stato, proposta.decisione) == ("idea", None)


def test_quel_che_non_si_puo_torna_con_le_parole(bruno, come):
    proposta = PropostaFactory(capofila=bruno.ente)
    risposta = come(bruno).post(pagina("proposta-passaggio", proposta, "co-progetta"))
    assert (risposta.status_code, "almeno un bisogno" in risposta.text) == (409, True)
    risposta = come(bruno).post(pagina("proposta-passaggio", proposta, "concludi"), {"motivo": "Fatto tutto."})
    assert (risposta.status_code, "Fatto tutto." in risposta.text) == (409, True)
    assert come(bruno).post(pagina("proposta-passaggio", proposta, "abbandona"), {"motivo": " "}).status_code == 200
    assert come(bruno).get(pagina("proposta-passaggio", proposta, "inventato")).status_code == 404
    proposta.refresh_from_db()
    assert (proposta.stato, proposta.esito) == ("idea", "")


def test_si_abbandona_con_un_motivo_e_si_riprende(bruno, come):
    proposta = PropostaFactory(capofila=bruno.ente, bisogni=[BisognoFactory()])
    come(bruno).post(pagina("proposta-passaggio", proposta, "abbandona"), {"motivo": "Mancano i soldi."})
    proposta.refresh_from_db()
    assert (proposta.stato, proposta.esito) == ("abbandonata", "Mancano i soldi.")
    come(bruno).post(pagina("proposta-passaggio", proposta, "riprendi"))
    proposta.refresh_from_db()
    assert (proposta.stato, proposta.esito, proposta.concluso_il) == ("co-progettazione", "", None)


def test_passi_impegni_ed_esiti(bruno, come):
    bisogno = BisognoFactory()
    evidenza = EvidenzaFactory(bisogno=bisogno, valore=120)
    altrui = EvidenzaFactory()
    proposta = PropostaFactory(capofila=bruno.ente, bisogni=[bisogno])
    cliente = come(bruno)
    dati = {"testo": "Chiamare tutti", "ente": bruno.ente_id, "entro": "2027-01-31", "ordine": "1"}
    assert cliente.post(pagina("passo-create", proposta), dati).status_code == 302
    passo = proposta.passi.get()
    assert (passo.testo, passo.storia.first().history_user) == ("Chiamare tutti", bruno)
    modulo = cliente.get(pagina("impegno-create", proposta), {"passo": passo.pk}).context["form"]
    assert (modulo["testo"].value(), modulo["scadenza"].value()) == ("Chiamare tutti", date(2027, 1, 31))
    preso = {"testo": "Chiamiamo tutti", "ente": bruno.ente_id, "scadenza": "2027-01-31"}
    assert cliente.post(pagina("impegno-create", proposta), preso).status_code == 302
    impegno = Impegno.objects.get()
    assert (impegno.proposta, impegno.autore) == (proposta, bruno)
    assert proposta.get_absolute_url() in cliente.get(impegno.get_absolute_url()).text
    misura = {"evidenza": evidenza.pk, "valore": "60", "riferimento": "2026", "fonte": "ASST"}
    creare = pagina("esito-create", proposta)
    assert cliente.post(creare, misura | {"evidenza": altrui.pk}).status_code == 200
    assert cliente.post(creare, misura | {"valore": "3"}).status_code == 200
    assert EsitoProposta.objects.count() == 0
    assert cliente.post(creare, misura).status_code == 302
    esito = EsitoProposta.objects.get()
    assert (esito.evidenza, esito.valore, esito.autore) == (evidenza, 60, bruno)
    assert impegno.get_absolute_url() in cliente.get(proposta.get_absolute_url()).text


def test_un_passo_si_toglie_solo_come_si_e_visto(bruno, senait, come):
    proposta = PropostaFactory(capofila=bruno.ente)
    passo = PassoPropostaFactory(proposta=proposta, testo="Chiamare tutti")
    togli = pagina("passo-delete", proposta, passo.pk)
    assert come(senait).post(togli).status_code == 403
    assert togli not in come(senait).get(proposta.get_absolute_url()).text
    cliente = come(bruno)
    assert togli in cliente.get(proposta.get_absolute_url()).text
    visto = cliente.get(togli).context["timbro"]
    passo.testo = "Chiamare i mediatori"
    passo.save()
    risposta = cliente.post(togli, {"timbro": visto})
    assert (risposta.status_code, "Chiamare i mediatori" in risposta.text, proposta.passi.count()) == (409, True, 1)
    assert cliente.post(togli, {"timbro": risposta.context["timbro"]}).url == proposta.get_absolute_url()
    tolto = PassoProposta.storia.filter(uuid=passo.pk).first()
    assert (proposta.passi.count(), tolto.history_type, tolto.history_user) == (0, "-", bruno)
    assert [cliente.get(togli).status_code, cliente.post(togli).status_code] == [302, 302]


def test_un_passo_tolto_mentre_si_scriveva_torna_come_nuovo(bruno, come):
    proposta = PropostaFactory(capofila=bruno.ente)
    passo = PassoPropostaFactory(proposta=proposta)
    dati = {"testo": "Chiamare tutti", "ordine": "1", "timbro": timbro(passo)}
    correggi = pagina("passo-update", proposta, passo.pk)
    passo.delete()
    risposta = come(bruno).post(correggi, dati)
    assert (risposta.status_code, "Chiamare tutti" in risposta.text) == (409, True)
    assert f'action="{pagina("passo-create", proposta)}"' in risposta.text
    assert come(bruno).post(pagina("passo-create", proposta), dati).status_code == 302
    assert proposta.passi.get().testo == "Chiamare tutti"
    assert come(bruno).get(correggi).status_code == 404


@pytest.mark.parametrize("quante", [1, 3])
def test_elenco_e_griglia_in_poche_domande(quante, bruno, come, django_assert_num_queries):
    bisogno = BisognoFactory()
    RilevazioneFactory(
        stato="pubblicata",
        pubblicata_il=timezone.now(),
        decisione=decisione(),
        bisogni=[bisogno],
        risultati={"righe": [{"bisogno": str(bisogno.pk), "n": "80", "p": "70", "votanti": 3, "provvisorio": False}]},
    )
    for _ in range(quante):
        PropostaFactory(bisogni=[bisogno], fattibilita=4)
    cliente = come(bruno)
    with django_assert_num_queries(15):
        risposta = cliente.get(LISTA)
    assert len(risposta.context["object_list"]) == quante
    prima = risposta.context["griglia"]["righe"][0]
    assert (prima.n, prima.fattibilita, prima.punteggio, prima.casella) == ("80,0", "4", "56,0", "Subito")
    assert f'<th scope="row"><a href="{Proposta.objects.get(pk=prima.chiave).get_absolute_url()}">' in risposta.text


def test_la_griglia_di_tutti_porta_alle_pagine_di_tutti(client):
    bisogno = BisognoFactory()
    RilevazioneFactory(
        stato="pubblicata",
        pubblicata_il=timezone.now(),
        decisione=decisione(),
        bisogni=[bisogno],
        risultati={"righe": [{"bisogno": str(bisogno.pk), "n": "80", "p": "70", "votanti": 3, "provvisorio": False}]},
    )
    una = PropostaFactory(stato="approvata", decisione=decisione(), bisogni=[bisogno], fattibilita=4)
    testo = client.get(reverse("lavoro:proposta-list")).text
    assert f'<th scope="row"><a href="{una.pagina_pubblica}">{una}</a></th>' in testo


def test_i_filtri(bruno, come):
    bisogno, ente = BisognoFactory(), EnteFactory()
    una = PropostaFactory(titolo="Una", capofila=ente, bisogni=[bisogno])
    altra = PropostaFactory(titolo="Altra", stato="abbandonata", esito="No.")
    cliente = come(bruno)

    def trovate(**filtri):
        return list(cliente.get(LISTA, filtri).context["object_list"])

    assert trovate(q="una") == [una]
    assert trovate(stato="abbandonata") == [altra]
    assert trovate(ente=ente.slug) == trovate(bisogno=bisogno.slug) == [una]
    assert trovate(stato="inventato") == [altra, una]


def test_tutti_leggono_quelle_approvate(client):
    idea = PropostaFactory()
    bisogno = BisognoFactory(titolo="Non ancora pubblico")
    approvata = PropostaFactory(stato="approvata", decisione=decisione(), bisogni=[bisogno], fattibilita=3)
    PassoPropostaFactory(proposta=approvata, testo="Chiamare tutti")
    EsitoPropostaFactory(proposta=approvata, evidenza__bisogno=bisogno)
    risposta = client.get(reverse("lavoro:proposta-list"))
    assert list(risposta.context["object_list"]) == [approvata]
    testo = client.get(approvata.pagina_pubblica).text
    assert ("Chiamare tutti" in testo, "Non ancora pubblico" in testo) == (True, False)
    assert client.get(idea.pagina_pubblica).status_code == 404


def test_un_bisogno_pubblico_porta_alla_sua_proposta_e_ritorno(client):
    bisogno = BisognoFactory()
    RilevazioneFactory(stato="pubblicata", pubblicata_il=timezone.now(), decisione=decisione(), bisogni=[bisogno])
    proposta = PropostaFactory(stato="approvata", decisione=decisione(), bisogni=[bisogno])
    assert proposta.pagina_pubblica in client.get(bisogno.pagina_pubblica).text
    assert bisogno.pagina_pubblica in client.get(proposta.pagina_pubblica).text


def test_nessuna_proposta_dice_che_cosa_fare(bruno, mira, come, client):
    assert reverse("proposte:proposta-create") in come(bruno).get(LISTA).text
    assert reverse("proposte:proposta-create") not in come(mira).get(LISTA).text
    assert reverse("lavoro:bisogno-list") in client.get(reverse("lavoro:proposta-list")).text


def test_senza_niente_da_disegnare_la_griglia_non_si_disegna(bruno, come):
    PropostaFactory(fattibilita=4)
    risposta = come(bruno).get(LISTA)
    assert risposta.context["griglia"] == {"da_valutare": 1}
    assert ("La griglia si disegna quando" in risposta.text, "<figure" in risposta.text) == (True, False)


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_in_poche_domande(quanti, bruno, come, django_assert_num_queries):
    bisogni = BisognoFactory.create_batch(quanti)
    proposta = PropostaFactory(
        stato="approvata", decisione=decisione(), bisogni=bisogni, partner=EnteFactory.create_batch(quanti)
    )
    for bisogno in bisogni:
        PassoPropostaFactory(proposta=proposta, ente=bruno.ente)
        EsitoPropostaFactory(proposta=proposta, evidenza__bisogno=bisogno)
        ImpegnoFactory(proposta=proposta)
    cliente = come(bruno)
    with django_assert_num_queries(18):
        assert cliente.get(proposta.get_absolute_url()).status_code == 200


def test_e_una_novita_quando_si_approva():
    PropostaFactory()
    proposta = PropostaFactory(stato="approvata", decisione=decisione(), titolo="Un elenco")
    (una,) = novita_dal(timezone.now() - timedelta(days=1), genere="proposta")
    assert (una.titolo, una.url) == ("Un elenco", proposta.pagina_pubblica)
