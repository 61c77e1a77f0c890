"""Elisions of sentences made of pieces."""

import pytest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from tavolo.base.italiano import elidi
from tavolo.base.templatetags.portale import data_non_detta


@pytest.mark.parametrize(
    ("testo", "atteso"),
    [
        ("Verificato il 11 settembre 2026", "Verificato l'11 settembre 2026"),
        ('il\n <time datetime="2026-09-08">8 settembre</time>', 'l\'<time datetime="2026-09-08">8 settembre</time>'),
        ("Valido al 8 marzo", "Valido all'8 marzo"),
        ("Il 11 marzo, il 1 e il 18 marzo", "L'11 marzo, il 1 e il 18 marzo"),
        ("chiama il 112 o il 1522", "chiama il 112 o il 1522"),
        ("fino alle 1:00", "fino all'1:00"),
        ("dalle 1:30 alle 11:00", "dall'1:30 alle 11:00"),
    ],
)
def test_elidi(testo, atteso):
    with translation.override("it"):
        assert elidi(testo) == atteso
        assert type(elidi(mark_safe(testo))) is SafeString  # noqa: S308
    with translation.override("fr"):
        assert elidi(testo) == testo


@pytest.mark.parametrize(
    ("lingua", "testo", "atteso"),
    [
        ("it", "primamilanoovest.it (settembre 2024)", ""),
        ("en", "primamilanoovest.it (settembre 2024)", ""),
        ("it", "primamilanoovest.it", "settembre 2024"),
        ("en", "primamilanoovest.it", "September 2024"),
    ],
)
def test_la_data_della_fonte_si_dice_una_volta(lingua, testo, atteso):
    with translation.override(lingua):
        assert data_non_detta("2024-09", testo) == atteso
        assert data_non_detta("", testo) == ""
