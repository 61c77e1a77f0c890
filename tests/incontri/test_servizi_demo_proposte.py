"""The sample proposals of the demo: once, one in each sort of state, the concluded one with what changed."""

import pytest
from django.core.management import call_command

from incontri.models import Impegno, Proposta
from incontri.servizi.demo import crea_incontri_di_esempio
from incontri.servizi.demo_proposte import crea_proposte_di_esempio
from referenti.servizi.demo import crea_demo


@pytest.fixture
def persone(db, settings):
    settings.DEMO = True
    call_command("carica_dati", "dati/", verbosity=0)
    return crea_demo()


def test_una_volta_sola_e_ognuna_a_un_punto_diverso(persone):
    crea_incontri_di_esempio(persone)
    assert (crea_proposte_di_esempio(persone), crea_proposte_di_esempio(persone)) == (4, 0)
    assert sorted(Proposta.objects.values_list("stato", flat=True)) == [
        "abbandonata",
        "conclusa",
        "idea",
        "in-attuazione",
    ]
    conclusa = Proposta.objects.get(stato="conclusa")
    (esito,) = conclusa.esiti.all()
    assert (esito.evidenza.valore, esito.valore) == (35, 8)
    assert Impegno.objects.get(proposta__isnull=False).proposta.stato == "in-attuazione"
    assert set(Proposta.objects.values_list("esempio", flat=True)) == {True}
