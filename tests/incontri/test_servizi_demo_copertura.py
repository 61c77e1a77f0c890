"""The sample declarations of coverage."""

from incontri.models import Copertura
from incontri.servizi.demo_copertura import crea_coperture_di_esempio
from tests import factories as f
from tests.incontri.test_copertura_celle import verificata


def test_le_dichiarazioni_di_esempio_nascono_una_volta_sola(bollate, comune_di_senago, anna):
    salute = f.CategoriaFactory()
    servizio = verificata(categorie=[salute], comuni=[bollate])
    bisogno = f.BisognoFactory(categorie=[salute], esempio=True)
    f.BisognoFactory(categorie=[salute])
    f.EvidenzaFactory(bisogno=bisogno, tipo="in-bisogno", comune=bollate, valore=100)
    quante = crea_coperture_di_esempio([anna])
    prima = Copertura.objects.get(comune=bollate)
    assert (prima.bisogno, prima.risorsa, prima.raggiunti, prima.autore) == (bisogno, servizio, 75, anna)
    assert quante == Copertura.objects.filter(bisogno=bisogno).count() == Copertura.objects.count()
    assert crea_coperture_di_esempio([anna]) == 0
