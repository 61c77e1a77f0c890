"""Factories of the meetings: agendas, minutes, commitments, requests and their attachments."""

import factory
from factory import SubFactory
from factory.django import DjangoModelFactory

from incontri.models import (
    Allegato,
    Convocazione,
    Impegno,
    Incontro,
    Istanza,
    MessaggioIstanza,
    ModelloIncontro,
    Originale,
    Osservazione,
    Presenza,
    PuntoModello,
    PuntoOdg,
    Rettifica,
    RevisioneImpegno,
    Tema,
    Verbale,
    Voce,
)
from tests.factories.referenti import EnteFactory, SeggioFactory, UtenteFactory


class TemaFactory(DjangoModelFactory):
    class Meta:
        model = Tema

    nome = factory.Sequence(lambda n: f"Tema {n}")


class IncontroFactory(DjangoModelFactory):
    class Meta:
        model = Incontro

    titolo = factory.Sequence(lambda n: f"Incontro {n:03d}")


class PuntoOdgFactory(DjangoModelFactory):
    class Meta:
        model = PuntoOdg

    incontro = SubFactory(IncontroFactory)
    titolo = factory.Sequence(lambda n: f"Punto {n}")
    ordine = factory.Sequence(lambda n: n)


class PresenzaFactory(DjangoModelFactory):
    class Meta:
        model = Presenza

    incontro = SubFactory(IncontroFactory)
    seggio = SubFactory(SeggioFactory)
    ente = factory.SelfAttribute("seggio.ente")
    esito = "in-sede"


class VerbaleFactory(DjangoModelFactory):
    class Meta:
        model = Verbale

    incontro = SubFactory(IncontroFactory)
    verbalizzante = SubFactory(UtenteFactory)


class VoceFactory(DjangoModelFactory):
    class Meta:
        model = Voce

    punto = SubFactory(PuntoOdgFactory)
    testo = "Si è detto questo."


class ModelloIncontroFactory(DjangoModelFactory):
    class Meta:
        model = ModelloIncontro

    nome = factory.Sequence(lambda n: f"Modello {n}")
    titolo = "Incontro del Tavolo"


class PuntoModelloFactory(DjangoModelFactory):
    class Meta:
        model = PuntoModello

    modello = SubFactory(ModelloIncontroFactory)
    titolo = factory.Sequence(lambda n: f"Punto {n}")
    ordine = factory.Sequence(lambda n: n)


class ConvocazioneFactory(DjangoModelFactory):
    class Meta:
        model = Convocazione

    incontro = SubFactory(IncontroFactory)
    seggio = SubFactory(SeggioFactory)
    ente = factory.SelfAttribute("seggio.ente")
    nome = "Chi viene"
    email = "convocato@example.org"


class OsservazioneFactory(DjangoModelFactory):
    class Meta:
        model = Osservazione

    verbale = SubFactory(VerbaleFactory, stato="condiviso")
    ente = SubFactory(EnteFactory)
    testo = "Manca quello che ha detto il nostro ente."


class RettificaFactory(DjangoModelFactory):
    class Meta:
        model = Rettifica

    verbale = SubFactory(VerbaleFactory)
    testo = "Il numero giusto è 12."
    motivo = "Un numero era sbagliato."


class OriginaleFactory(DjangoModelFactory):
    class Meta:
        model = Originale

    verbale = SubFactory(VerbaleFactory)
    contenuto = "{}"
    html = "<!doctype html>"
    pdf = b"%PDF-1.7"
    impronta_contenuto = impronta_html = impronta_pdf = "0" * 64


class ImpegnoFactory(DjangoModelFactory):
    class Meta:
        model = Impegno

    testo = factory.Sequence(lambda n: f"Impegno {n}")
    ente = SubFactory(EnteFactory)


class RevisioneImpegnoFactory(DjangoModelFactory):
    class Meta:
        model = RevisioneImpegno

    impegno = SubFactory(ImpegnoFactory)
    stato = "aperto"


class IstanzaFactory(DjangoModelFactory):
    class Meta:
        model = Istanza

    oggetto = factory.Sequence(lambda n: f"Istanza {n}")
    testo = "Chiediamo tempi certi per le visite."
    destinatario = SubFactory(EnteFactory)


class MessaggioIstanzaFactory(DjangoModelFactory):
    class Meta:
        model = MessaggioIstanza

    istanza = SubFactory(IstanzaFactory)
    nome = "Chi risponde"
    testo = "Rispondiamo entro il mese."


class AllegatoFactory(DjangoModelFactory):
    class Meta:
        model = Allegato

    incontro = SubFactory(IncontroFactory)
    titolo = "Relazione"
    nome_file = "relazione.txt"
    file = factory.django.FileField(filename="relazione.txt", data=b"Testo della relazione.")
    tipo = "text/plain"
    dimensione = 22
    impronta = "0" * 64
