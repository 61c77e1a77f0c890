"""The quorum is counted per ente, on seats, and only where somebody asked for it."""

import pytest

from incontri.servizi.quorum import Quorum, quorum
from tests.factories import EnteFactory, IncontroFactory, PresenzaFactory, SeggioFactory


@pytest.mark.django_db
def test_si_conta_un_ente_una_volta_e_non_gli_ospiti():
    incontro, ente = IncontroFactory(quorum=3), EnteFactory()
    for esito in ("in-sede", "online"):
        PresenzaFactory(incontro=incontro, seggio=SeggioFactory(ente=ente), esito=esito)
    PresenzaFactory(incontro=incontro, esito="delega")
    PresenzaFactory(incontro=incontro, esito="assente")
    PresenzaFactory(incontro=incontro, seggio=None, ente=EnteFactory(), ospite="Giulia")

    contato = quorum(incontro)

    assert (contato, contato.raggiunto, contato.mancano) == (Quorum(2, 3), False, 1)


@pytest.mark.django_db
def test_senza_quorum_non_si_conta(django_assert_num_queries):
    incontro = IncontroFactory()

    with django_assert_num_queries(0):
        assert quorum(incontro) is None


@pytest.mark.parametrize(("presenti", "mancano"), [(3, 0), (5, 0), (1, 2)])
def test_quanti_ne_mancano(presenti, mancano):
    assert Quorum(presenti, 3).mancano == mancano
