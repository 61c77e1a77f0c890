"""Factories of who sits at the table: comuni, enti, people, seats, the protocol and its steps."""

import factory
from django.contrib.auth.models import Group
from factory import SubFactory, post_generation
from factory.django import DjangoModelFactory

from referenti.models import (
    Articolo,
    Comune,
    Ente,
    Incarico,
    Indicatore,
    Protocollo,
    Seggio,
    Sottoscrizione,
    Tappa,
    TipoEnte,
    Utente,
)


class ComuneFactory(DjangoModelFactory):
    class Meta:
        model = Comune

    nome = factory.Sequence(lambda n: f"Comune {n}")
    codice_istat = factory.Sequence(lambda n: f"{n:06d}")
    nell_ambito = True
    latitudine = "45.55000"
    longitudine = "9.11000"
    confine = {"type": "Polygon", "coordinates": [[[9.1, 45.5], [9.2, 45.5], [9.2, 45.6], [9.1, 45.5]]]}


class EnteFactory(DjangoModelFactory):
    class Meta:
        model = Ente

    denominazione = factory.Sequence(lambda n: f"Ente {n}")
    tipo = TipoEnte.ASSOCIAZIONE


class UtenteFactory(DjangoModelFactory):
    class Meta:
        model = Utente
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@example.org")
    nome = "Persona"
    cognome = factory.Sequence(lambda n: f"Numero {n}")

    @post_generation
    def gruppi(self, creato, nomi):
        for nome in nomi or ():
            self.groups.add(Group.objects.get_or_create(name=nome)[0])


class SeggioFactory(DjangoModelFactory):
    class Meta:
        model = Seggio

    nome = factory.Sequence(lambda n: f"Seggio {n}")
    ente = SubFactory(EnteFactory)


class IncaricoFactory(DjangoModelFactory):
    class Meta:
        model = Incarico

    seggio = SubFactory(SeggioFactory)
    utente = SubFactory(UtenteFactory)


class IndicatoreFactory(DjangoModelFactory):
    class Meta:
        model = Indicatore

    voce = "residenti"
    valore = 100
    unita = factory.LazyAttribute(lambda riga: "percento" if riga.voce.startswith("quota-") else "persone")
    riferimento = "2022-01-01"
    fonte = factory.Sequence(lambda n: f"Fonte {n}")


class ProtocolloFactory(DjangoModelFactory):
    class Meta:
        model = Protocollo

    titolo = factory.Sequence(lambda n: f"Protocollo {n}")


class ArticoloFactory(DjangoModelFactory):
    class Meta:
        model = Articolo

    protocollo = SubFactory(ProtocolloFactory)
    numero = factory.Sequence(lambda n: n + 1)
    titolo = "Obiettivo"
    testo = "Testo dell'articolo."


class SottoscrizioneFactory(DjangoModelFactory):
    class Meta:
        model = Sottoscrizione

    protocollo = SubFactory(ProtocolloFactory)
    ente = SubFactory(EnteFactory)


class TappaFactory(DjangoModelFactory):
    class Meta:
        model = Tappa

    titolo = factory.Sequence(lambda n: f"Tappa {n}")
