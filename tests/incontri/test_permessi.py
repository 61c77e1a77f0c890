"""Who may do what with meetings and minutes; lists and single answers agree."""

import pytest

from incontri.models import Incontro, Verbale
from tests.factories import IncontroFactory, UtenteFactory, VerbaleFactory

CAST = ["anna", "bruno", "senait", "mira", "estranea", "superutente"]


@pytest.fixture
def estranea(db):
    """Somebody with an account and no part in the Tavolo."""
    return UtenteFactory()


@pytest.fixture
def chi(request, anna, bruno, senait, mira, estranea, superutente):
    """The cast by name."""
    return {nome: request.getfixturevalue(nome) for nome in CAST}


@pytest.mark.parametrize(
    ("permesso", "possono"),
    [
        ("incontri.view_incontro", {"anna", "bruno", "senait", "mira", "superutente"}),
        ("incontri.add_incontro", {"anna", "bruno", "senait", "superutente"}),
        ("incontri.change_incontro", {"anna", "bruno", "senait", "superutente"}),
        ("incontri.delete_incontro", {"anna", "superutente"}),
        ("incontri.add_verbale", {"anna", "bruno", "senait", "superutente"}),
    ],
)
def test_chi_puo_sugli_incontri(chi, permesso, possono):
    incontro = IncontroFactory()

    assert {nome for nome, utente in chi.items() if utente.has_perm(permesso, incontro)} == possono


@pytest.mark.parametrize(
    ("permesso", "stato", "possono"),
    [
        ("incontri.view_verbale", "bozza", {"anna", "bruno", "superutente"}),
        ("incontri.view_verbale", "condiviso", {"anna", "bruno", "senait", "superutente"}),
        ("incontri.change_verbale", "bozza", {"anna", "bruno", "superutente"}),
        ("incontri.change_verbale", "condiviso", {"anna", "bruno", "superutente"}),
        ("incontri.scegli_redattori", "bozza", {"anna", "bruno", "superutente"}),
    ],
)
def test_chi_puo_sul_verbale_di_bruno(chi, permesso, stato, possono):
    verbale = VerbaleFactory(verbalizzante=chi["bruno"], stato=stato)

    assert {nome for nome, utente in chi.items() if utente.has_perm(permesso, verbale)} == possono


def test_chi_scrive_insieme_scrive_ma_non_sceglie_altri(bruno, senait):
    verbale = VerbaleFactory(verbalizzante=bruno)
    verbale.redattori.add(senait)

    assert senait.has_perm("incontri.change_verbale", verbale)
    assert not senait.has_perm("incontri.scegli_redattori", verbale)


@pytest.mark.parametrize("nome", CAST)
def test_elenco_e_permesso_danno_la_stessa_risposta(chi, nome):
    utente, bruno, senait = chi[nome], chi["bruno"], chi["senait"]
    VerbaleFactory(verbalizzante=bruno)
    VerbaleFactory(verbalizzante=senait)
    VerbaleFactory(verbalizzante=senait, stato="condiviso")
    VerbaleFactory(verbalizzante=chi["mira"])
    VerbaleFactory(verbalizzante=senait).redattori.add(bruno, chi["mira"])

    visibili = {v for v in Verbale.objects.all() if utente.has_perm("incontri.view_verbale", v)}
    assert set(Verbale.objects.visibili_a(utente)) == visibili
    incontri = {i for i in Incontro.objects.all() if utente.has_perm("incontri.view_incontro", i)}
    assert set(Incontro.objects.visibili_a(utente)) == incontri
