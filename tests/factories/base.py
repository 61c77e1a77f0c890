"""Factories of what all the apps share: an import."""

import factory
from factory.django import DjangoModelFactory

from tavolo.base.models import Importazione, StatoImportazione


class ImportazioneFactory(DjangoModelFactory):
    """One that ended with an error."""

    class Meta:
        model = Importazione

    lavoro = "risorse.tracciati.TracciatoRisorsa"
    titolo = "servizi"
    nome_file = "servizi.csv"
    stato = StatoImportazione.RIFIUTATA
    errori = factory.LazyFunction(lambda: [[2, "ente", "«x» non esiste."]])
    errori_in_tutto = 1
