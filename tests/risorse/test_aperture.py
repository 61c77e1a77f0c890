"""From the rows to the hours: whose hours count, whose closures, and the filter in SQL that says the same."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from risorse.models import Chiusura, Orario, Risorsa
from risorse.orari import ROMA
from tests.factories import (
    ChiusuraFactory,
    ComuneFactory,
    EnteFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
)

LUNEDI = datetime(2026, 11, 23, 10, tzinfo=ROMA)


def di(risorsa):
    return Risorsa.objects.con_orari().get(pk=risorsa.pk)


def aperta(risorsa, momento=LUNEDI):
    """What the pure function says; that the filter says the same is asserted on the way."""
    stato = di(risorsa).stato_orari_a(momento)
    assert list(Risorsa.objects.aperte_a(momento).filter(pk=risorsa.pk)) == ([risorsa] if stato.aperto else [])
    return stato.aperto


# --- Whose hours --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_gli_orari_piu_vicini_vincono():
    in_sede = RisorsaInSedeFactory()
    risorsa, sede = in_sede.risorsa, in_sede.sede
    assert aperta(risorsa) is False
    OrarioFactory(risorsa=None, sede=sede)
    assert aperta(risorsa) is True
    OrarioFactory(risorsa=risorsa, giorno=2)
    assert aperta(risorsa) is False
    OrarioFactory(risorsa=None, in_sede=in_sede, dalle=time(8))
    assert aperta(risorsa) is True
    assert [(uno.in_sedi, len(uno.orari.intervalli)) for uno in di(risorsa).orari_in_luoghi] == [((in_sede,), 1)]


@pytest.mark.django_db
def test_senza_sede_valgono_quelli_del_servizio():
    assert aperta(OrarioFactory().risorsa) is True


@pytest.mark.django_db
def test_una_sede_da_verificare_non_apre():
    in_sede = RisorsaInSedeFactory(sede=SedeFactory(da_verificare=True))
    OrarioFactory(risorsa=None, in_sede=in_sede)
    OrarioFactory(risorsa=None, sede=in_sede.sede)
    assert aperta(in_sede.risorsa) is False
    assert di(in_sede.risorsa).orari_noti is False
    OrarioFactory(risorsa=in_sede.risorsa)
    assert aperta(in_sede.risorsa) is True


@pytest.mark.django_db
def test_basta_una_sede_aperta_e_le_sedi_uguali_stanno_insieme():
    risorsa = RisorsaFactory()
    prima, seconda, terza = (
        RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(nome=nome)) for nome in ("Alfa", "Beta", "Gamma")
    )
    for in_sede in (prima, terza):
        OrarioFactory(risorsa=None, in_sede=in_sede, giorno=2)
    OrarioFactory(risorsa=None, sede=seconda.sede)
    assert aperta(risorsa) is True
    assert [uno.in_sedi for uno in di(risorsa).orari_in_luoghi] == [(prima, terza), (seconda,)]
    ChiusuraFactory(ente=None, sede=seconda.sede, dal=LUNEDI.date(), al=LUNEDI.date())
    assert aperta(risorsa) is False


# --- Whose closures -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("chi", ["ente", "padre", "sede", "risorsa"])
def test_le_chiusure_di_ente_padre_sede_e_servizio_si_sommano(chi):
    padre = EnteFactory()
    in_sede = RisorsaInSedeFactory(risorsa=RisorsaFactory(ente=EnteFactory(padre=padre)))
    risorsa = in_sede.risorsa
    OrarioFactory(risorsa=risorsa)
    assert aperta(risorsa) is True
    di_chi = {
        "ente": {"ente": risorsa.ente},
        "padre": {"ente": padre},
        "sede": {"ente": None, "sede": in_sede.sede},
        "risorsa": {"ente": None, "risorsa": risorsa},
    }[chi]
    ChiusuraFactory(dal=LUNEDI.date() - timedelta(days=3), al=LUNEDI.date(), motivo="lavori", **di_chi)
    assert aperta(risorsa) is False
    assert aperta(risorsa, LUNEDI + timedelta(days=7)) is True
    assert di(risorsa).stato_orari_a(LUNEDI).chiusura.motivo == "lavori"
    ChiusuraFactory()
    assert aperta(risorsa, LUNEDI + timedelta(days=7)) is True


@pytest.mark.django_db
def test_feste_e_patrono_della_sede():
    in_sede = RisorsaInSedeFactory(sede=SedeFactory(comune=ComuneFactory(patrono="11-23")))
    risorsa = in_sede.risorsa
    OrarioFactory(risorsa=risorsa)
    pasquetta = datetime(2026, 4, 6, 10, tzinfo=ROMA)
    assert (aperta(risorsa), aperta(risorsa, pasquetta)) == (False, False)
    assert aperta(risorsa, LUNEDI + timedelta(days=7)) is True
    risorsa.aperta_nei_festivi = True
    risorsa.save()
    assert (aperta(risorsa), aperta(risorsa, pasquetta)) == (True, True)


@pytest.mark.django_db
def test_una_sede_senza_comune_non_ha_patrono():
    in_sede = RisorsaInSedeFactory(sede=SedeFactory(tipo="virtuale", comune=None))
    OrarioFactory(risorsa=None, sede=in_sede.sede)
    assert aperta(in_sede.risorsa) is True


@pytest.mark.django_db
def test_la_stagione_prende_il_posto_del_resto_solo_per_chi_la_dice():
    in_sede = RisorsaInSedeFactory()
    OrarioFactory(risorsa=in_sede.risorsa)
    OrarioFactory(risorsa=None, sede=in_sede.sede, giorno=3, valido_dal=date(2026, 11, 1))
    assert aperta(in_sede.risorsa) is True
    OrarioFactory(risorsa=in_sede.risorsa, giorno=2, valido_dal=date(2026, 11, 1), valido_al=date(2026, 11, 23))
    assert aperta(in_sede.risorsa) is False
    assert aperta(in_sede.risorsa, LUNEDI + timedelta(days=7)) is True


@pytest.mark.django_db
def test_su_appuntamento_non_e_aperto():
    assert aperta(OrarioFactory(su_appuntamento=True).risorsa) is False


@pytest.mark.django_db
@pytest.mark.parametrize("quante", [1, 30])
def test_gli_orari_di_una_lista_costano_sempre_lo_stesso(quante, django_assert_num_queries):
    for _ in range(quante):
        in_sede = RisorsaInSedeFactory(risorsa=RisorsaFactory(ente=EnteFactory(padre=EnteFactory())))
        OrarioFactory(risorsa=in_sede.risorsa)
        OrarioFactory(risorsa=None, in_sede=in_sede)
        OrarioFactory(risorsa=None, sede=in_sede.sede)
        ChiusuraFactory(ente=in_sede.risorsa.ente)
    with django_assert_num_queries(9):
        assert [r.stato_orari_a(LUNEDI).aperto for r in Risorsa.objects.con_orari()] == [True] * quante
    with django_assert_num_queries(1):
        assert Risorsa.objects.aperte_a(LUNEDI).count() == quante


@pytest.mark.django_db
def test_quanto_dura_una_frase_lo_dice_la_prima_sede_che_cambia(monkeypatch):
    risorsa = RisorsaFactory()
    for alle in (time(12, 30), time(11)):
        OrarioFactory(risorsa=None, in_sede=RisorsaInSedeFactory(risorsa=risorsa), alle=alle)
    monkeypatch.setattr(timezone, "now", lambda: LUNEDI)
    assert di(risorsa).stato_orari.frase == "Aperto ora, fino alle 12:30"
    assert di(risorsa).stato_orari_fino_a == LUNEDI.replace(hour=11)
    # Without hours too a sentence holds until midnight: a closure may begin then.
    assert di(RisorsaFactory()).stato_orari_fino_a == datetime(2026, 11, 24, tzinfo=ROMA)


# --- What may be written ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("altro", "va_bene"),
    [
        ({"dalle": time(12), "alle": time(13)}, False),
        ({"dalle": time(8), "alle": time(0)}, False),
        ({"dalle": time(9), "alle": time(12, 30)}, False),
        ({"dalle": time(12, 30), "alle": time(13)}, True),
        ({"giorno": 2}, True),
        ({"valido_dal": date(2026, 7, 1)}, True),  # replaces it in its season
    ],
)
def test_due_intervalli_dello_stesso_giorno_non_si_accavallano(altro, va_bene):
    risorsa = OrarioFactory().risorsa
    nuovo = OrarioFactory.build(risorsa=risorsa, **altro)
    if va_bene:
        nuovo.full_clean()
        return
    with pytest.raises(ValidationError) as errore:
        nuovo.full_clean()
    assert errore.value.messages == [
        f"lunedì {nuovo.dalle:%H:%M}-{nuovo.alle:%H:%M} e lunedì 09:00-12:30 si accavallano: "
        "scrivi un intervallo solo, oppure correggi le ore."
    ]


@pytest.mark.django_db
def test_di_due_servizi_gli_orari_non_si_accavallano():
    OrarioFactory()
    OrarioFactory.build(risorsa=RisorsaFactory()).full_clean()


# --- The filter and the function agree on any rows ----------------------------------------------------------------------

GIORNI = st.dates(date(2026, 11, 1), date(2027, 1, 31))
ORE = st.sampled_from([time(0), time(2, 15), time(8), time(9), time(12, 30), time(14), time(18), time(23, 59)])


@st.composite
def orari(draw):
    dalle, alle = draw(ORE), draw(ORE)
    if dalle >= alle:
        alle = time(0)
    estremi = sorted(draw(st.lists(GIORNI, min_size=2, max_size=2)))
    dal, al = draw(st.sampled_from([(None, None), (None, None), estremi, (estremi[0], None), (None, estremi[1])]))
    return {
        "giorno": draw(st.integers(1, 7)),
        "dalle": dalle,
        "alle": alle,
        "su_appuntamento": draw(st.sampled_from([False, False, True])),
        "valido_dal": dal,
        "valido_al": al,
    }


@st.composite
def chiusure(draw):
    dal = draw(GIORNI)
    return {"dal": dal, "al": dal + timedelta(days=draw(st.integers(0, 10)))}


DI_CHI_ORARI = st.sampled_from(["risorsa", "in_sede", "altra_in_sede", "sede", "altra_sede", "nascosta"])
DI_CHI_CHIUSURE = st.sampled_from(["ente", "padre", "risorsa", "sede", "altra_sede"])
MOMENTI = st.integers(0, 90 * 24 * 60).map(
    lambda m: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=m)
) | st.builds(lambda giorno, ora: datetime.combine(giorno, ora, ROMA), GIORNI, ORE)


class AccordoTest(TestCase):
    """hypothesis' own TestCase: each example in a transaction of its own."""

    @settings(max_examples=25)
    @given(
        st.lists(st.tuples(DI_CHI_ORARI, orari()), max_size=8),
        st.lists(st.tuples(DI_CHI_CHIUSURE, chiusure()), max_size=3),
        st.booleans(),
        st.integers(0, 2),
        st.sampled_from(["", "12-07", "11-11"]),
        st.lists(MOMENTI, min_size=6, max_size=12),
    )
    def test_filtro_e_funzione_dicono_lo_stesso(self, settimana, chiusi, nei_festivi, luoghi, patrono, momenti):
        padre = EnteFactory()
        risorsa = RisorsaFactory(ente=EnteFactory(padre=padre), aperta_nei_festivi=nei_festivi)
        sedi = [SedeFactory(comune=ComuneFactory(patrono=patrono)), SedeFactory(tipo="virtuale", comune=None)]
        in_sedi = [RisorsaInSedeFactory(risorsa=risorsa, sede=sede) for sede in sedi[:luoghi]]
        nascosta = RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(da_verificare=True))
        di_chi = {
            "risorsa": {"risorsa": risorsa},
            "sede": {"sede": sedi[0]},
            "altra_sede": {"sede": sedi[1]},
            "nascosta": {"in_sede": nascosta},
            "ente": {"ente": risorsa.ente},
            "padre": {"ente": padre},
        } | {nome: {"in_sede": uno} for nome, uno in zip(("in_sede", "altra_in_sede"), in_sedi, strict=False)}
        for nome, campi in settimana:
            if nome in di_chi:
                Orario.objects.create(**di_chi[nome], **campi)
        for nome, campi in chiusi:
            Chiusura.objects.create(**di_chi[nome], **campi)
        for momento in momenti:
            aperta(risorsa, momento)
