"""The sample meetings of the demo: the whole life of minutes, once, and nothing that could pass for true."""

import pytest
from django.core.management import call_command

from incontri.models import Impegno, Incontro, Verbale
from incontri.servizi.avvisi import tutti_da_avvisare
from incontri.servizi.demo import crea_incontri_di_esempio
from referenti.servizi.demo import crea_demo


@pytest.fixture
def persone(db, settings):
    settings.DEMO = True
    call_command("carica_dati", "dati/", verbosity=0)
    return crea_demo()


def test_lasciano_una_vita_intera_e_una_volta_sola(persone):
    assert (crea_incontri_di_esempio(persone), crea_incontri_di_esempio(persone)) == (3, 0)
    incontri = Incontro.objects.filter(slug__startswith="incontro-di-esempio-").order_by("inizio")
    assert [i.stato for i in incontri] == ["svolto", "svolto", "convocato"]
    assert all(i.titolo.startswith("Incontro di esempio: ") for i in incontri)
    verbali = Verbale.objects.order_by("incontro__inizio")
    assert [v.stato for v in verbali] == ["pubblicato", "condiviso"]
    assert incontri[1].punti.first().voci.get().esito == "unanimita"
    assert incontri[2].punti.first().verbale_da_approvare == verbali[1]


def test_non_scrive_a_nessuno_e_nessuno_resta_da_avvisare(persone, mailoutbox):
    crea_incontri_di_esempio(persone)
    assert mailoutbox == []
    assert tutti_da_avvisare() == []


def test_un_impegno_e_in_ritardo(persone):
    crea_incontri_di_esempio(persone)
    assert Impegno.objects.count() == 3
    assert Impegno.objects.in_ritardo().get().ente.slug == "comune-di-bollate"
