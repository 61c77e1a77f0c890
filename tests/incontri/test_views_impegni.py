"""The pages of the commitments: the ledger, one of them, the line of each at a meeting."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Impegno, RevisioneImpegno
from incontri.servizi.impegni import rivedi_impegno
from tavolo.base.concorrenza import timbro
from tests.factories import (
    EnteFactory,
    ImpegnoFactory,
    IncontroFactory,
    PuntoOdgFactory,
    VerbaleFactory,
    VoceFactory,
)

MARZO, APRILE = date(2027, 3, 1), date(2027, 4, 1)
ELENCO, CSV, NUOVO = (reverse(f"impegni:{nome}") for nome in ("impegno-list", "impegni-csv", "impegno-create"))


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno)


def rivedi(impegno):
    return reverse("impegni:revisione-create", args=[impegno.pk])


def trovati(risposta):
    return [impegno.testo for impegno in risposta.context["object_list"]]


def parole(risposta):
    return " ".join(risposta.content.decode().split())


@pytest.fixture
def registro(bruno, senait):
    ieri = timezone.localdate() - timedelta(days=1)
    ottobre = IncontroFactory(titolo="Ottobre")
    ImpegnoFactory(testo="Scaduto", ente=bruno.ente, scadenza=ieri, incontro=ottobre)
    ImpegnoFactory(testo="Senza data", ente=bruno.ente)
    ImpegnoFactory(testo="Fatto", ente=bruno.ente, stato="fatto")
    ImpegnoFactory(testo="Della unità", ente=EnteFactory(padre=senait.ente, ordine=9), stato="in-corso")
    return ottobre


@pytest.mark.parametrize(
    ("filtri", "attesi"),
    [
        ({}, ["Scaduto", "Senza data", "Della unità"]),
        ({"stato": "tutti"}, ["Scaduto", "Senza data", "Fatto", "Della unità"]),
        ({"stato": "fatto"}, ["Fatto"]),
        ({"ritardo": "on"}, ["Scaduto"]),
        ({"ente": "comune-di-senago"}, ["Della unità"]),
        ({"incontro": "ottobre"}, ["Scaduto"]),
        ({"q": "SENZA"}, ["Senza data"]),
        ({"ente": "non-c-e", "stato": "x", "incontro": "y"}, ["Scaduto", "Senza data", "Della unità"]),
    ],
)
def test_il_registro_e_la_tabella_danno_cio_che_i_filtri_dicono(registro, come, mira, filtri, attesi):
    cliente = come(mira)
    assert trovati(cliente.get(ELENCO, filtri)) == attesi
    righe = cliente.get(CSV, filtri).content.decode("utf-8-sig").splitlines()
    assert [riga.split(",")[0] for riga in righe] == ["impegno", *attesi]


def test_il_registro_conta_per_ente(registro, come, bruno):
    gruppi = come(bruno).get(ELENCO, {"ritardo": "on"}).context["gruppi"]
    assert [(str(ente), t["aperti"], t["ritardo"], t["fatti"], len(righe)) for ente, t, righe in gruppi] == [
        ("Comune di Bollate", 2, 1, 1, 1)
    ]


@pytest.mark.parametrize("quanti", [1, 3])
def test_il_registro_ha_domande_costanti(come, bruno, quanti, django_assert_num_queries):
    for ente in EnteFactory.create_batch(quanti):
        for impegno in ImpegnoFactory.create_batch(2, ente=ente, incontro=IncontroFactory(), scadenza=MARZO):
            rivedi_impegno(impegno, stato="in-corso", scadenza=APRILE, nota="", autore=bruno)
    cliente = come(bruno)
    with django_assert_num_queries(13):
        assert "rinviato 1 volta" in parole(cliente.get(ELENCO))


def test_la_tabella_non_ha_formule(come, bruno):
    ImpegnoFactory(testo="=2+3", ente=bruno.ente)
    righe = come(bruno).get(CSV).content.decode("utf-8-sig").splitlines()
    assert righe[1].startswith("'=2+3,Comune di Bollate,")


def test_un_impegno_nuovo_e_del_proprio_ente(come, bruno, senait):
    cliente = come(bruno)
    dati = {"testo": "Scrivere\r\nbene", "ente": senait.ente.pk, "scadenza": "2027-03-01"}
    risposta = cliente.post(NUOVO, dati)
    assert (risposta.status_code, "Scrivere" in parole(risposta), Impegno.objects.count()) == (200, True, 0)
    assert cliente.post(NUOVO, dati | {"ente": bruno.ente.pk}).status_code == 302
    impegno = Impegno.objects.get()
    assert (impegno.testo, impegno.ente, impegno.scadenza, impegno.autore) == (
        "Scrivere\nbene",
        bruno.ente,
        MARZO,
        bruno,
    )


def test_chi_coordina_ne_scrive_per_ogni_ente(come, anna, senait):
    come(anna).post(NUOVO, {"testo": "Scrivere", "ente": senait.ente.pk, "persona": senait.pk})
    assert list(Impegno.objects.values_list("ente", "persona")) == [(senait.ente.pk, senait.pk)]


def test_non_si_mette_in_un_incontro_il_cui_verbale_sta_fermo(come, anna, bruno):
    fermo = VerbaleFactory(stato="condiviso").incontro
    risposta = come(anna).post(NUOVO, {"testo": "Scrivere", "ente": bruno.ente.pk, "incontro": fermo.pk})
    assert (risposta.status_code, list(risposta.context["form"].errors)) == (200, ["incontro"])


def test_la_pagina_racconta_e_porta_al_verbale_chi_lo_legge(come, bruno, mira, verbale):
    voce = VoceFactory(punto=PuntoOdgFactory(incontro=verbale.incontro, titolo="Corsi"), tipo="impegno")
    impegno = ImpegnoFactory(ente=bruno.ente, voce=voce, incontro=verbale.incontro, scadenza=MARZO)
    rivedi_impegno(impegno, stato="in-corso", scadenza=APRILE, nota="Un mese in più", autore=bruno)
    verbale.stato = "condiviso"
    verbale.save()
    pagina = parole(come(bruno).get(impegno.get_absolute_url()))
    for attesa in ("Rinviato: dal 1 marzo 2027 al 1 aprile 2027", "Un mese in più", "punto «Corsi»", "#voce-"):
        assert attesa in pagina
    # Who mediates reads commitments, not minutes.
    assert "#voce-" not in parole(come(mira).get(impegno.get_absolute_url()))


def test_di_quello_del_verbale_si_cambia_solo_la_persona(come, bruno, verbale):
    voce = VoceFactory(punto=PuntoOdgFactory(incontro=verbale.incontro), tipo="impegno")
    impegno = ImpegnoFactory(ente=bruno.ente, voce=voce, incontro=verbale.incontro, testo="Scrivere")
    dati = {"testo": "Altro", "persona": bruno.pk, "timbro": timbro(impegno)}
    assert come(bruno).post(reverse("impegni:impegno-update", args=[impegno.pk]), dati).status_code == 302
    impegno.refresh_from_db()
    assert (impegno.testo, impegno.persona) == ("Scrivere", bruno)


def test_segnare_a_che_punto_e(come, bruno):
    impegno = ImpegnoFactory(ente=bruno.ente, scadenza=MARZO)
    dati = {"stato": "in-corso", "scadenza": "2027-04-01", "nota": "Manca un dato", "timbro": timbro(impegno)}
    assert come(bruno).post(rivedi(impegno), dati).status_code == 302
    assert list(RevisioneImpegno.objects.values_list("stato", "scadenza_prima", "scadenza", "nota", "autore")) == [
        ("in-corso", MARZO, APRILE, "Manca un dato", bruno.pk)
    ]


def test_una_revisione_che_non_dice_niente_non_si_scrive(come, bruno):
    impegno = ImpegnoFactory(ente=bruno.ente, scadenza=MARZO)
    dati = {"stato": "aperto", "scadenza": "2027-03-01", "nota": "", "timbro": timbro(impegno)}
    risposta = come(bruno).post(rivedi(impegno), dati)
    assert (risposta.status_code, RevisioneImpegno.objects.count()) == (200, 0)
    # What the request leaves out is never emptied.
    come(bruno).post(rivedi(impegno), {"nota": "Solo una nota", "timbro": timbro(impegno)})
    assert list(RevisioneImpegno.objects.values_list("stato", "scadenza", "nota")) == [
        ("aperto", MARZO, "Solo una nota")
    ]


def test_due_che_segnano_insieme_si_trovano_i_due_testi(come, bruno):
    impegno = ImpegnoFactory(ente=bruno.ente, scadenza=MARZO)
    dati = {"stato": "superato", "scadenza": "2027-03-01", "nota": "Non serve", "timbro": timbro(impegno)}
    rivedi_impegno(impegno, stato="fatto", scadenza=MARZO, nota="Già fatto", autore=bruno)
    risposta = come(bruno).post(rivedi(impegno), dati)
    assert risposta.status_code == 409
    assert risposta.context["confronto"] == [
        ("A che punto è", "Fatto", "Superato"),
        ("Nota", "Già fatto", "Non serve"),
    ]
    di_nuovo = dati | {"timbro": risposta.context["form"]["timbro"].value()}
    assert come(bruno).post(rivedi(impegno), di_nuovo).status_code == 302
    impegno.refresh_from_db()
    assert (impegno.stato, impegno.revisioni.count()) == ("superato", 2)


@pytest.fixture
def schermo(verbale):
    return reverse("incontri:revisione-update", args=[verbale.incontro_id])


def compila(cliente, schermo, **scritti):
    """The page as a browser sends it, with what was written in the rows, by text of the commitment."""
    righe = cliente.get(schermo).context["righe"]
    dati = {"impegni-TOTAL_FORMS": len(righe.forms), "impegni-INITIAL_FORMS": len(righe.forms)}
    for form in righe.forms:
        dati |= {form.add_prefix(campo): form[campo].value() or "" for campo in form.fields}
        cambi = scritti.get(form.impegno.testo, {})
        dati |= {form.add_prefix(campo): valore for campo, valore in cambi.items()}
    return dati


def test_nell_incontro_si_rivedono_tutti_in_uno_schermo(come, bruno, senait, verbale, schermo):
    ImpegnoFactory(testo="uno", ente=bruno.ente, scadenza=MARZO)
    ImpegnoFactory(testo="due", ente=senait.ente)
    ImpegnoFactory(testo="tre", ente=senait.ente)
    ImpegnoFactory(testo="preso qui", incontro=verbale.incontro)
    cliente = come(bruno)
    dati = compila(cliente, schermo, uno={"scadenza": "2027-04-01", "nota": "Un mese"}, due={"stato": "fatto"})
    assert dati["impegni-TOTAL_FORMS"] == 3
    risposta = cliente.post(schermo, dati)
    assert (risposta.status_code, risposta["Location"]) == (302, verbale.get_absolute_url())
    scritte = RevisioneImpegno.objects.order_by("impegno__testo")
    assert list(scritte.values_list("impegno__testo", "stato", "scadenza", "nota", "incontro")) == [
        ("due", "fatto", None, "", verbale.incontro_id),
        ("uno", "aperto", APRILE, "Un mese", verbale.incontro_id),
    ]
    # What was closed here stays on the page, to be mended.
    assert {form.impegno.testo for form in cliente.get(schermo).context["righe"]} == {"uno", "due", "tre"}


def test_una_riga_sbagliata_e_non_si_salva_niente(come, bruno, schermo):
    ImpegnoFactory(testo="uno")
    ImpegnoFactory(testo="due")
    cliente = come(bruno)
    risposta = cliente.post(schermo, compila(cliente, schermo, uno={"scadenza": "mai"}, due={"nota": "Da tenere"}))
    assert (risposta.status_code, RevisioneImpegno.objects.count()) == (200, 0)
    assert "Da tenere" in parole(risposta)


def test_chi_e_cambiato_intanto_si_vede_e_gli_altri_aspettano(come, bruno, anna, verbale, schermo):
    uno, _due, tre = (ImpegnoFactory(testo=testo) for testo in ("uno", "due", "tre"))
    cliente = come(bruno)
    dati = compila(cliente, schermo, uno={"nota": "Mia"}, due={"stato": "fatto"})
    rivedi_impegno(uno, stato="fatto", scadenza=None, nota="Sua", autore=anna)
    # Changed by somebody else, and left alone by this person: no reason to stop.
    rivedi_impegno(tre, stato="in-corso", scadenza=None, nota="", autore=anna)
    risposta = cliente.post(schermo, dati)
    assert (risposta.status_code, RevisioneImpegno.objects.filter(incontro=verbale.incontro).count()) == (409, 0)
    pagina = parole(risposta)
    assert ("Salvato dall'altra persona:" in pagina, "«Sua»" in pagina, "Mia" in pagina) == (True, True, True)
    righe = risposta.context["righe"]
    assert [form.impegno.testo for form in righe.forms if form.contesa] == ["uno"]
    dati = {"impegni-TOTAL_FORMS": 3, "impegni-INITIAL_FORMS": 3} | {
        form.add_prefix(campo): form[campo].value() or "" for form in righe.forms for campo in form.fields
    }
    assert cliente.post(schermo, dati).status_code == 302
    detti = dict(Impegno.objects.values_list("testo", "stato"))
    assert detti == {"uno": "aperto", "due": "fatto", "tre": "in-corso"}
    assert RevisioneImpegno.objects.filter(incontro=verbale.incontro).count() == 2


def test_un_impegno_tolto_intanto_lascia_salvare_gli_altri(come, bruno, schermo):
    uno, due = (ImpegnoFactory(testo=testo) for testo in ("uno", "due"))
    cliente = come(bruno)
    dati = compila(cliente, schermo, uno={"nota": "Parole mie"}, due={"stato": "fatto"})
    uno.delete()
    risposta = cliente.post(schermo, dati)
    assert (risposta.status_code, "Parole mie" in parole(risposta)) == (409, True)
    dati = {"impegni-TOTAL_FORMS": 2, "impegni-INITIAL_FORMS": 2} | {
        form.add_prefix(campo): form[campo].value() or ""
        for form in risposta.context["righe"].forms
        for campo in form.fields
    }
    assert cliente.post(schermo, dati).status_code == 302
    due.refresh_from_db()
    assert due.stato == "fatto"


def test_non_si_rivede_di_nascosto_un_impegno_che_non_si_legge(come, bruno, senait, schermo):
    bozza = VerbaleFactory(verbalizzante=senait)
    voce = VoceFactory(punto=PuntoOdgFactory(incontro=bozza.incontro), tipo="impegno")
    nascosto = ImpegnoFactory(voce=voce, incontro=bozza.incontro)
    riga = {
        "uuid": nascosto.pk,
        "versione": timbro(nascosto),
        "stato": "fatto",
        "scadenza": "",
        "nota": "",
        "visto": "",
    }
    dati = {"impegni-TOTAL_FORMS": 1, "impegni-INITIAL_FORMS": 1} | {f"impegni-0-{c}": v for c, v in riga.items()}
    assert come(bruno).post(schermo, dati).status_code == 409
    assert RevisioneImpegno.objects.count() == 0


def test_col_verbale_condiviso_non_si_rivede(come, bruno, verbale, schermo):
    ImpegnoFactory(testo="uno")
    cliente = come(bruno)
    dati = compila(cliente, schermo, uno={"nota": "Tardi"})
    verbale.stato = "condiviso"
    verbale.save()
    risposta = cliente.post(schermo, dati)
    assert (risposta.status_code, "Tardi" in parole(risposta), RevisioneImpegno.objects.count()) == (409, True, 0)


def test_il_punto_degli_impegni_mostra_quelli_aperti_adesso(come, bruno, verbale):
    PuntoOdgFactory(incontro=verbale.incontro, tipo="impegni")
    ImpegnoFactory(testo="Ancora aperto", ente=bruno.ente)
    pagine = [verbale.incontro.get_absolute_url(), verbale.get_absolute_url()]
    pagine.append(reverse("incontri:voce-update", args=[verbale.incontro_id, verbale.incontro.punti.get().pk]))
    cliente = come(bruno)
    assert ["Ancora aperto" in parole(cliente.get(pagina)) for pagina in pagine] == [True] * 3
    Impegno.objects.get().delete()
    assert ["Ancora aperto" in parole(cliente.get(pagina)) for pagina in pagine] == [False] * 3


@pytest.mark.parametrize(("quanti", "righe"), [(1, 1), (3, 3), (4, 1)])
def test_gli_impegni_in_scadenza_sono_nella_pagina_di_chi_li_ha(come, bruno, senait, quanti, righe):
    oggi = timezone.localdate()
    for numero in range(quanti):
        ImpegnoFactory(testo=f"Impegno mio {numero}", ente=bruno.ente, scadenza=oggi - timedelta(days=numero - 1))
    ImpegnoFactory(ente=bruno.ente, scadenza=oggi + timedelta(days=8))
    ImpegnoFactory(ente=senait.ente, persona=senait, scadenza=oggi)
    attese = come(bruno).get(reverse("area")).context["attese"]
    assert [str(a.oggetto) for a in attese].count("4 impegni da mantenere") == (1 if quanti > 3 else 0)
    assert len([a for a in attese if "mpegn" in str(a.oggetto)]) == righe


def test_il_retro_conta_i_ritardi_e_li_mostra(come, anna):
    tardi = ImpegnoFactory(testo="In ritardo", scadenza=timezone.localdate() - timedelta(days=1))
    ImpegnoFactory(testo="Puntuale")
    cliente = come(anna)
    attesa = next(a for a in cliente.get(reverse("area")).context["da_sbrigare"] if a.etichetta == "Impegni in ritardo")
    assert attesa.quante == 1
    assert list(cliente.get(attesa.indirizzo).context["cl"].queryset) == [tardi]
