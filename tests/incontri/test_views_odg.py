"""The page of the agenda."""

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import PuntoOdg
from incontri.servizi.odg import TIPI_DEL_SOLITO
from tests.factories import IncontroFactory, PuntoOdgFactory, VerbaleFactory, VoceFactory


@pytest.fixture
def incontro(db):
    return IncontroFactory()


@pytest.fixture
def pagina(come, bruno, incontro):
    """`pagina()` opens the agenda, `pagina(dati)` sends it."""
    url = reverse("incontri:odg-update", args=[incontro.pk])
    cliente = come(bruno)
    return lambda dati=None, **altro: cliente.get(url, altro) if dati is None else cliente.post(url, dati)


def dati_di(risposta, **altro):
    """What the rows of the page would send."""
    righe = risposta.context["righe"]
    dati = {f"punti-{n}": str(righe.management_form[n].value()) for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in righe.forms:
        dati |= {form.add_prefix(n): form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    return dati | altro


def titoli(incontro):
    return list(PuntoOdg.objects.filter(incontro=incontro).values_list("titolo", flat=True))


def test_una_riga_vuota_in_fondo_e_altre_se_si_chiedono(pagina, incontro):
    PuntoOdgFactory(incontro=incontro)

    assert len(pagina().context["righe"].forms) == 2
    assert len(pagina(righe="1").context["righe"].forms) == 5


def test_scrivere_e_salvare(pagina, incontro):
    risposta = pagina(dati_di(pagina(), **{"punti-0-titolo": "Mediazione", "punti-0-durata": "20"}))

    assert risposta["Location"] == incontro.get_absolute_url()
    assert list(incontro.punti.values_list("titolo", "durata", "ordine")) == [("Mediazione", 20, 1)]


def test_salvare_e_aggiungere_righe(pagina, incontro):
    risposta = pagina(dati_di(pagina(), **{"punti-0-titolo": "Mediazione", "salva_e_aggiungi": "1"}))

    assert risposta["Location"].endswith("/ordine-del-giorno/?righe=1")
    assert titoli(incontro) == ["Mediazione"]


def test_una_riga_sbagliata_non_fa_perdere_le_altre(pagina, incontro):
    PuntoOdgFactory(incontro=incontro, titolo="Vecchio")
    testo = "Testo lungo\nsu due righe"

    risposta = pagina(
        dati_di(
            pagina(),
            **{
                "punti-0-titolo": "",
                "punti-0-descrizione": testo,
                "punti-1-titolo": "Nuovo",
                "punti-1-durata": "molti",
            },
        )
    )

    prima, seconda = risposta.context["righe"].forms
    assert risposta.status_code == 200
    assert (list(prima.errors), list(seconda.errors)) == (["titolo"], ["durata"])
    assert [prima["descrizione"].value(), seconda["titolo"].value(), seconda["durata"].value()] == [
        testo,
        "Nuovo",
        "molti",
    ]
    assert titoli(incontro) == ["Vecchio"]


def test_una_riga_nuova_senza_titolo_si_segnala(pagina, incontro):
    risposta = pagina(dati_di(pagina(), **{"punti-0-descrizione": "Senza titolo"}))

    assert [list(form.errors) for form in risposta.context["righe"].forms] == [["titolo"]]


def test_un_punto_con_voci_non_si_toglie(pagina, incontro):
    punto = PuntoOdgFactory(incontro=incontro, titolo="Con testo")
    VoceFactory(punto=punto)

    risposta = pagina(dati_di(pagina(), **{"punti-0-rimuovi": "on"}))

    assert "ha già testo nel verbale" in str(next(iter(risposta.context["messages"])))
    assert titoli(incontro) == ["Con testo"]


def test_conflitto_con_i_due_testi_e_poi_si_salva(pagina, incontro):
    PuntoOdgFactory(incontro=incontro, titolo="Base")
    vecchi = dati_di(pagina(), **{"punti-0-titolo": "Mio"})
    pagina(dati_di(pagina(), **{"punti-0-titolo": "Suo"}))

    risposta = pagina(vecchi)

    form = risposta.context["righe"].forms[0]
    assert (risposta.status_code, form["titolo"].value(), form.salvata.titolo) == (409, "Mio", "Suo")
    assert titoli(incontro) == ["Suo"]
    pagina(dati_di(risposta))
    assert titoli(incontro) == ["Mio"]


def test_un_punto_tolto_da_altri_mentre_lo_scrivevo_torna_se_salvo_di_nuovo(pagina, incontro):
    PuntoOdgFactory(incontro=incontro, titolo="Base")
    vecchi = dati_di(pagina(), **{"punti-0-titolo": "Mio"})
    pagina(dati_di(pagina(), **{"punti-0-rimuovi": "on"}))

    risposta = pagina(vecchi)

    assert (risposta.status_code, titoli(incontro)) == (409, [])
    pagina(dati_di(risposta))
    assert titoli(incontro) == ["Mio"]


@pytest.mark.parametrize(
    "dati",
    [
        {},
        {"punti-TOTAL_FORMS": "molte", "punti-INITIAL_FORMS": "0"},
        {"punti-TOTAL_FORMS": "1", "punti-INITIAL_FORMS": "0", "punti-0-uuid": "uno", "punti-0-titolo": "X"},
        {"punti-TOTAL_FORMS": "1", "punti-INITIAL_FORMS": "0", "punti-0-titolo": "X\x00"},
    ],
)
def test_dati_rotti_non_rompono(pagina, incontro, dati):
    assert pagina(dati).status_code == 200
    assert titoli(incontro) == []


def test_partire_dall_odg_tipo(come, bruno, incontro, pagina):
    come(bruno).post(reverse("incontri:odg-tipo", args=[incontro.pk]))
    come(bruno).post(reverse("incontri:odg-tipo", args=[incontro.pk]))

    assert titoli(incontro) == list(TIPI_DEL_SOLITO)


@pytest.mark.parametrize("quanti", [1, 30])
def test_interrogazioni_costanti(pagina, incontro, django_assert_num_queries, quanti):
    PuntoOdgFactory.create_batch(quanti, incontro=incontro)

    with django_assert_num_queries(11):
        pagina()


@pytest.mark.parametrize("versione", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-13-01"])
def test_una_versione_impossibile_non_perde_il_testo(pagina, incontro, versione):
    PuntoOdgFactory(incontro=incontro, titolo="Base")

    risposta = pagina(dati_di(pagina(), **{"punti-0-titolo": "Mio", "punti-0-versione": versione}))

    form = risposta.context["righe"].forms[0]
    assert (risposta.status_code, form["titolo"].value(), form.salvata.titolo) == (409, "Mio", "Base")


def test_il_punto_di_approvazione_dice_quale_verbale(pagina, incontro):
    incontro.inizio = timezone.now()
    incontro.save()
    ieri, domani = timezone.now() - timezone.timedelta(days=1), timezone.now() + timezone.timedelta(days=1)
    da_approvare = VerbaleFactory(incontro__inizio=ieri, stato="condiviso")
    VerbaleFactory(incontro__inizio=domani)
    VerbaleFactory(incontro__inizio=ieri, stato="approvato", approvato_il=ieri, approvato_in=incontro)
    form = pagina().context["righe"].forms[0]
    dati = {"punti-0-titolo": "Approvazione", "punti-0-verbale_da_approvare_id": str(da_approvare.pk)}

    senza_tipo = pagina(dati_di(pagina(), **dati))
    pagina(dati_di(pagina(), **dati, **{"punti-0-tipo": "approvazione"}))

    assert [scelta for scelta, _ in form.fields["verbale_da_approvare_id"].choices] == ["", da_approvare.pk]
    assert senza_tipo.context["righe"].forms[0].errors == {
        "tipo": ["Scegli «Approvazione del verbale precedente», oppure togli il verbale da approvare."]
    }
    assert [(p.tipo, p.verbale_da_approvare) for p in incontro.punti.all()] == [("approvazione", da_approvare)]


def test_il_titolo_di_un_punto_si_puo_non_pubblicare(pagina, incontro):
    PuntoOdgFactory(incontro=incontro)
    dati = dati_di(pagina())
    del dati["punti-0-pubblico"]

    pagina(dati)

    assert [p.pubblico for p in incontro.punti.all()] == [False]
