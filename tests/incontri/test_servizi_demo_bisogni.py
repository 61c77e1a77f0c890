"""The sample needs of the demo: once, through the services, and saying of themselves that they are samples."""

import pytest
from django.core.management import call_command

from incontri.models import Bisogno, Evidenza
from incontri.servizi.bisogni.evidenze import giudizio_di
from incontri.servizi.demo import crea_incontri_di_esempio
from incontri.servizi.demo_bisogni import crea_bisogni_di_esempio
from referenti.servizi.demo import crea_demo


@pytest.fixture
def persone(db, settings):
    settings.DEMO = True
    call_command("carica_dati", "dati/", verbosity=0)
    return crea_demo()


def test_una_volta_sola_con_le_loro_evidenze_le_origini_e_un_doppio(persone):
    crea_incontri_di_esempio(persone)
    assert (crea_bisogni_di_esempio(persone), crea_bisogni_di_esempio(persone)) == (16, 0)
    tardi = Bisogno.objects.get(slug="esempio-mediazione-tardi")
    assert giudizio_di(tardi).lettera == "A"
    assert [b.slug for b in tardi.uniti.all()] == ["esempio-mediazione-in-ritardo"]
    assert sorted(o.tipo for o in tardi.origini.all()) == ["a-mano", "verbale"]
    assert Evidenza.objects.filter(soppresso=True).count() == 1
    assert Bisogno.objects.get(stato="superato").motivo.startswith("È un esempio")
    assert set(Bisogno.objects.values_list("esempio", flat=True)) == {True}


def test_senza_i_dati_del_territorio_lo_dice(db):
    with pytest.raises(Bisogno.DoesNotExist, match="bisogni di esempio"):
        crea_bisogni_di_esempio([None] * 3)
