"""The agenda: written, moved and protected as a whole."""

import pytest

from incontri.models import PuntoOdg
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.odg import TIPI_DEL_SOLITO, OdgNonVuoto, PuntoConTesto, RigaOdg, parti_da_odg_tipo, salva_odg
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tests.factories import IncontroFactory, PuntoOdgFactory, VerbaleFactory, VoceFactory


@pytest.fixture
def incontro(db):
    incontro = IncontroFactory()
    for ordine, titolo in enumerate("ABC", start=1):
        PuntoOdgFactory(incontro=incontro, titolo=titolo, ordine=ordine)
    return incontro


def righe(incontro, *, spostati=None, titoli=None, togli=()):
    """The rows of the page as they are saved, with some moved, renamed or removed."""
    spostati, titoli = spostati or {}, titoli or {}
    return [
        RigaOdg(
            chiave=punto.titolo,
            pk=punto.pk,
            versione=timbro(punto),
            valori={"titolo": titoli.get(punto.titolo, punto.titolo)},
            rimuovi=punto.titolo in togli,
            posto=spostati.get(punto.titolo, posto),
            posto_prima=posto,
        )
        for posto, punto in enumerate(incontro.punti.all(), start=1)
    ]


def nuova(titolo, posto=None):
    return RigaOdg(chiave=titolo, valori={"titolo": titolo}, posto=posto)


def odg(incontro):
    return [(punto.ordine, punto.titolo) for punto in PuntoOdg.objects.filter(incontro=incontro)]


@pytest.mark.parametrize(
    ("spostati", "atteso"),
    [
        ({}, "ABC"),
        ({"C": 1}, "CAB"),
        ({"A": 3}, "BCA"),
        ({"A": 2, "B": 1}, "BAC"),
        ({"A": 99}, "BCA"),
        ({"A": 3, "B": 2, "C": 1}, "CBA"),
    ],
)
def test_un_punto_va_al_posto_chiesto(incontro, bruno, spostati, atteso):
    salva_odg(incontro, righe(incontro, spostati=spostati), autore=bruno)

    assert odg(incontro) == list(enumerate(atteso, start=1))


def test_un_punto_nuovo_va_in_fondo_o_dove_lo_si_chiede(incontro, bruno):
    salva_odg(incontro, [*righe(incontro), nuova("Z"), nuova("N", posto=2)], autore=bruno)

    assert odg(incontro) == list(enumerate("ANBCZ", start=1))


def test_togliere_rinumera_gli_altri(incontro, bruno):
    salva_odg(incontro, righe(incontro, togli="A"), autore=bruno)

    assert odg(incontro) == [(1, "B"), (2, "C")]


def test_un_punto_con_testo_nel_verbale_non_si_toglie_e_niente_cambia(incontro, bruno):
    VoceFactory(punto=incontro.punti.get(titolo="A"))

    with pytest.raises(PuntoConTesto):
        salva_odg(incontro, righe(incontro, togli="A", titoli={"B": "B corretto"}), autore=bruno)

    assert odg(incontro) == list(enumerate("ABC", start=1))


def test_cambiare_lo_stesso_punto_in_due_e_un_conflitto(incontro, bruno, senait):
    viste = righe(incontro, titoli={"A": "A di Bruno"})
    salva_odg(incontro, righe(incontro, titoli={"A": "A di Senait"}), autore=senait)

    with pytest.raises(VersioneSuperata) as superata:
        salva_odg(incontro, viste, autore=bruno)

    assert {c: p.titolo for c, p in superata.value.salvate.items()} == {"A": "A di Senait"}


def test_spostare_mentre_un_altro_corregge_non_e_un_conflitto(incontro, bruno, senait):
    viste = righe(incontro, titoli={"A": "A di Bruno"})
    salva_odg(incontro, righe(incontro, spostati={"C": 1}), autore=senait)

    salva_odg(incontro, viste, autore=bruno)

    assert odg(incontro) == [(1, "C"), (2, "A di Bruno"), (3, "B")]


def test_odg_tipo_solo_se_e_vuoto(incontro, bruno):
    vuoto = IncontroFactory()
    parti_da_odg_tipo(vuoto, autore=bruno)

    assert [titolo for _, titolo in odg(vuoto)] == list(TIPI_DEL_SOLITO)
    with pytest.raises(OdgNonVuoto):
        parti_da_odg_tipo(incontro, autore=bruno)


def test_un_incontro_annullato_e_uno_dal_verbale_condiviso_stanno_fermi(incontro, bruno):
    annullato = IncontroFactory(stato="annullato")
    VerbaleFactory(incontro=incontro, stato="condiviso")

    for fermo in (annullato, incontro):
        with pytest.raises(NonModificabile):
            salva_odg(fermo, [nuova("N")], autore=bruno)
    assert odg(incontro) == list(enumerate("ABC", start=1))
