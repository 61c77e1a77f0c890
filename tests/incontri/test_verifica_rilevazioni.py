"""The command that works the rankings out again: silent when they follow from the votes, exit code 1 when they do not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from incontri.models import Voto
from incontri.servizi.rilevazioni.turni import passa
from tests import factories as f


@pytest.fixture
def chiusa(anna):
    enti = f.EnteFactory.create_batch(3)
    bisogno = f.BisognoFactory(titolo="Casa")
    rilevazione = f.RilevazioneFactory(titolo="Primavera", stato="fra-i-turni", bisogni=[bisogno], enti=enti)
    for ente, gravita in zip(enti, (5, 4, 3), strict=True):
        f.VotoFactory(rilevazione=rilevazione, bisogno=bisogno, ente=ente, gravita=gravita)
    passa(rilevazione, "chiudi", autore=anna)
    return rilevazione


def verifica():
    uscita = StringIO()
    call_command("verifica_rilevazioni", stdout=uscita)
    return uscita.getvalue()


def test_i_conti_tornano(chiusa):
    f.RilevazioneFactory(stato="primo-turno")  # nothing kept yet, nothing to say
    assert verifica() == "Primavera: i conti tornano.\n"


def test_un_voto_cambiato_dopo_la_chiusura_si_vede(chiusa):
    Voto.objects.filter(rilevazione=chiusa, gravita=3).delete()
    with pytest.raises(CommandError, match="conti non tornano: 1"):
        verifica()


def test_un_numero_cambiato_si_vede(chiusa, capsys):
    chiusa.risultati["righe"][0]["n"] = "99"
    chiusa.save()
    with pytest.raises(CommandError, match="conti non tornano: 1"):
        call_command("verifica_rilevazioni")
    assert capsys.readouterr().out == ("Primavera: quello che è conservato è cambiato dopo la chiusura; «Casa»: n.\n")
