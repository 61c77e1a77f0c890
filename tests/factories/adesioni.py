"""Factories of the requests to join: one whose address is confirmed, its place on an agenda, a mail about it."""

import factory
from django.utils import timezone
from factory import SubFactory
from factory.django import DjangoModelFactory

from incontri.models import DiscussioneAdesione
from referenti.models import AvvisoAdesione, RichiestaAdesione
from tests.factories.bisogni import _ConInsiemi
from tests.factories.incontri import PuntoOdgFactory


class RichiestaAdesioneFactory(_ConInsiemi):
    class Meta:
        model = RichiestaAdesione

    denominazione = factory.Sequence(lambda n: f"Associazione {n}")
    tipo = "associazione"
    che_cosa_fa = "Insegna l'italiano."
    perche = "Vogliamo lavorare con gli altri."
    nome = "Irene"
    cognome = "Chiede"
    ruolo = "Presidente"
    email = factory.Sequence(lambda n: f"ente{n}@example.org")
    stato = "confermata"
    confermata_il = factory.LazyAttribute(lambda riga: None if riga.stato == "ricevuta" else timezone.now())


class DiscussioneAdesioneFactory(DjangoModelFactory):
    class Meta:
        model = DiscussioneAdesione

    richiesta = SubFactory(RichiestaAdesioneFactory, stato="in-discussione")
    punto = SubFactory(PuntoOdgFactory)


class AvvisoAdesioneFactory(DjangoModelFactory):
    class Meta:
        model = AvvisoAdesione

    richiesta = SubFactory(RichiestaAdesioneFactory)
    genere = "conferma"
