"""Declarations of coverage: who writes them, for whom, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from incontri.models import Copertura
from tavolo.base.concorrenza import timbro
from tests import factories as f

ELENCO, NUOVA = reverse("bisogni:dichiarazione-list"), reverse("bisogni:dichiarazione-create")


def correggi(riga):
    return reverse("bisogni:dichiarazione-update", args=[riga.pk])


def togli(riga):
    return reverse("bisogni:dichiarazione-delete", args=[riga.pk])


def parole(risposta):
    return " ".join(risposta.content.decode().split())


@pytest.fixture
def bisogno(db):
    return f.BisognoFactory(titolo="Mediazione")


@pytest.fixture
def riga(bisogno, bollate, bruno):
    return f.CoperturaFactory(bisogno=bisogno, comune=bollate, ente=bruno.ente, raggiunti=40)


def test_un_referente_dichiara_per_il_suo_ente(bisogno, bollate, come, bruno, senait):
    cliente = come(bruno)
    dati = {"bisogno": bisogno.pk, "comune": bollate.pk, "ente": bruno.ente.pk, "raggiunti": "40", "dal": "2026-09-01"}
    assert cliente.post(NUOVA, dati | {"ente": senait.ente.pk}).context["form"].errors.keys() == {"ente"}
    risposta = cliente.post(NUOVA, dati)
    assert risposta.url == reverse("bisogni:copertura-cella", args=[bisogno.pk, "bollate"])
    fatta = Copertura.objects.get()
    assert (fatta.ente, fatta.raggiunti, fatta.autore, fatta.storia.get().history_user) == (
        bruno.ente,
        40,
        bruno,
        bruno,
    )
    assert "ha già detto che cosa fa qui" in parole(cliente.post(NUOVA, dati))


def test_il_servizio_e_di_chi_dichiara(bisogno, bollate, come, anna, bruno, senait):
    di_bruno = f.RisorsaFactory(ente=bruno.ente)
    dati = {"bisogno": bisogno.pk, "comune": bollate.pk, "ente": senait.ente.pk, "risorsa": di_bruno.pk}
    risposta = come(anna).post(NUOVA, dati)
    assert risposta.context["form"].errors["risorsa"] == [
        "Questo servizio non è di Comune di Senago: scegline uno suo."
    ]
    assert come(anna).post(NUOVA, dati | {"ente": bruno.ente.pk}).status_code == 302


def test_si_arriva_da_una_casella_con_bisogno_e_comune_scelti(bisogno, bollate, come, bruno):
    form = come(bruno).get(NUOVA, {"bisogno": bisogno.slug, "comune": "bollate"}).context["form"]
    assert (form["bisogno"].value(), form["comune"].value(), form["ente"].value()) == (
        bisogno.pk,
        bollate.pk,
        bruno.ente.pk,
    )
    assert come(bruno).get(NUOVA, {"bisogno": "x", "comune": "y"}).status_code == 200


@pytest.mark.parametrize("campi", [{"raggiunti": "-1"}, {"raggiunti": "x"}, {"al": "2026-01-01", "dal": "2026-02-01"}])
def test_quello_che_e_scritto_male_torna_indietro(bisogno, bollate, come, bruno, campi):
    dati = {"bisogno": bisogno.pk, "comune": bollate.pk, "ente": bruno.ente.pk, "nota": "La sera"} | campi
    risposta = come(bruno).post(NUOVA, dati)
    assert (risposta.status_code, "La sera" in parole(risposta), Copertura.objects.count()) == (200, True, 0)


def test_permessi(riga, come, bruno, senait, mira, anna):
    attesi = {bruno: (200, 200, 200), senait: (403, 403, 200), mira: (403, 403, 403), anna: (200, 200, 200)}
    for chi, risposte in attesi.items():
        cliente = come(chi)
        assert tuple(cliente.get(dove).status_code for dove in (correggi(riga), togli(riga), NUOVA)) == risposte


def test_due_persone_sulla_stessa_dichiarazione(riga, come, bruno):
    vista = timbro(riga)
    riga.raggiunti = 50
    riga.save()
    dati = {"bisogno": riga.bisogno_id, "comune": riga.comune_id, "ente": riga.ente_id, "raggiunti": "60"}
    risposta = come(bruno).post(correggi(riga), dati | {"timbro": vista})
    assert (risposta.status_code, risposta.context["confronto"]) == (
        409,
        [("Persone raggiunte in un anno", "50", "60")],
    )
    riga.refresh_from_db()
    assert riga.raggiunti == 50
    assert come(bruno).post(correggi(riga), dati | {"timbro": timbro(riga)}).status_code == 302


def test_un_campo_non_mandato_non_si_svuota(riga, come, bruno):
    assert come(bruno).post(correggi(riga), {"timbro": timbro(riga), "nota": "La sera"}).status_code == 302
    riga.refresh_from_db()
    assert (riga.raggiunti, riga.nota) == (40, "La sera")


def test_tolta_mentre_si_scriveva_torna_come_nuova(riga, come, bruno):
    dati = {"bisogno": riga.bisogno_id, "comune": riga.comune_id, "ente": riga.ente_id, "nota": "La sera"}
    indirizzo = correggi(riga)
    riga.delete()
    risposta = come(bruno).post(indirizzo, dati | {"timbro": "x"})
    assert (risposta.status_code, "La sera" in parole(risposta)) == (409, True)
    assert f'action="{NUOVA}"' in parole(risposta)


def test_si_toglie_solo_quella_che_si_e_vista(riga, come, bruno):
    cliente = come(bruno)
    vista = cliente.get(togli(riga)).context["timbro"]
    riga.raggiunti = 50
    riga.save()
    assert (cliente.post(togli(riga), {"timbro": vista}).status_code, Copertura.objects.count()) == (409, 1)
    riga.refresh_from_db()
    assert cliente.post(togli(riga), {"timbro": timbro(riga)}).status_code == 302
    assert (Copertura.objects.count(), Copertura.storia.first().history_user) == (0, bruno)


@pytest.mark.parametrize("quante", [1, 3])
def test_elenco(bisogno, bollate, come, bruno, quante, django_assert_num_queries):
    for _ in range(quante):
        f.CoperturaFactory(bisogno=bisogno, comune=bollate, risorsa=f.RisorsaFactory(), al="2020-01-01", quota="0.5")
    f.CoperturaFactory(bisogno=bisogno, comune=bollate, ente=bruno.ente)
    cliente = come(bruno)
    with django_assert_num_queries(11):
        pagina = cliente.get(ELENCO)
    assert parole(pagina).count("Non si conta: è finita.") == quante
    assert [riga.ente for riga in cliente.get(ELENCO, {"mie": "1"}).context["object_list"]] == [bruno.ente]
