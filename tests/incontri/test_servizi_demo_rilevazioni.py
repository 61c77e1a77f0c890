"""The sample rounds of the demo: one published with its decision, one in which Bollate still has to vote."""

import pytest
from django.core.management import call_command

from incontri.models import Bisogno, Rilevazione
from incontri.servizi.demo_rilevazioni import crea_rilevazioni_di_esempio
from incontri.servizi.rilevazioni.risultati import impronta
from incontri.servizi.rilevazioni.voti import da_votare
from referenti.servizi.demo import crea_demo


def test_una_pubblicata_e_una_in_corso_una_volta_sola(db, settings):
    settings.DEMO = True
    call_command("carica_dati", "dati/", verbosity=0)
    persone = crea_demo()
    assert (crea_rilevazioni_di_esempio(persone), crea_rilevazioni_di_esempio(persone)) == (2, 0)
    pubblicata = Rilevazione.objects.get(stato="pubblicata")
    verbale = pubblicata.decisione.punto.incontro.verbale
    assert (verbale.stato, pubblicata.decisione.pubblica, pubblicata.turno) == ("pubblicato", True, 2)
    assert pubblicata.risultati["sha256"] == impronta(pubblicata.risultati)
    assert [riga["accordo"] for riga in pubblicata.risultati["righe"]].count("da-discutere") == 1
    assert [riga["accordo"] for riga in pubblicata.risultati["righe"] if riga["fragile"]] == ["da-discutere"]
    assert Bisogno.objects.pubblici().count() == 6
    in_corso = Rilevazione.objects.get(stato="primo-turno")
    assert [(r, conto.dati, conto.tutti) for r, conto in da_votare(persone[1])] == [(in_corso, 0, 5)]


def test_senza_i_dati_del_territorio_lo_dice(db):
    with pytest.raises(Bisogno.DoesNotExist):
        crea_rilevazioni_di_esempio([None] * 3)
