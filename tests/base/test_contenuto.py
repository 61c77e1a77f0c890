"""The content version rises with every change of what the public may see, and only then."""

import pytest
from django.db import transaction

from tavolo.base import contenuto
from tests.factories import CategoriaFactory, EnteFactory, RisorsaFactory, UtenteFactory


@pytest.fixture
def sale(db):
    """`sale(fa)` tells whether `fa()` raised the version."""

    def _sale(fa):
        prima = contenuto.versione()
        fa()
        return contenuto.versione() > prima

    return _sale


def test_sale_con_ogni_scrittura_che_il_pubblico_vede(sale):
    ente, categoria = EnteFactory(), CategoriaFactory()
    risorsa = RisorsaFactory(ente=ente)
    assert sale(ente.save)
    assert sale(lambda: risorsa.categorie.add(categoria))
    assert sale(risorsa.categorie.clear)
    assert sale(risorsa.delete)


def test_non_sale_per_chi_entra_nel_portale(sale):
    utente = UtenteFactory()
    assert not sale(utente.save)


def test_torna_indietro_con_la_transazione(db):
    ente, prima = EnteFactory(), contenuto.versione()
    with transaction.atomic():
        ente.save()
        transaction.set_rollback(True)
    assert contenuto.versione() == prima


def test_chi_ascolta_riceve_la_riga(db, monkeypatch):
    viste = []
    monkeypatch.setattr(contenuto, "ALLA_MODIFICA", [viste.append])
    ente = EnteFactory()
    assert viste == [ente]
