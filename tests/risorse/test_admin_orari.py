"""Hours and closures in the back office and in tables."""

import re
from datetime import date, time

import pytest
from django.urls import reverse

from risorse.models import Chiusura, Orario
from risorse.orari.scrittura import leggi_giornata, scrivi_giornata
from risorse.tracciati import TracciatoChiusura, TracciatoOrario, TracciatoRisorsa
from tavolo.base.celle import SceltaNumerata
from tavolo.base.celle_tempo import Ora
from tavolo.base.formati import CSV
from tests.factories import (
    CategoriaFactory,
    ChiusuraFactory,
    ComuneFactory,
    EnteFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
)

pytestmark = pytest.mark.django_db
GIORNI = [(1, "lunedì"), (7, "domenica")]


def importa(tracciato, testo):
    esito = tracciato().import_data(CSV().create_dataset(testo.encode()))
    return esito.nuove, esito.aggiornate, esito.invariate, [str(errore) for errore in esito.errori]


# --- Cells --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scritta", "ora"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("9:30:00", time(9, 30)),
        ("24:00", time(0)),
        ("00:00", time(0)),
        (" 23:59 ", time(23, 59)),
        ("", None),
    ],
)
def test_le_ore_come_le_scrive_la_gente(scritta, ora):
    assert Ora().clean(scritta) == ora
    assert Ora().clean(Ora().render(ora)) == ora


@pytest.mark.parametrize("scritta", ["9:60", "25", "24:01", "mattina", "9-12", "9:3", "٩"])
def test_quello_che_non_e_un_ora(scritta):
    with pytest.raises(ValueError, match="non è un'ora: scrivi per esempio 9:30"):
        Ora().clean(scritta)


def test_i_giorni_per_nome_o_per_numero():
    cella = SceltaNumerata(GIORNI)
    assert [cella.clean(testo) for testo in ("lunedì", "LUNEDI", "1", "domenica", "")] == [1, 1, 1, 7, None]
    assert cella.render(1) == "lunedì"
    with pytest.raises(
        ValueError, match=r"«lunedi'» non è tra i valori possibili \(lunedì, domenica\); forse «lunedì»\?"
    ):
        cella.clean("lunedi'")


# --- Tables -------------------------------------------------------------------------------------------------------------

TESTATA = "risorsa,sede,giorno,dalle,alle,su_appuntamento,valido_dal,valido_al,nota\n"


@pytest.fixture
def in_sede():
    return RisorsaInSedeFactory(risorsa=RisorsaFactory(slug="aiuto"), sede=SedeFactory(slug="municipio"))


def test_orari_di_servizio_sede_e_servizio_in_sede(in_sede):
    testo = (
        TESTATA
        + "aiuto,,lunedì,9,12:30,no,,,\n"
        + ",municipio,martedi,9:00,24:00,sì,,,suona\n"
        + "aiuto,municipio,3,14.00,16:00,no,2026-07-01,31/08/2026,\n"
    )
    assert importa(TracciatoOrario, testo) == (3, 0, 0, [])
    assert [(o.risorsa, o.sede, o.in_sede, str(o)) for o in Orario.objects.all()] == [
        (in_sede.risorsa, None, None, "lunedì 09:00-12:30"),
        (None, in_sede.sede, None, "martedì 09:00-00:00"),
        (None, None, in_sede, "mercoledì 14:00-16:00"),
    ]
    assert importa(TracciatoOrario, testo) == (0, 0, 3, [])
    assert importa(TracciatoOrario, testo.replace("16:00", "17:00").replace("suona", "")) == (0, 2, 1, [])
    assert Orario.objects.get(in_sede=in_sede).alle == time(17)


def test_quello_che_si_esporta_si_importa_uguale(in_sede):
    OrarioFactory(risorsa=in_sede.risorsa)
    OrarioFactory(risorsa=None, in_sede=in_sede, valido_dal=date(2026, 1, 1), nota="a, b")
    OrarioFactory(risorsa=None, sede=in_sede.sede, su_appuntamento=True, alle=time(0))
    ChiusuraFactory(ente=in_sede.sede.ente)
    ChiusuraFactory(ente=None, risorsa=in_sede.risorsa, motivo="ferie")
    for tracciato, quante in ((TracciatoOrario, 3), (TracciatoChiusura, 2)):
        testo = tracciato().export().csv
        assert importa(tracciato, testo) == (0, 0, quante, [])


def test_gli_errori_degli_orari_dicono_riga_e_colonna(in_sede):
    RisorsaFactory(slug="altro", nome="Altro")
    testo = (
        TESTATA
        + "aiuto,,lunedì,9,12:30,no,,,\n"
        + "aiuto,,lunedì,12,13,no,,,\n"
        + "altro,municipio,lunedì,9,12,no,,,\n"
        + ",,lunedì,9,12,no,,,\n"
        + "aiuto,,martedì,12,9,no,,,\n"
    )
    errori = importa(TracciatoOrario, testo)[3]
    assert Orario.objects.count() == 0
    assert errori == [
        "riga 3: lunedì 12:00-13:00 e lunedì 09:00-12:30 si accavallano: "
        "scrivi un intervallo solo, oppure correggi le ore.",
        f"riga 4, colonna «sede»: «Altro» non è in «{in_sede.sede}»: aggiungi prima il servizio in quella sede "
        "(risorse_in_sedi).",
        "riga 5: Un orario è di un servizio, di una sede o di un servizio in una sede: uno solo.",
        "riga 6: L'ora di chiusura viene prima di quella di apertura.",
    ]


def test_chiusure(in_sede):
    EnteFactory(slug="ente")
    testo = "ente,sede,risorsa,dal,al,motivo\nente,,,2026-08-10,21/08/2026,chiusura estiva\n,municipio,,2026-12-24,2026-12-24,\n"
    assert importa(TracciatoChiusura, testo) == (2, 0, 0, [])
    assert [(str(c), c.motivo) for c in Chiusura.objects.all()] == [
        ("10/08/2026-21/08/2026", "chiusura estiva"),
        ("24/12/2026-24/12/2026", ""),
    ]
    assert importa(TracciatoChiusura, testo.replace("21/08", "01/08"))[3] == [
        "riga 2: L'ultimo giorno viene prima del primo."
    ]


def test_aperta_nei_festivi_nella_tabella_dei_servizi():
    RisorsaFactory(slug="aiuto")
    assert importa(TracciatoRisorsa, "slug,aperta_nei_festivi\naiuto,sì\n") == (0, 1, 0, [])


@pytest.mark.parametrize("quante", [1, 30])
def test_esportare_gli_orari_costa_sempre_lo_stesso(quante, django_assert_num_queries):
    for _ in range(quante):
        OrarioFactory()
        OrarioFactory(risorsa=None, in_sede=RisorsaInSedeFactory())
    with django_assert_num_queries(1):
        assert len(TracciatoOrario().export()) == 2 * quante


# --- Pages --------------------------------------------------------------------------------------------------------------


def righe(prefisso, *valori, prima=0):
    dati = {f"{prefisso}-TOTAL_FORMS": str(len(valori)), f"{prefisso}-INITIAL_FORMS": str(prima)}
    for numero, valore in enumerate(valori):
        dati |= {f"{prefisso}-{numero}-{campo}": str(testo) for campo, testo in valore.items()}
    return dati


def modifica(cliente, in_sede, *valori, prima=0):
    dove = reverse("admin:risorse_risorsainsede_change", args=[in_sede.pk])
    timbro = cliente.get(dove).context["adminform"].form["timbro"].value()
    base = {"risorsa": in_sede.risorsa_id, "sede": in_sede.sede_id, "timbro": timbro}
    return cliente.post(dove, base | righe("orari", *valori, prima=prima))


ESTATE = {"giorno": 1, "dalle": "09:00", "alle": "12:30", "valido_dal": "01/07/2027", "valido_al": "31/08/2027"}


def test_gli_orari_di_stagione_si_scrivono_dentro_la_pagina(anna, come, in_sede):
    OrarioFactory(risorsa=None, in_sede=in_sede)
    risposta = modifica(come(anna), in_sede, ESTATE, ESTATE | {"dalle": "14:00", "alle": "00:00"})
    assert risposta.status_code == 302
    assert [(str(o), o.valido_al) for o in in_sede.orari.filter(valido_dal__isnull=False)] == [
        ("lunedì 09:00-12:30", date(2027, 8, 31)),
        ("lunedì 14:00-00:00", date(2027, 8, 31)),
    ]
    assert in_sede.orari.filter(valido_dal__isnull=False).first().storia.get().history_user == anna
    assert in_sede.orari.count() == 3


@pytest.mark.parametrize(
    ("altra", "errore"),
    [
        (
            {"dalle": "12:00", "alle": "13:00"},
            "lunedì 09:00-12:30 e lunedì 12:00-13:00 si accavallano: scrivi un intervallo solo, oppure correggi le ore.",
        ),
        (
            {"giorno": 2, "valido_dal": "", "valido_al": ""},
            "Di un orario di stagione scrivi da quando o fino a quando vale: quelli di tutto l&#x27;anno vanno nella settimana.",
        ),
    ],
)
def test_righe_di_stagione_che_non_vanno_bene_insieme(anna, come, in_sede, altra, errore):
    risposta = modifica(come(anna), in_sede, ESTATE, ESTATE | altra)
    assert risposta.status_code == 200
    assert errore in risposta.text
    assert in_sede.orari.count() == 0


def test_una_riga_si_sposta_al_posto_di_una_che_si_toglie(anna, come, in_sede):
    estate = {"valido_dal": date(2027, 7, 1), "valido_al": date(2027, 8, 31)}
    prima = OrarioFactory(risorsa=None, in_sede=in_sede, **estate)
    seconda = OrarioFactory(risorsa=None, in_sede=in_sede, dalle=time(14), alle=time(16), **estate)
    risposta = modifica(
        come(anna),
        in_sede,
        ESTATE | {"uuid": prima.pk, "in_sede": in_sede.pk, "DELETE": "on"},
        ESTATE | {"uuid": seconda.pk, "in_sede": in_sede.pk, "dalle": "10:00", "alle": "16:00"},
        prima=2,
    )
    assert risposta.status_code == 302
    assert [str(o) for o in in_sede.orari.all()] == ["lunedì 10:00-16:00"]


# --- The week at a glance -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("testo", "riscritto"),
    [
        ("9-12.30, 14-16", "9:00-12:30, 14:00-16:00"),
        ("14–16; 9 - 12", "9:00-12:00, 14:00-16:00"),
        ("dalle 9 alle 12", "9:00-12:00"),
        ("9-12 su appuntamento (solo per le donne, anche (di sera))", None),
        ("9-12 app.", "9:00-12:00 su appuntamento"),
        ("0-24", "0:00-24:00"),
        ("20-24", "20:00-24:00"),
        ("chiuso", ""),
        ("  ", ""),
    ],
)
def test_una_giornata_si_scrive_come_si_dice(testo, riscritto):
    letta = leggi_giornata(1, testo)
    if riscritto is not None:
        assert scrivi_giornata(letta) == riscritto
    assert leggi_giornata(1, scrivi_giornata(letta)) == letta


@pytest.mark.parametrize(
    ("testo", "errore"),
    [
        ("mattina", "«mattina» non è un intervallo: scrivi per esempio 9-12:30, 14-16."),
        ("9-12, boh", "«boh» non è un intervallo: scrivi per esempio 9-12:30, 14-16."),
        ("9-25", "«25» non è un'ora: scrivi per esempio 9:30."),
        ("12-9", "«12-9»: l'ora di chiusura viene prima di quella di apertura."),
        ("9-12, 11-13", "9:00-12:00 e 11:00-13:00 si accavallano."),
        (
            "14–16 su appuntmento",
            "«14–16 su appuntmento»: dopo l'ora non capisco «su appuntmento»: scrivi «su appuntamento», oppure una nota "
            "fra parentesi.",
        ),
        ("9-12 donne (9:30)", "«9-12 donne (9:30)»: dopo l'ora non capisco «donne»: scrivi «su appuntamento»"),
        ("9-12 (aperto", "«9-12 (aperto» non è un intervallo: scrivi per esempio 9-12:30, 14-16."),
    ],
)
def test_una_giornata_che_non_si_legge_dice_perche(testo, errore):
    with pytest.raises(ValueError, match=re.escape(errore)):
        leggi_giornata(1, testo)


def con_settimana(cliente, in_sede, **giorni):
    dove = reverse("admin:risorse_risorsainsede_change", args=[in_sede.pk])
    modulo = cliente.get(dove).context["adminform"].form
    dati = {nome: modulo[nome].value() or "" for nome in modulo.fields}
    return cliente.post(dove, dati | righe("orari") | giorni)


def test_la_settimana_si_scrive_un_giorno_per_riga(anna, come, in_sede):
    resta = OrarioFactory(risorsa=None, in_sede=in_sede, giorno=2)
    cambia = OrarioFactory(risorsa=None, in_sede=in_sede)
    OrarioFactory(risorsa=None, in_sede=in_sede, giorno=3)
    stagione = OrarioFactory(risorsa=None, in_sede=in_sede, valido_dal=date(2027, 1, 1))
    cliente = come(anna)
    giorni = {"lunedi": "9-13, 14-16 su appuntamento (suona)", "mercoledi": "", "domenica": "0-24"}
    assert con_settimana(cliente, in_sede, **giorni).status_code == 302
    assert [str(o) for o in in_sede.orari.filter(valido_dal__isnull=True)] == [
        "lunedì 09:00-13:00",
        "lunedì 14:00-16:00",
        "martedì 09:00-12:30",
        "domenica 00:00-00:00",
    ]
    assert (resta.storia.count(), cambia.storia.count(), stagione.storia.count()) == (1, 2, 1)
    assert cambia.storia.first().history_user == anna
    modulo = cliente.get(reverse("admin:risorse_risorsainsede_change", args=[in_sede.pk])).context["adminform"].form
    assert [modulo[nome].value() for nome in ("lunedi", "mercoledi", "domenica")] == [
        "9:00-13:00, 14:00-16:00 su appuntamento (suona)",
        "",
        "0:00-24:00",
    ]


def test_un_servizio_nuovo_nasce_con_la_sua_settimana(anna, come):
    dati = {"nome": "Nuovo", "in_breve": "Breve", "tipo": "servizio", "area_servita": "ambito", "costo": "gratuito"}
    dati |= {"ente": EnteFactory().pk, "categorie": [CategoriaFactory().pk], "venerdi": "9-12"}
    for prefisso in ("orari", "chiusure", "lingue_parlate", "in_sedi", "contatti"):
        dati |= righe(prefisso)
    assert come(anna).post(reverse("admin:risorse_risorsa_add"), dati).status_code == 302
    assert [(o.risorsa.nome, str(o)) for o in Orario.objects.all()] == [("Nuovo", "venerdì 09:00-12:00")]


def test_una_settimana_che_non_si_legge_torna_con_quello_che_era_scritto(anna, come, in_sede):
    risposta = con_settimana(come(anna), in_sede, lunedi="9-12", martedi="di mattina")
    assert risposta.context["adminform"].form.errors == {
        "martedi": ["«di mattina» non è un intervallo: scrivi per esempio 9-12:30, 14-16."]
    }
    assert 'value="di mattina"' in risposta.text
    assert in_sede.orari.count() == 0


def test_il_patrono_del_comune_si_scrive_mese_e_giorno(anna, come):
    comune = ComuneFactory()
    dove = reverse("admin:referenti_comune_change", args=[comune.pk])
    modulo = come(anna).get(dove).context["adminform"].form
    dati = {nome: modulo[nome].value() for nome in ("nome", "codice_istat", "slug", "ordine", "timbro")} | {
        "patrono": "13-11"
    }
    assert come(anna).post(dove, dati).context["adminform"].form.errors == {
        "patrono": ["Scrivi mese e giorno, per esempio 11-11 per l'11 novembre."]
    }
    assert come(anna).post(dove, dati | {"patrono": "11-11"}).status_code == 302
