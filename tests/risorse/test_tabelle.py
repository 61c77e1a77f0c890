"""The week at a glance: tables by season, and lines of text for a message or a leaflet."""

from datetime import date, time

from django.utils import translation

from risorse.orari import Intervallo, Orari, Periodo, orari_in_righe, tabelle

OGGI = date(2026, 11, 25)  # a Wednesday
MATTINA = tuple(Intervallo(giorno, time(9), time(12, 30)) for giorno in range(1, 6))
ESTATE = Intervallo(1, time(8), time(11), valido_dal=date(2027, 7, 1), valido_al=date(2027, 8, 31))


def test_i_giorni_uguali_si_scrivono_insieme():
    orari = Orari((*MATTINA, Intervallo(3, time(14), time(16), su_appuntamento=True), Intervallo(6, time(9), time(0))))
    assert orari_in_righe(orari, OGGI) == [
        "lun, mar 9:00–12:30; mer 9:00–12:30, 14:00–16:00 (su appuntamento); gio, ven 9:00–12:30; sab 9:00–24:00"
    ]
    assert orari_in_righe(Orari(MATTINA), OGGI) == ["lun–ven 9:00–12:30"]


def test_giorno_e_notte_in_una_riga():
    sempre = Orari(tuple(Intervallo(giorno, time(0), time(0)) for giorno in range(1, 8)))
    assert orari_in_righe(sempre, OGGI) == ["tutti i giorni giorno e notte"]
    assert [fascia.testo for fascia in tabelle(sempre, OGGI)[0].ogni_giorno] == ["giorno e notte"]


def test_stagioni_e_chiusure_in_righe():
    chiusure = (
        Periodo(date(2026, 12, 24), date(2027, 1, 6), "vacanze"),
        Periodo(date(2026, 12, 7), date(2026, 12, 7)),
        Periodo(date(2026, 1, 1), date(2026, 1, 2), "passata"),
    )
    assert orari_in_righe(Orari((*MATTINA, ESTATE), chiusure), OGGI) == [
        "In questo periodo: lun–ven 9:00–12:30",
        "Da giovedì 1 luglio 2027 a martedì 31 agosto 2027: lun 8:00–11:00",
        "Chiuso lunedì 7 dicembre",
        "Chiuso da giovedì 24 dicembre a mercoledì 6 gennaio 2027 (vacanze)",
    ]


def test_la_tabella_in_vigore_viene_prima_e_ha_oggi():
    in_estate = tabelle(Orari((*MATTINA, ESTATE)), date(2027, 7, 5))
    assert [(t.titolo, t.in_vigore, [r.nome for r in t.righe if r.oggi]) for t in in_estate] == [
        ("Da giovedì 1 luglio a martedì 31 agosto", True, ["lunedì"]),
        ("Negli altri periodi", False, []),
    ]
    finita = tabelle(Orari((*MATTINA, ESTATE)), date(2027, 9, 1))
    assert [(t.titolo, t.in_vigore, t.ogni_giorno) for t in finita] == [("", True, ())]


def test_una_stagione_senza_inizio_o_senza_fine():
    aperte = Orari(
        (
            Intervallo(1, time(8), time(11), valido_al=date(2026, 11, 30)),
            Intervallo(2, time(8), time(11), valido_dal=date(2026, 12, 1)),
        )
    )
    assert [t.titolo for t in tabelle(aperte, OGGI)] == ["Fino a lunedì 30 novembre", "Da martedì 1 dicembre"]


def test_i_giorni_nella_lingua_di_chi_legge():
    with translation.override("fr"):
        assert orari_in_righe(Orari(MATTINA), OGGI) == ["lun–ven 9:00–12:30"]
        assert [riga.nome for riga in tabelle(Orari(MATTINA), OGGI)[0].righe][:2] == ["lundi", "mardi"]


def test_senza_orari_non_c_e_niente_da_scrivere():
    assert (orari_in_righe(Orari(), OGGI), tabelle(Orari(), OGGI)) == ([], [])
