"""Writing the minutes point by point: nothing typed is ever lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from incontri.models import Impegno, Osservazione, Verbale, Voce
from tests.factories import ImpegnoFactory, PuntoOdgFactory, VerbaleFactory, VoceFactory


@pytest.fixture
def verbale(bruno, senait):
    verbale = VerbaleFactory(verbalizzante=bruno)
    verbale.redattori.add(senait)
    return verbale


@pytest.fixture
def punti(verbale):
    return [PuntoOdgFactory(incontro=verbale.incontro, ordine=n) for n in (1, 2)]


def pagina(punto):
    return reverse("incontri:voce-update", args=[punto.incontro_id, punto.pk])


def dati_di(risposta, **altro):
    """What the rows of the page would send."""
    righe = risposta.context["righe"]
    dati = {f"voci-{n}": str(righe.management_form[n].value()) for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in righe.forms:
        dati |= {form.add_prefix(n): form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    return dati | altro


def voci_di(punto):
    return [(voce.tipo, voce.testo) for voce in punto.voci.all()]


def test_scrivere_salvare_uscire_tornare_e_continuare(come, bruno, punti):
    primo, secondo = punti
    cliente = come(bruno)

    avanti = cliente.post(
        pagina(primo), dati_di(cliente.get(pagina(primo)), **{"voci-0-testo": "Uno\r\ndue", "avanti": "1"})
    )
    resta = cliente.post(
        pagina(secondo),
        dati_di(cliente.get(pagina(secondo)), **{"voci-0-tipo": "impegno", "voci-0-testo": "Senago scrive"}),
    )
    tornato = cliente.get(pagina(secondo))

    assert (avanti["Location"], resta["Location"]) == (pagina(secondo), pagina(secondo))
    assert voci_di(primo) == [("discussione", "Uno\ndue")]
    assert [form["testo"].value() for form in tornato.context["righe"].forms] == ["Senago scrive", None]
    assert [(p, p.quante_voci) for p in tornato.context["punti"]] == [(primo, 1), (secondo, 1)]
    assert tornato.context["ultimo_salvataggio"].history_user == bruno


def test_le_osservazioni_accolte_sul_punto_si_leggono_mentre_si_scrive(come, bruno, senait, verbale, punti):
    def osserva(punto, stato, testo):
        dati = {"verbale": verbale, "punto": punto, "ente": senait.ente, "autore": senait, "testo": testo}
        deciso = {} if stato == "aperta" else {"decisa_il": timezone.now(), "motivo": "Perché sì"}
        return Osservazione.objects.create(**dati, stato=stato, **deciso)

    accolta = osserva(punti[0], "accolta", "Manca lo sportello")
    for punto, stato in ((punti[0], "aperta"), (punti[0], "respinta"), (punti[1], "accolta"), (None, "accolta")):
        osserva(punto, stato, "Altro")

    risposta = come(bruno).get(pagina(punti[0]))

    assert risposta.context["accolte"] == [accolta]
    assert "Manca lo sportello" in risposta.content.decode()


def test_dopo_l_ultimo_punto_si_rilegge(come, bruno, verbale, punti):
    risposta = come(bruno).post(pagina(punti[1]), {"voci-TOTAL_FORMS": "0", "voci-INITIAL_FORMS": "0", "avanti": "1"})

    assert risposta["Location"] == verbale.get_absolute_url()


def test_una_riga_sbagliata_non_fa_perdere_le_altre(come, bruno, punti):
    VoceFactory(punto=punti[0], testo="Vecchia")
    cliente = come(bruno)
    dati = dati_di(cliente.get(pagina(punti[0])), **{"voci-0-testo": "", "voci-1-testo": "Testo lungo"})

    risposta = cliente.post(pagina(punti[0]), dati)

    assert [list(form.errors) for form in risposta.context["righe"].forms] == [["testo"], []]
    assert risposta.context["righe"].forms[1]["testo"].value() == "Testo lungo"
    assert voci_di(punti[0]) == [("discussione", "Vecchia")]


def test_due_che_scrivono_409_i_due_testi_e_si_salva_di_nuovo(come, bruno, senait, punti):
    voce = VoceFactory(punto=punti[0], testo="Base")
    di_bruno = dati_di(come(bruno).get(pagina(punti[0])), **{"voci-0-testo": "Bruno", "voci-1-testo": "Nuova di Bruno"})
    come(senait).post(pagina(punti[0]), dati_di(come(senait).get(pagina(punti[0])), **{"voci-0-testo": "Senait"}))

    risposta = come(bruno).post(pagina(punti[0]), di_bruno)

    contesa, nuova = risposta.context["righe"].forms
    assert risposta.status_code == 409
    assert (contesa.salvata.testo, contesa["versione"].value(), contesa["mio"].value()) == ("Senait", "2", "Bruno")
    assert contesa["testo"].value() == "⟦Senait Senago:⟧ Senait ⟦tu:⟧ Bruno ⟦fine⟧"
    assert nuova["testo"].value() == "Nuova di Bruno"
    assert voci_di(punti[0]) == [("discussione", "Senait")]
    come(bruno).post(pagina(punti[0]), dati_di(risposta, **{"voci-0-testo": "Senait e Bruno"}))
    assert voci_di(punti[0]) == [("discussione", "Senait e Bruno"), ("discussione", "Nuova di Bruno")]
    assert list(voce.storia.order_by("versione").values_list("testo", "history_user")) == [
        ("Base", None),
        ("Senait", senait.pk),
        ("Senait e Bruno", bruno.pk),
    ]


def test_condiviso_mentre_scrivevo_il_testo_resta_nella_pagina(come, bruno, verbale, punti):
    cliente = come(bruno)
    dati = dati_di(cliente.get(pagina(punti[0])), **{"voci-0-testo": "Scritto tardi"})
    Verbale.objects.update(stato="condiviso")

    risposta = cliente.post(pagina(punti[0]), dati)

    assert risposta.status_code == 409
    assert risposta.context["righe"].forms[0]["testo"].value() == "Scritto tardi"
    assert not Voce.objects.exists()


def test_togliere_una_voce(come, bruno, punti):
    VoceFactory(punto=punti[0])
    cliente = come(bruno)

    cliente.post(pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), **{"voci-0-rimuovi": "on"}))

    assert voci_di(punti[0]) == []


def test_un_invio_senza_righe_non_cancella(come, bruno, punti):
    VoceFactory(punto=punti[0], testo="Resta")

    risposta = come(bruno).post(pagina(punti[0]), {})

    assert risposta.status_code == 200
    assert voci_di(punti[0]) == [("discussione", "Resta")]


def test_un_punto_di_un_altro_incontro(come, bruno, verbale):
    altrove = PuntoOdgFactory()

    url = reverse("incontri:voce-update", args=[verbale.incontro_id, altrove.pk])

    assert come(bruno).get(url).status_code == 404
    assert come(bruno).post(url, {"voci-TOTAL_FORMS": "0"}).status_code == 404


def test_accesso_scaduto_il_testo_torna_indietro(client, punti):
    testo = "Due ore di lavoro <script>"

    risposta = client.post(pagina(punti[0]), {"voci-0-testo": testo, "voci-0-uuid": "x", "csrfmiddlewaretoken": "y"})

    assert risposta.status_code == 403
    assert risposta.context["scritti"] == [("Testo", testo)]
    assert f"{reverse('account_login')}?next={pagina(punti[0])}" in risposta.content.decode()
    assert not Voce.objects.exists()


def test_rientrare_in_un_altra_scheda_e_salvare_non_perde_il_testo(bruno, punti):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(bruno, backend="allauth.account.auth_backends.AuthenticationBackend")
    dati = {"voci-0-testo": "Scritto prima", "csrfmiddlewaretoken": "vecchio"}

    nostra = cliente.post(pagina(punti[0]), dati, headers={"origin": "http://testserver"})
    altrui = cliente.post(pagina(punti[0]), dati, headers={"origin": "https://example.com"})

    assert (nostra.status_code, nostra.context["scritti"]) == (403, [("Testo", "Scritto prima")])
    assert altrui.status_code == 403
    assert "Scritto prima" not in altrui.content.decode()
    assert not Voce.objects.exists()


@pytest.mark.parametrize("quanti", [1, 30])
def test_interrogazioni_costanti(come, bruno, django_assert_num_queries, punti, quanti):
    for punto in PuntoOdgFactory.create_batch(quanti, incontro=punti[0].incontro, ordine=9):
        VoceFactory(punto=punto)
    VoceFactory.create_batch(quanti, punto=punti[0])
    cliente = come(bruno)

    with django_assert_num_queries(19):
        cliente.get(pagina(punti[0]))


def test_su_e_giu_salvano_e_spostano(come, bruno, punti):
    prima, seconda = (VoceFactory(punto=punti[0], testo=t, ordine=n) for n, t in enumerate("AB", start=1))
    cliente = come(bruno)

    su = cliente.post(
        pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), **{"su": "voci-1", "voci-0-testo": "A corretta"})
    )
    assert (su["Location"], [t for _, t in voci_di(punti[0])]) == (
        f"{pagina(punti[0])}#voce-{seconda.pk}",
        ["B", "A corretta"],
    )
    giu = cliente.post(pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), giu="voci-0"))
    assert (giu["Location"], [t for _, t in voci_di(punti[0])]) == (su["Location"], ["A corretta", "B"])
    for niente in ("voci-0", "voci-2", "altro"):
        cliente.post(pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), su=niente))
    assert [t for _, t in voci_di(punti[0])] == ["A corretta", "B"]
    assert prima.punto == punti[0]


def test_una_voce_sotto_un_altra_con_lo_stesso_tipo(come, bruno, punti):
    prima = VoceFactory(punto=punti[0], testo="A", ordine=1, tipo="criticita")
    VoceFactory(punto=punti[0], testo="B", ordine=2)
    cliente = come(bruno)

    inserisci = cliente.post(pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), inserisci="voci-0"))
    aperta = cliente.get(inserisci["Location"])
    fila = aperta.context["righe"].in_fila()
    cliente.post(pagina(punti[0]), dati_di(aperta, **{fila[1].add_prefix("testo"): "N"}))

    assert inserisci["Location"] == f"{pagina(punti[0])}?dopo={prima.pk}#nuova-voce"
    assert [form["testo"].value() for form in fila] == ["A", None, "B"]
    assert voci_di(punti[0]) == [("criticita", "A"), ("criticita", "N"), ("discussione", "B")]


def test_esito_di_una_decisione_e_pubblica_o_interna(come, bruno, punti):
    cliente = come(bruno)
    dati = {"voci-0-testo": "Si fa", "voci-0-tipo": "decisione", "voci-0-esito": "rinvio", "voci-0-pubblica": "si"}
    cliente.post(pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), **dati))
    voce = Voce.objects.get()
    assert (voce.tipo, voce.esito, voce.pubblica) == ("decisione", "rinvio", True)

    cliente.post(pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), **{"voci-0-tipo": "discussione"}))
    voce.refresh_from_db()
    assert (voce.tipo, voce.esito, voce.pubblica) == ("discussione", "", True)


@pytest.mark.parametrize(
    ("mandati", "attesi"),
    [
        ({"testo": "x"}, ("decisione", "unanimita", True)),
        ({"testo": "x", "esito": "rinvio"}, ("decisione", "unanimita", True)),
        ({"testo": "x", "tipo": "bisogno"}, ("bisogno", "", True)),
        ({"testo": "x", "tipo": "decisione"}, ("decisione", "unanimita", True)),
        ({"testo": "x", "pubblica": "no"}, ("decisione", "unanimita", False)),
    ],
)
def test_cio_che_un_invio_non_nomina_resta(come, bruno, punti, mandati, attesi):
    voce = VoceFactory(punto=punti[0], tipo="decisione", esito="unanimita", pubblica=True)
    dati = {"voci-TOTAL_FORMS": "1", "voci-INITIAL_FORMS": "0", "voci-0-uuid": voce.pk, "voci-0-versione": "1"}

    come(bruno).post(pagina(punti[0]), dati | {f"voci-0-{nome}": valore for nome, valore in mandati.items()})

    voce.refresh_from_db()
    assert (voce.tipo, voce.esito, voce.pubblica) == attesi


def test_chi_si_occupa_di_un_impegno(come, bruno, senait, punti):
    cliente = come(bruno)
    dati = {
        "voci-0-tipo": "impegno",
        "voci-0-testo": "Manda l'elenco",
        "voci-0-ente": str(senait.ente.pk),
        "voci-0-persona": str(senait.pk),
        "voci-0-scadenza": "2026-12-01",
    }
    cliente.post(pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), **dati))
    impegno = Impegno.objects.get()
    assert (impegno.ente, impegno.persona, str(impegno.scadenza)) == (senait.ente, senait, "2026-12-01")

    aperta = cliente.get(pagina(punti[0]))
    senza = cliente.post(pagina(punti[0]), dati_di(aperta, **{"voci-0-ente": "", "voci-0-persona": ""}))
    assert [list(form.errors) for form in senza.context["righe"].forms] == [["ente"], []]
    cliente.post(pagina(punti[0]), dati_di(aperta, **{"voci-0-testo": "Manda gli elenchi"}))
    impegno.refresh_from_db()
    assert (impegno.testo, impegno.ente) == ("Manda gli elenchi", senait.ente)


def test_di_un_impegno_basta_dire_la_persona(come, bruno, senait, punti):
    cliente = come(bruno)
    dati = {"tipo": "impegno", "testo": "Scrive", "ente": "", "persona": str(senait.pk)}

    cliente.post(
        pagina(punti[0]),
        dati_di(cliente.get(pagina(punti[0])), **{f"voci-0-{nome}": valore for nome, valore in dati.items()}),
    )

    impegno = Impegno.objects.get()
    assert (impegno.ente, impegno.persona) == (senait.ente, senait)


@pytest.mark.parametrize("altro", [{"voci-0-scadenza": "2026-12-01"}, {"voci-0-scadenza": "domani"}])
def test_un_impegno_con_la_data_e_senza_testo_non_si_perde(come, bruno, punti, altro):
    cliente = come(bruno)

    risposta = cliente.post(
        pagina(punti[0]), dati_di(cliente.get(pagina(punti[0])), **{"voci-0-tipo": "impegno"} | altro)
    )

    form = risposta.context["righe"].forms[0]
    assert (risposta.status_code, "testo" in form.errors or "scadenza" in form.errors) == (200, True)
    assert form["scadenza"].value() == altro["voci-0-scadenza"]


def test_due_responsabili_insieme_409_con_le_due_scelte(come, bruno, senait, punti):
    voce = VoceFactory(punto=punti[0], tipo="impegno", testo="Fa")
    ImpegnoFactory(voce=voce, ente=bruno.ente)
    cliente = come(bruno)
    dati = dati_di(cliente.get(pagina(punti[0])), **{"voci-0-scadenza": "2026-12-24"})
    Impegno.objects.update(ente=senait.ente)

    risposta = cliente.post(pagina(punti[0]), dati)

    assert (risposta.status_code, "Se ne occupa: Comune di Senago" in risposta.content.decode()) == (409, True)
    cliente.post(pagina(punti[0]), dati_di(risposta))
    impegno = Impegno.objects.get()
    assert (impegno.ente, str(impegno.scadenza)) == (bruno.ente, "2026-12-24")


def test_una_voce_pubblica_che_parla_di_una_persona_si_salva_con_un_avviso(come, bruno, punti):
    cliente, (punto, _) = come(bruno), punti
    testo = "Il caso di RSSMRA 85T10 A562S, tel. 333 1234567"
    dati = dati_di(cliente.get(pagina(punto)), **{"voci-0-testo": testo, "voci-0-pubblica": "si"})

    risposta = cliente.post(pagina(punto), dati, follow=True)

    assert voci_di(punto) == [("discussione", testo)]
    assert [(m.level_tag, m.message) for m in risposta.context["messages"]] == [
        (
            "warning",
            f"Salvato, ma guarda meglio le voci che leggeranno tutti in «{punto.titolo}»: «RSSMRA 85T10 A562S» sembra "
            "un codice fiscale; «333 1234567» sembra un numero di telefono. Se riguarda una persona, toglilo.",
        )
    ]
    dati = dati_di(cliente.get(pagina(punto)), **{"voci-0-pubblica": "no"})
    assert list(cliente.post(pagina(punto), dati, follow=True).context["messages"]) == []
