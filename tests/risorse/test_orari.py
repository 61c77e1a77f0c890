"""Open now, opens when, closes when: the pure function, with the days on which clocks and calendars play tricks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risorse.orari import ROMA, Come, Intervallo, Orari, Periodo, festivi, migliore, prossimo_cambio, stato_a

MATTINA = tuple(Intervallo(giorno, time(9), time(12, 30)) for giorno in range(1, 6))
POMERIGGIO = (Intervallo(1, time(14), time(16)),)
UFFICIO = Orari(MATTINA + POMERIGGIO)
SEMPRE = Orari(tuple(Intervallo(giorno, time(0), time(0)) for giorno in range(1, 8)), nei_festivi=True)
AGOSTO = Periodo(date(2026, 8, 10), date(2026, 8, 21), "chiusura estiva")


def a(testo, fold=0):
    return datetime.fromisoformat(testo).replace(tzinfo=ROMA, fold=fold)


def frase(orari, testo, fold=0):
    return stato_a(orari, a(testo, fold)).frase


# --- An ordinary week ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quando", "attesa"),
    [
        ("2026-11-23 08:59", "Chiuso: apre oggi alle 9:00"),  # a Monday
        ("2026-11-23 09:00", "Aperto ora, fino alle 12:30"),
        ("2026-11-23 12:29:59", "Aperto ora, fino alle 12:30"),
        ("2026-11-23 12:30", "Chiuso: apre oggi alle 14:00"),
        ("2026-11-23 16:00", "Chiuso: apre domani alle 9:00"),
        ("2026-11-27 13:00", "Chiuso: apre lunedì alle 9:00"),
        ("2026-11-28 00:00", "Chiuso: apre lunedì alle 9:00"),
    ],
)
def test_la_frase_di_una_settimana_qualunque(quando, attesa):
    assert frase(UFFICIO, quando) == attesa


def test_un_giorno_alla_settimana_lo_chiama_con_la_data_solo_se_potrebbe_essere_oggi():
    solo_lunedi = Orari(POMERIGGIO)
    assert frase(solo_lunedi, "2026-11-24 09:00") == "Chiuso: apre lunedì alle 14:00"
    assert frase(solo_lunedi, "2026-11-23 17:00") == "Chiuso: apre lunedì 30 novembre alle 14:00"


def test_senza_orari_non_si_sa():
    stato = stato_a(Orari(), a("2026-11-23 10:00"))
    assert (stato.come, stato.frase, stato.noto) == (Come.NON_NOTO, "Orari da verificare", False)


def test_orari_scaduti_non_sappiamo_quando_riapre():
    scaduti = Orari((Intervallo(1, time(9), time(12), valido_al=date(2025, 12, 31)),))
    assert frase(scaduti, "2026-11-23 10:00") == "Chiuso: non sappiamo quando riapre"


def test_una_stagione_oltre_l_orizzonte_non_si_promette():
    lontani = Orari((Intervallo(1, time(9), time(12), valido_dal=date(2027, 3, 1)),))
    assert frase(lontani, "2026-11-23 10:00") == "Chiuso: non sappiamo quando riapre"
    assert frase(lontani, "2027-01-11 10:00") == "Chiuso: apre lunedì 1 marzo alle 9:00"


# --- By appointment -----------------------------------------------------------------------------------------------------

APPUNTAMENTO = Intervallo(1, time(9), time(12), su_appuntamento=True)


@pytest.mark.parametrize("quando", ["2026-11-23 10:00", "2026-11-24 10:00", "2026-11-29 23:00"])
def test_solo_su_appuntamento_a_ogni_ora(quando):
    stato = stato_a(Orari((APPUNTAMENTO,)), a(quando))
    assert (stato.come, stato.frase) == (Come.SU_APPUNTAMENTO, "Solo su appuntamento")


def test_su_appuntamento_adesso_e_libero_piu_tardi():
    misti = Orari((APPUNTAMENTO, *POMERIGGIO))
    adesso = stato_a(misti, a("2026-11-23 10:00"))
    assert (adesso.come, adesso.fino_a, adesso.apre) == (
        Come.SU_APPUNTAMENTO,
        a("2026-11-23 12:00"),
        a("2026-11-23 14:00"),
    )
    assert frase(misti, "2026-11-23 12:00") == "Chiuso: apre oggi alle 14:00"


def test_una_chiusura_ferma_anche_gli_appuntamenti():
    assert frase(Orari((APPUNTAMENTO,), (AGOSTO,)), "2026-08-12 10:00") == "Chiuso fino a venerdì 21 agosto"


# --- Seasons ------------------------------------------------------------------------------------------------------------

ESTATE = Orari(
    (
        *MATTINA,
        Intervallo(2, time(7, 30), time(9), valido_dal=date(2026, 7, 1), valido_al=date(2026, 8, 31)),
    )
)


@pytest.mark.parametrize(
    ("quando", "attesa"),
    [
        ("2026-06-30 08:00", "Chiuso: apre oggi alle 9:00"),
        ("2026-07-07 08:00", "Aperto ora, fino alle 9:00"),
        ("2026-07-07 10:00", "Chiuso: apre martedì 14 luglio alle 7:30"),
        ("2026-08-31 10:00", "Chiuso: apre domani alle 9:00"),
        ("2026-09-01 10:00", "Aperto ora, fino alle 12:30"),
    ],
)
def test_gli_orari_di_stagione_prendono_il_posto_degli_altri(quando, attesa):
    assert frase(ESTATE, quando) == attesa


# --- Closures, holidays, the patron saint -------------------------------------------------------------------------------


def test_agosto_si_chiude_e_si_dice_quando_riapre():
    orari = Orari(UFFICIO.intervalli, (AGOSTO,))
    stato = stato_a(orari, a("2026-08-12 10:00"))
    assert stato.frase == "Chiuso fino a venerdì 21 agosto: apre lunedì 24 agosto alle 9:00"
    assert stato.chiusura == AGOSTO
    assert frase(orari, "2026-08-21 10:00") == "Chiuso: apre lunedì alle 9:00"
    assert frase(orari, "2026-08-07 13:00") == "Chiuso: apre lunedì 24 agosto alle 9:00"


def test_le_chiusure_che_si_toccano_sono_una_sola():
    altre = (AGOSTO, Periodo(date(2026, 8, 22), date(2026, 8, 31)), Periodo(date(2026, 8, 1), date(2026, 8, 15)))
    stato = stato_a(Orari(UFFICIO.intervalli, altre), a("2026-08-12 10:00"))
    assert stato.chiusura == Periodo(date(2026, 8, 1), date(2026, 8, 31), "chiusura estiva")
    assert stato.apre == a("2026-09-01 09:00")


def test_una_chiusura_si_sa_anche_senza_orari():
    assert frase(Orari((), (AGOSTO,)), "2026-08-12 10:00") == "Chiuso fino a venerdì 21 agosto"


def test_una_chiusura_che_finisce_un_altro_anno_dice_l_anno():
    lunga = Orari(UFFICIO.intervalli, (Periodo(date(2026, 12, 20), date(2027, 6, 30)),))
    assert frase(lunga, "2026-12-21 10:00") == "Chiuso fino a mercoledì 30 giugno 2027"


@pytest.mark.parametrize(
    "giorno", ["2026-01-01", "2026-04-06", "2026-06-02", "2026-10-04", "2026-12-08", "2026-12-25", "2027-03-29"]
)
def test_nei_giorni_di_festa_e_chiuso_se_non_dice_altro(giorno):
    tutti = tuple(Intervallo(n, time(9), time(12)) for n in range(1, 8))
    stato = stato_a(Orari(tutti), a(f"{giorno} 10:00"))
    assert (stato.come, stato.festa, stato.apre.date()) == (
        Come.CHIUSO,
        True,
        # Saint Stephen follows Christmas.
        date.fromisoformat(giorno) + timedelta(days=2 if giorno == "2026-12-25" else 1),
    )
    assert stato_a(Orari(tutti, nei_festivi=True), a(f"{giorno} 10:00")).come == Come.APERTO


def test_l_unita_nazionale_non_chiude_niente():
    assert date(2027, 11, 7) not in festivi(2027)
    assert date(2026, 11, 1) in festivi(2026)
    assert len(festivi(2027)) == 13


def test_il_patrono_chiude_ogni_anno():
    di_martino = Orari(MATTINA, patrono="11-11")
    for anno in (2026, 2027):
        assert stato_a(di_martino, a(f"{anno}-11-11 10:00")).festa is True
        assert stato_a(UFFICIO, a(f"{anno}-11-11 10:00")).come == Come.APERTO
    assert stato_a(Orari(MATTINA, patrono="11-11", nei_festivi=True), a("2026-11-11 10:00")).aperto is True


# --- Midnight, day and night --------------------------------------------------------------------------------------------


def test_fino_a_mezzanotte_e_oltre():
    sera = Orari((Intervallo(5, time(20), time(0)),))
    assert frase(sera, "2026-11-27 21:00") == "Aperto ora, fino a mezzanotte"
    notte = Orari((Intervallo(5, time(20), time(0)), Intervallo(6, time(0), time(2))))
    assert frase(notte, "2026-11-27 21:00") == "Aperto ora, fino alle 2:00"
    assert frase(notte, "2026-11-28 01:59") == "Aperto ora, fino alle 2:00"
    assert frase(notte, "2026-11-28 02:00") == "Chiuso: apre venerdì alle 20:00"


def test_giorno_e_notte():
    assert frase(SEMPRE, "2026-12-25 03:00") == "Aperto ora, giorno e notte"
    fino = Orari(SEMPRE.intervalli, (Periodo(date(2026, 11, 30), date(2026, 12, 1)),), nei_festivi=True)
    assert frase(fino, "2026-11-25 10:00") == "Aperto ora, fino a domenica alle 24:00"
    assert frase(fino, "2026-11-29 10:00") == "Aperto ora, fino a mezzanotte"


# --- Summer time --------------------------------------------------------------------------------------------------------

NOTTE = Orari((Intervallo(7, time(2, 15), time(2, 45)),), nei_festivi=True)


def test_l_ora_che_non_c_e_non_apre():
    # On 28 March 2027 clocks jump from 2:00 to 3:00, and it is Easter.
    assert stato_a(NOTTE, a("2027-03-28 01:59")).apre == a("2027-04-04 02:15")
    lunga = Orari((Intervallo(7, time(2, 30), time(4)),), nei_festivi=True)
    assert stato_a(lunga, a("2027-03-28 01:59")).apre == a("2027-03-28 03:00")


def test_l_ora_che_c_e_due_volte_apre_due_volte():
    # On 25 October 2026 clocks show 2:00-3:00 twice.
    prima, seconda = a("2026-10-25 02:20"), a("2026-10-25 02:20", fold=1)
    assert (stato_a(NOTTE, prima).aperto, stato_a(NOTTE, seconda).aperto) == (True, True)
    assert stato_a(NOTTE, prima).fino_a.astimezone(UTC) == a("2026-10-25 02:45").astimezone(UTC)
    fra = stato_a(NOTTE, a("2026-10-25 02:50"))
    assert (fra.come, fra.apre.astimezone(UTC)) == (Come.CHIUSO, a("2026-10-25 02:15", fold=1).astimezone(UTC))


@pytest.mark.parametrize("giorno", ["2026-10-25", "2027-03-28"])
def test_nei_giorni_del_cambio_gli_orari_di_giorno_sono_quelli_dell_orologio(giorno):
    domenica = Orari((Intervallo(7, time(9), time(12)),), nei_festivi=True)
    assert frase(domenica, f"{giorno} 08:59") == "Chiuso: apre oggi alle 9:00"
    assert frase(domenica, f"{giorno} 11:59") == "Aperto ora, fino alle 12:00"
    assert frase(SEMPRE, f"{giorno} 01:00") == "Aperto ora, giorno e notte"


def test_il_momento_puo_venire_da_qualunque_fuso():
    assert stato_a(UFFICIO, datetime(2026, 7, 6, 7, 0, tzinfo=UTC)).aperto is True
    assert stato_a(UFFICIO, datetime(2026, 7, 6, 6, 59, tzinfo=UTC)).aperto is False


# --- Several places -----------------------------------------------------------------------------------------------------


def test_di_piu_luoghi_si_dice_il_migliore():
    adesso = a("2026-11-23 10:00")
    lungo = Orari((Intervallo(1, time(9), time(18)),))
    aperti = [stato_a(uno, adesso) for uno in (Orari(), UFFICIO, lungo, Orari(POMERIGGIO))]
    assert migliore(aperti) == aperti[2]
    assert migliore([aperti[0], aperti[3]]) == aperti[3]


# --- Laws ---------------------------------------------------------------------------------------------------------------

ORE = st.times().map(lambda t: t.replace(second=0, microsecond=0))
GIORNI = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def intervalli(draw):
    dalle, alle = draw(ORE), draw(ORE | st.just(time(0)))
    if alle != time(0) and alle <= dalle:
        dalle, alle = alle, dalle
        if dalle == alle:
            alle = time(0)
    stagione = sorted(draw(st.lists(GIORNI, min_size=2, max_size=2))) if draw(st.booleans()) else [None, None]
    dal, al = draw(st.sampled_from([stagione, [None, stagione[1]], [stagione[0], None]]))
    return Intervallo(draw(st.integers(1, 7)), dalle, alle, draw(st.booleans()), dal, al)


@st.composite
def chiusure(draw):
    dal = draw(GIORNI)
    return Periodo(dal, dal + timedelta(days=draw(st.integers(0, 40))))


ORARI = st.builds(
    Orari,
    st.lists(intervalli(), max_size=8).map(tuple),
    st.lists(chiusure(), max_size=3).map(tuple),
    st.booleans(),
    st.sampled_from(["", "11-11", "12-07"]),
)
# Any moment, and those around the two changes of the clock.
MINUTI = st.builds(
    lambda inizio, minuti: inizio + timedelta(minutes=minuti),
    st.sampled_from([datetime(2026, 10, 24, tzinfo=UTC), datetime(2027, 3, 27, tzinfo=UTC)]),
    st.integers(0, 2 * 24 * 60),
)
SECONDI = st.integers(0, 690 * 24 * 3600).map(lambda s: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
MOMENTI = SECONDI | MINUTI
UN_ATTIMO = timedelta(microseconds=1)


def sul_muro(orari, momento):
    """The definition: is there a row whose weekday, hours and season the wall clock and calendar now show?"""
    adesso = momento.astimezone(ROMA)
    giorno, ora = adesso.date(), adesso.time()
    if any(una.dal <= giorno <= una.al for una in orari.chiusure):
        return False
    if not orari.nei_festivi and (giorno in festivi(giorno.year) or f"{giorno:%m-%d}" == orari.patrono):
        return False
    return any(
        uno.giorno == giorno.isoweekday() and uno.dalle <= ora and (ora < uno.alle or uno.alle == time(0))
        for uno in orari.in_vigore(giorno)
        if not uno.su_appuntamento
    )


@given(ORARI, MOMENTI)
def test_e_aperto_quando_lo_dicono_orologio_e_calendario(orari, momento):
    assert stato_a(orari, momento).aperto == sul_muro(orari, momento)


@given(ORARI, MOMENTI)
def test_mai_aperto_durante_una_chiusura(orari, momento):
    stato = stato_a(orari, momento)
    if orari.chiusura(momento.astimezone(ROMA).date()):
        assert (stato.come, stato.fino_a) == (Come.CHIUSO, None)


@given(ORARI, MOMENTI)
def test_quando_apre_e_aperto_e_un_attimo_prima_no(orari, momento):
    apre = stato_a(orari, momento).apre
    if apre:
        assert apre > momento
        assert stato_a(orari, apre).aperto
        assert not stato_a(orari, apre.astimezone(UTC) - UN_ATTIMO).aperto


@given(ORARI, MOMENTI)
def test_fino_alla_chiusura_e_aperto_e_dopo_no(orari, momento):
    stato = stato_a(orari, momento)
    if stato.aperto and stato.fino_a:
        fine = stato.fino_a.astimezone(UTC)
        assert fine > momento
        assert stato_a(orari, fine - UN_ATTIMO).aperto
        assert not stato_a(orari, fine).aperto
        # What closes it does not depend on when one asks.
        assert stato_a(orari, momento + (fine - momento) / 2).fino_a == stato.fino_a


@given(ORARI, MOMENTI, st.floats(0, 1, exclude_max=True))
def test_fino_al_prossimo_cambio_la_frase_non_cambia(orari, momento, parte):
    cambio = prossimo_cambio(orari, momento).astimezone(UTC)
    assert momento < cambio <= momento + timedelta(hours=25)
    mentre = momento + (cambio - momento) * parte
    if mentre < cambio:
        assert (stato_a(orari, mentre).come, stato_a(orari, mentre).apre) == (
            stato_a(orari, momento).come,
            stato_a(orari, momento).apre,
        )


@given(ORARI, MOMENTI)
def test_la_frase_c_e_sempre(orari, momento):
    assert stato_a(orari, momento).frase
