"""The cast: who uses the portal, with the same names in every test.

anna coordinates; bruno is the referente of Bollate; senait the referente of Senago; mira mediates; superuser bypasses.
"""

import os
import time

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as prove_a_caso

from incontri.models import Originale, Verbale
from incontri.models.posa_sigilli import senza
from risorse.ricerca.memoria import dimentica
from tavolo.base.permessi import COORDINAMENTO, MEDIATORI, REFERENTI
from tests.factories import ComuneFactory, EnteFactory, IncaricoFactory, SeggioFactory, UtenteFactory
from tests.mondo import crea_mondo

# How fast a machine invents examples says nothing of the rule they prove: speed is for benchmarks/.
prove_a_caso.register_profile("portale", deadline=None, suppress_health_check=[HealthCheck.too_slow])
prove_a_caso.load_profile("portale")

# Playwright drives Chromium from an event loop in the same thread that prepares rows for the live server.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session", autouse=True)
def anche_i_verbali_approvati_si_svuotano():
    """A test that commits empties every table at its end: approved minutes too, with the seals off only meanwhile."""
    svuota = TransactionTestCase._fixture_teardown

    def _svuota(self):
        # A request of a page that has just been closed may still be on its way: it is waited for.
        for volta in range(5):
            try:
                _svuota_adesso(self)
                break
            except (OperationalError, CommandError):
                if volta == 4:
                    raise
                connection.close()
                time.sleep(1)

    def _svuota_adesso(self):
        if Verbale.objects.fermi().exists() or Originale.objects.exists():
            with senza(connection):
                svuota(self)
        else:
            svuota(self)

    TransactionTestCase._fixture_teardown = _svuota
    yield
    TransactionTestCase._fixture_teardown = svuota


@pytest.fixture(autouse=True)
def impostazioni_di_prova(settings, tmp_path):
    """Uploads in a folder of the test; Italian, whatever language the last request of another test was in.

    What the search keeps per content version is forgotten: the number went back with the last test's database.
    """
    dimentica()
    settings.MEDIA_ROOT = tmp_path / "media"
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries):
    """pytest-django's own, once the content types are known: a process asks for each once in its life, in any test."""

    def _conta(*args, **opzioni):
        ContentType.objects.get_for_models(*apps.get_models())
        return django_assert_num_queries(*args, **opzioni)

    return _conta


@pytest.fixture
def bollate(db):
    return ComuneFactory(nome="Bollate", codice_istat="015027", slug="bollate")


@pytest.fixture
def senago(db):
    return ComuneFactory(nome="Senago", codice_istat="015206", slug="senago")


@pytest.fixture
def consorzio(db):
    return EnteFactory(denominazione="ASC Comuni Insieme per lo Sviluppo Sociale", tipo="azienda-consortile")


@pytest.fixture
def comune_di_bollate(bollate):
    return EnteFactory(denominazione="Comune di Bollate", tipo="comune", comune=bollate)


@pytest.fixture
def comune_di_senago(senago):
    return EnteFactory(denominazione="Comune di Senago", tipo="comune", comune=senago)


@pytest.fixture
def anna(consorzio):
    """The coordinator."""
    return UtenteFactory(
        nome="Anna", cognome="Coordina", email="anna@example.org", ente=consorzio, gruppi=[COORDINAMENTO]
    )


@pytest.fixture
def bruno(comune_di_bollate):
    """The referente of Bollate, who holds its seat."""
    utente = UtenteFactory(
        nome="Bruno", cognome="Bollate", email="bruno@example.org", ente=comune_di_bollate, gruppi=[REFERENTI]
    )
    IncaricoFactory(seggio=SeggioFactory(nome="Referente del Comune di Bollate", ente=comune_di_bollate), utente=utente)
    return utente


@pytest.fixture
def senait(comune_di_senago):
    """The referente of Senago: a colleague of Bruno's from another ente."""
    return UtenteFactory(
        nome="Senait", cognome="Senago", email="senait@example.org", ente=comune_di_senago, gruppi=[REFERENTI]
    )


@pytest.fixture
def mira(db):
    """The mediator."""
    return UtenteFactory(nome="Mira", cognome="Media", email="mira@example.org", gruppi=[MEDIATORI])


@pytest.fixture
def superutente(db):
    return UtenteFactory(nome="Super", cognome="Utente", email="super@example.org", is_superuser=True)


@pytest.fixture
def come(client):
    """`come(anna)` gives the test client with Anna logged in."""

    def _come(utente):
        client.force_login(utente, backend="referenti.accesso.AccessoPerEmail")
        return client

    return _come


@pytest.fixture
def mondo(bollate, comune_di_bollate, bruno):
    """A small world with one of everything, around Bruno and his ente."""
    return crea_mondo(comune=bollate, ente=comune_di_bollate, referente=bruno)
