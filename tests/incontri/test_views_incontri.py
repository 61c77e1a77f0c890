"""Pages of the meetings: the doors, the list, the form, the verbs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Incontro
from tests.factories import IncontroFactory, PuntoOdgFactory, SeggioFactory, TemaFactory, UtenteFactory, VerbaleFactory

DOMANI = timezone.now() + timedelta(days=1)
ELENCO = reverse("incontri:incontro-list")
NUOVO = reverse("incontri:incontro-create")


def di(nome, incontro, *altro):
    return reverse(f"incontri:{nome}", args=[incontro.pk, *altro])


@pytest.fixture
def estranea(db):
    return UtenteFactory()


@pytest.fixture
def incontro(bruno):
    return IncontroFactory(autore=bruno, titolo="Incontro di condivisione")


# Role by role: who opens which page of a meeting whose minutes Bruno is writing.
PAGINE = {
    "incontro-list": {"anna": 200, "bruno": 200, "senait": 200, "mira": 200, "estranea": 403},
    "incontro-create": {"anna": 200, "bruno": 200, "senait": 200, "mira": 403, "estranea": 403},
    "incontro-detail": {"anna": 200, "bruno": 200, "senait": 200, "mira": 200, "estranea": 403},
    "incontro-update": {"anna": 200, "bruno": 200, "senait": 200, "mira": 403, "estranea": 403},
    "incontro-annulla": {"anna": 302, "bruno": 302, "senait": 302, "mira": 403, "estranea": 403},
    "odg-update": {"anna": 200, "bruno": 200, "senait": 200, "mira": 403, "estranea": 403},
    "presenza-update": {"anna": 200, "bruno": 200, "senait": 200, "mira": 403, "estranea": 403},
    "verbale-detail": {"anna": 200, "bruno": 200, "senait": 404, "mira": 404, "estranea": 403},
    "verbale-scrivi": {"anna": 302, "bruno": 302, "senait": 404, "mira": 404, "estranea": 403},
    "verbale-update": {"anna": 200, "bruno": 200, "senait": 404, "mira": 404, "estranea": 403},
    "voce-update": {"anna": 200, "bruno": 200, "senait": 404, "mira": 404, "estranea": 403},
}


@pytest.mark.parametrize(
    ("nome", "chi", "atteso"), [(n, c, s) for n, righe in PAGINE.items() for c, s in righe.items()]
)
def test_chi_apre_quale_pagina(request, come, bruno, incontro, nome, chi, atteso):
    punto = PuntoOdgFactory(incontro=incontro)
    VerbaleFactory(incontro=incontro, verbalizzante=bruno)
    chiavi = {"incontro-list": [], "incontro-create": [], "voce-update": [incontro.pk, punto.pk]}

    url = reverse(f"incontri:{nome}", args=chiavi.get(nome, [incontro.pk]))

    assert come(request.getfixturevalue(chi)).get(url).status_code == atteso


@pytest.mark.parametrize("nome", PAGINE)
def test_chi_non_ha_fatto_l_accesso_va_all_accesso(client, bruno, incontro, nome):
    punto = PuntoOdgFactory(incontro=incontro)
    chiavi = {"incontro-list": [], "incontro-create": [], "voce-update": [incontro.pk, punto.pk]}
    url = reverse(f"incontri:{nome}", args=chiavi.get(nome, [incontro.pk]))

    risposta = client.get(url)

    assert (risposta.status_code, risposta["Location"]) == (302, f"{reverse('account_login')}?next={url}")


def test_un_incontro_che_non_c_e(come, bruno):
    assert come(bruno).get(di("incontro-detail", Incontro())).status_code == 404


def test_elenco_prima_quelli_in_programma_i_piu_vicini_davanti(come, mira):
    ieri = IncontroFactory(inizio=DOMANI - timedelta(days=2), stato="svolto")
    senza_data = IncontroFactory()
    dopodomani = IncontroFactory(inizio=DOMANI + timedelta(days=1))
    domani = IncontroFactory(inizio=DOMANI, stato="convocato")
    antico = IncontroFactory(stato="svolto")

    contesto = come(mira).get(ELENCO).context

    assert contesto["gruppi"] == [
        ("In programma", [domani, dopodomani]),
        ("Ancora senza data", [senza_data]),
        ("Passati e annullati", [ieri, antico]),
    ]
    assert contesto["puo_creare"] is False


@pytest.mark.parametrize(
    ("filtri", "trovati"),
    [
        ("q=scuole", {"punto"}),
        ("q=bollate", {"luogo"}),
        ("stato=svolto", {"svolto"}),
        ("anno=2025", {"svolto"}),
        ("tema=lingua", {"tema"}),
        ("tema=lingua&stato=svolto", set()),
        ("q=&stato=&anno=&tema=", {"punto", "luogo", "svolto", "tema"}),
        ("stato=inventato&anno=boh&tema=nessuno", {"punto", "luogo", "svolto", "tema"}),
    ],
)
def test_filtri(come, bruno, filtri, trovati):
    con_punti = IncontroFactory(titolo="punto")
    PuntoOdgFactory.create_batch(2, incontro=con_punti, titolo="Mediazione nelle Scuole")
    IncontroFactory(titolo="luogo", luogo="Comune di Bollate")
    IncontroFactory(titolo="svolto", stato="svolto", inizio=datetime(2025, 1, 1, 0, 30, tzinfo=UTC))
    IncontroFactory(titolo="tema").temi.add(TemaFactory(nome="Lingua"))

    risposta = come(bruno).get(f"{ELENCO}?{filtri}")

    assert sorted(i.titolo for i in risposta.context["object_list"]) == sorted(trovati)


def test_pagine_di_venti(come, bruno):
    IncontroFactory.create_batch(25)

    assert len(come(bruno).get(ELENCO).context["object_list"]) == 20
    assert len(come(bruno).get(f"{ELENCO}?page=2").context["object_list"]) == 5
    assert [come(bruno).get(f"{ELENCO}?page={p}").context["page_obj"].number for p in ("zz", "99")] == [1, 2]


@pytest.mark.parametrize("quanti", [1, 30])
def test_elenco_in_interrogazioni_costanti(come, bruno, django_assert_num_queries, quanti):
    for _ in range(quanti):
        incontro = IncontroFactory(inizio=DOMANI)
        incontro.temi.add(TemaFactory())
        PuntoOdgFactory(incontro=incontro)
    cliente = come(bruno)

    with django_assert_num_queries(12):
        cliente.get(ELENCO)


@pytest.mark.parametrize("quanti", [1, 30])
def test_dettaglio_in_interrogazioni_costanti(come, bruno, django_assert_num_queries, incontro, quanti):
    PuntoOdgFactory.create_batch(quanti, incontro=incontro)
    for seggio in SeggioFactory.create_batch(quanti):
        incontro.presenze.create(seggio=seggio, ente=seggio.ente, esito="in-sede", utente=UtenteFactory())
    VerbaleFactory(incontro=incontro, verbalizzante=bruno)
    cliente = come(bruno)

    with django_assert_num_queries(18):
        cliente.get(di("incontro-detail", incontro))


@pytest.mark.parametrize("chi", ["mira", "estranea"])
@pytest.mark.parametrize("url", ["incontro-update", "odg-update", "presenza-update", "odg-tipo", "verbale-create"])
def test_chi_non_puo_scrivere_non_scrive(request, come, incontro, chi, url):
    assert come(request.getfixturevalue(chi)).post(di(url, incontro), {"titolo": "No"}).status_code == 403


def test_passaggi(come, bruno, incontro):
    cliente = come(bruno)

    senza_data = cliente.post(di("incontro-passaggio", incontro, "convoca"), follow=True)
    Incontro.objects.update(inizio=DOMANI)
    cliente.post(di("incontro-passaggio", incontro, "convoca"))

    assert [str(m) for m in senza_data.context["messages"]] == [
        "Per convocare l'incontro indica prima la data e l'ora di inizio."
    ]
    assert Incontro.objects.get().stato == "convocato"
    assert incontro.storia.first().history_user == bruno


def test_annullare_chiede_conferma_e_si_torna_indietro(come, bruno, incontro):
    cliente = come(bruno)

    assert cliente.get(di("incontro-annulla", incontro)).status_code == 200
    assert Incontro.objects.get().stato == "pianificato"
    cliente.post(di("incontro-passaggio", incontro, "annulla"))
    assert Incontro.objects.get().stato == "annullato"
    assert cliente.get(di("incontro-annulla", incontro)).status_code == 302
    assert cliente.get(di("incontro-update", incontro)).status_code == 302
    cliente.post(di("incontro-passaggio", incontro, "riapri"))
    assert Incontro.objects.get().stato == "pianificato"


def test_con_il_verbale_non_si_annulla(come, bruno, incontro):
    VerbaleFactory(incontro=incontro, verbalizzante=bruno)
    cliente = come(bruno)

    pagina = cliente.get(di("incontro-annulla", incontro), follow=True)
    passaggio = cliente.post(di("incontro-passaggio", incontro, "annulla"), follow=True)

    for risposta in (pagina, passaggio):
        assert [str(m) for m in risposta.context["messages"]] == ["L'incontro ha già il verbale: si è tenuto."]
    assert Incontro.objects.get().stato == "pianificato"


def test_un_passaggio_inventato_o_con_get_o_da_chi_non_puo(come, bruno, mira, incontro):
    url = di("incontro-passaggio", incontro, "concludi")

    assert come(bruno).post(di("incontro-passaggio", incontro, "vola")).status_code == 404
    assert come(bruno).get(url).status_code == 405
    assert come(mira).post(url).status_code == 403
    assert Incontro.objects.get().stato == "pianificato"


def test_l_azione_principale_segue_la_vita_dell_incontro(come, bruno, senait, mira, incontro):
    def passo(utente):
        trovato = come(utente).get(di("incontro-detail", incontro)).context["passo"]
        return trovato and trovato.etichetta

    passi = [passo(bruno)]
    Incontro.objects.update(inizio=DOMANI)
    passi.append(passo(bruno))
    PuntoOdgFactory(incontro=incontro)
    passi.append(passo(bruno))
    Incontro.objects.update(stato="convocato")
    passi.append(passo(bruno))
    Incontro.objects.update(stato="svolto")
    passi.append(passo(bruno))
    incontro.presenze.create(ospite="Giulia", esito="in-sede")
    passi += [passo(bruno), passo(mira)]
    VerbaleFactory(incontro=incontro, verbalizzante=bruno)
    passi += [passo(bruno), passo(senait), passo(mira)]

    assert passi == [
        "Fissa la data",
        "Scrivi l'ordine del giorno",
        "Convoca l'incontro",
        None,
        "Segna le presenze",
        "Inizia il verbale",
        None,
        "Continua il verbale",
        None,
        None,
    ]


def test_l_anno_del_filtro_si_legge_come_un_anno(come, bruno):
    IncontroFactory(inizio=datetime(2026, 5, 1, 9, 0, tzinfo=UTC))

    risposta = come(bruno).get(ELENCO, {"anno": "2026"})

    assert '<option value="2026" selected>2026</option>' in risposta.content.decode()
    assert len(risposta.context["object_list"]) == 1
