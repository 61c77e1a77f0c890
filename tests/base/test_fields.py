"""Dates known to the year, to the month or to the day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from referenti.models import Tappa
from tavolo.base.fields import DataParzialeField, data_in_iso, valida_data_parziale, valida_gia_passata
from tests.factories import TappaFactory


@pytest.mark.parametrize("valore", ["2022", "2022-09", "2022-09-15", "2024-02-29"])
def test_accetta_anno_mese_giorno(valore):
    assert valida_data_parziale(valore) is None


@pytest.mark.parametrize(
    "valore", ["22", "2022-13", "2022-00", "2022-9", "2023-02-29", "2022/09", "settembre 2022", "2022-09-15T10", "0000"]
)
def test_rifiuta_il_resto_e_dice_come_si_scrive(valore):
    with pytest.raises(ValidationError) as errore:
        valida_data_parziale(valore)

    assert errore.value.messages == [
        f"«{valore}» non è una data: scrivi l'anno (2022), il mese (settembre 2022) o il giorno (15/09/2022)."
    ]


@pytest.mark.parametrize(
    ("scritta", "iso"),
    [
        ("2022", "2022"),
        ("09/2022", "2022-09"),
        ("9.2022", "2022-09"),
        ("15/9/2022", "2022-09-15"),
        ("settembre 2022", "2022-09"),
        ("Set. 2022", "2022-09"),
        ("1º settembre 2022", "2022-09-01"),
        ("15 settembre 2022", "2022-09-15"),
        ("31/02/2022", "2022-02-31"),  # a date that does not exist is refused by the field, not hidden here
        ("autunno 2022", "autunno 2022"),
        ("0/2022", "0/2022"),
        ("", ""),
    ],
)
def test_si_scrive_come_si_dice(scritta, iso):
    assert data_in_iso(scritta) == iso


def test_una_data_gia_passata_e_gia_cominciata():
    oggi = timezone.localdate()

    assert {valida_gia_passata(oggi.isoformat()[:n]) for n in (4, 7, 10)} == {None}
    assert valida_gia_passata("non è una data") is None
    for futura in (oggi + timedelta(days=1), oggi + timedelta(days=400)):
        with pytest.raises(ValidationError):
            valida_gia_passata(futura.isoformat())
    with pytest.raises(ValidationError):
        valida_gia_passata(str(oggi.year + 1))


def test_il_campo_porta_con_se_il_controllo(db):
    with pytest.raises(ValidationError) as errore:
        Tappa(titolo="Consulenza", dal="gennaio").full_clean()

    assert errore.value.message_dict == {
        "dal": ["«gennaio» non è una data: scrivi l'anno (2022), il mese (settembre 2022) o il giorno (15/09/2022)."]
    }


def test_vuoto_vuol_dire_non_so(db):
    tappa = TappaFactory(dal="", al="")

    assert tappa.full_clean() is None


def test_si_ordina_come_si_ordinano_le_date(db):
    for dal in ("2022-09-15", "2022", "2022-09", "2021-12-31", "2022-10"):
        TappaFactory(dal=dal)

    assert list(Tappa.objects.order_by("dal").values_list("dal", flat=True)) == [
        "2021-12-31",
        "2022",
        "2022-09",
        "2022-09-15",
        "2022-10",
    ]


def test_la_lunghezza_fissa_resta_fuori_dalle_migrazioni():
    _nome, percorso, args, kwargs = DataParzialeField("dal", blank=True).deconstruct()

    assert (percorso, args, kwargs) == (
        "tavolo.base.fields.DataParzialeField",
        [],
        {"blank": True, "verbose_name": "dal"},
    )
