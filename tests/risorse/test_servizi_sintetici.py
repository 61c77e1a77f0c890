"""Synthetic services: as many as asked, repeatable, marked as samples, and gone without a trace."""

import pytest
from django.core.management import CommandError, call_command

from referenti.models import Ente
from risorse.models import Orario, Risorsa, Sede
from risorse.servizi.sintetici import crea_sintetici, togli_sintetici
from tavolo.base import contenuto
from tests.factories import CategoriaFactory, DestinatariFactory, LinguaFactory


@pytest.fixture
def termini(bollate, senago):
    return [CategoriaFactory(), CategoriaFactory()], LinguaFactory(), DestinatariFactory()


def test_sono_quanti_chiesti_e_si_vedono(termini):
    assert crea_sintetici(30, enti=4) == 30
    assert Risorsa.objects.attive().filter(esempio=True).count() == 30
    assert {r.categorie.count() for r in Risorsa.objects.all()} == {2}
    assert (Ente.objects.filter(esempio=True).count(), Sede.objects.count()) == (4, 30)
    assert Orario.objects.count() >= 60


def test_lo_stesso_seme_da_gli_stessi_servizi(termini):
    crea_sintetici(5, enti=2)
    primi = list(Risorsa.objects.values_list("nome", "in_breve"))
    togli_sintetici()
    crea_sintetici(5, enti=2)
    assert list(Risorsa.objects.values_list("nome", "in_breve")) == primi


def test_se_ne_vanno_tutti_e_la_versione_del_contenuto_sale(termini):
    crea_sintetici(5, enti=2)
    prima = contenuto.versione()
    assert togli_sintetici() == 5
    assert (Risorsa.objects.count(), Sede.objects.count(), Ente.objects.filter(esempio=True).count()) == (0, 0, 0)
    assert contenuto.versione() > prima


def test_due_volte_no(termini):
    crea_sintetici(1)
    with pytest.raises(ValueError, match="ci sono già"):
        crea_sintetici(1)


def test_il_comando_vale_solo_in_una_demo(termini, settings, capsys):
    with pytest.raises(CommandError, match="solo in una dimostrazione"):
        call_command("crea_sintetici", "3")
    settings.DEMO = True
    call_command("crea_sintetici", "3", "--enti", "1")
    assert capsys.readouterr().out == "Servizi sintetici creati: 3.\n"
    with pytest.raises(CommandError, match="Scrivi quanti"):
        call_command("crea_sintetici", "-3")
