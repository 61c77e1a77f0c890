"""The sample good practices of the demo: once, in their states, saying of themselves that they are samples."""

from django.core.management import call_command

from incontri.models import Adozione, BuonaPrassi
from incontri.servizi.demo_prassi import crea_prassi_di_esempio
from referenti.servizi.demo import crea_demo


def test_una_volta_sola_nei_loro_stati(db, settings):
    settings.DEMO = True
    call_command("carica_dati", "dati/", verbosity=0)
    persone = crea_demo()
    assert (crea_prassi_di_esempio(persone), crea_prassi_di_esempio(persone)) == (4, 0)
    assert dict(BuonaPrassi.objects.values_list("slug", "stato")) == {
        "esempio-avvisi-con-i-disegni": "pubblicata",
        "esempio-chi-e-gia-passato": "proposta",
        "esempio-italiano-con-i-bambini": "bozza",
        "esempio-sportello-di-sera": "pubblicata",
    }
    assert [(a.prassi.slug, a.comune.slug) for a in Adozione.objects.all()] == [("esempio-sportello-di-sera", "senago")]
    assert set(BuonaPrassi.objects.values_list("esempio", flat=True)) == {True}
    assert BuonaPrassi.objects.get(slug="esempio-sportello-di-sera").bisogni.count() == 2
