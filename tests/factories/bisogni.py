"""Factories of the needs and of what comes of them: evidence, scoring rounds, coverage, proposals, good practices."""

from datetime import date

import factory
from factory import SubFactory
from factory.django import DjangoModelFactory

from incontri.models import (
    Adozione,
    Bisogno,
    BisognoInRilevazione,
    BuonaPrassi,
    CommentoRestituzione,
    Copertura,
    EsitoProposta,
    Evidenza,
    OriginaleRestituzione,
    OrigineBisogno,
    PassoProposta,
    Proposta,
    Restituzione,
    Rilevazione,
    SezioneRestituzione,
    Voto,
    VotoComune,
)
from tests.factories.incontri import TemaFactory
from tests.factories.referenti import ComuneFactory, EnteFactory


class _ConInsiemi(DjangoModelFactory):
    """A row whose many-to-many columns are given as lists: `bisogni=[uno, due]`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        insiemi = {c.name: kwargs.pop(c.name) for c in model_class._meta.many_to_many if c.name in kwargs}
        riga = super()._create(model_class, *args, **kwargs)
        for nome, valori in insiemi.items():
            getattr(riga, nome).set(valori)
        return riga


class BisognoFactory(_ConInsiemi):
    class Meta:
        model = Bisogno

    titolo = factory.Sequence(lambda n: f"Bisogno {n:03d}")
    tema = SubFactory(TemaFactory)


class OrigineBisognoFactory(DjangoModelFactory):
    class Meta:
        model = OrigineBisogno

    bisogno = SubFactory(BisognoFactory)
    nota = "Lo dicono gli sportelli."


class EvidenzaFactory(DjangoModelFactory):
    class Meta:
        model = Evidenza

    bisogno = SubFactory(BisognoFactory)
    testo = "Persone che aspettano un mediatore"
    valore = 120
    unita = "persone"
    riferimento = "2026"
    fonte = "ASST Rhodense"


class RilevazioneFactory(_ConInsiemi):
    """A scoring round; `bisogni=[…]` puts needs into it in that order."""

    class Meta:
        model = Rilevazione

    titolo = factory.Sequence(lambda n: f"Rilevazione {n:03d}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        bisogni = kwargs.pop("bisogni", ())
        riga = super()._create(model_class, *args, **kwargs)
        for ordine, bisogno in enumerate(bisogni):
            BisognoInRilevazione.objects.create(rilevazione=riga, bisogno=bisogno, ordine=ordine)
        return riga


class VotoFactory(DjangoModelFactory):
    class Meta:
        model = Voto

    rilevazione = SubFactory(RilevazioneFactory)
    bisogno = SubFactory(BisognoFactory)
    ente = SubFactory(EnteFactory)
    gravita = 4
    equita = 3


class VotoComuneFactory(DjangoModelFactory):
    class Meta:
        model = VotoComune

    voto = SubFactory(VotoFactory)
    comune = SubFactory(ComuneFactory)
    gravita = 4


class CoperturaFactory(DjangoModelFactory):
    class Meta:
        model = Copertura

    bisogno = SubFactory(BisognoFactory)
    ente = SubFactory(EnteFactory)
    comune = SubFactory(ComuneFactory)


class PropostaFactory(_ConInsiemi):
    class Meta:
        model = Proposta

    titolo = factory.Sequence(lambda n: f"Proposta {n:03d}")
    descrizione = "Un elenco unico dei mediatori."
    capofila = SubFactory(EnteFactory)


class PassoPropostaFactory(DjangoModelFactory):
    class Meta:
        model = PassoProposta

    proposta = SubFactory(PropostaFactory)
    testo = factory.Sequence(lambda n: f"Passo {n}")


class EsitoPropostaFactory(DjangoModelFactory):
    class Meta:
        model = EsitoProposta

    proposta = SubFactory(PropostaFactory)
    evidenza = SubFactory(EvidenzaFactory)
    valore = 60
    riferimento = "2027"
    fonte = "ASST Rhodense"


class BuonaPrassiFactory(_ConInsiemi):
    class Meta:
        model = BuonaPrassi

    titolo = factory.Sequence(lambda n: f"Buona prassi {n:03d}")
    ente = SubFactory(EnteFactory)
    in_breve = "Lo sportello apre anche la sera."
    contesto = "Chi lavora non arriva in orario."
    azione = "Due sere la settimana."
    risultati = "Vengono trenta persone in più al mese."


class AdozioneFactory(DjangoModelFactory):
    class Meta:
        model = Adozione

    prassi = SubFactory(BuonaPrassiFactory)
    comune = SubFactory(ComuneFactory)
    dal = "2026-09"


class RestituzioneFactory(_ConInsiemi):
    class Meta:
        model = Restituzione

    titolo = factory.Sequence(lambda n: f"Documento {n}")
    dal = date(2026, 1, 1)
    al = date(2026, 12, 31)


class SezioneRestituzioneFactory(DjangoModelFactory):
    class Meta:
        model = SezioneRestituzione

    restituzione = SubFactory(RestituzioneFactory)
    genere = "metodo"
    testo = "Il Tavolo ha lavorato così."
    compilato = factory.SelfAttribute("testo")


class CommentoRestituzioneFactory(DjangoModelFactory):
    class Meta:
        model = CommentoRestituzione

    sezione = SubFactory(SezioneRestituzioneFactory)
    testo = "Manca la scuola."


class OriginaleRestituzioneFactory(DjangoModelFactory):
    class Meta:
        model = OriginaleRestituzione

    restituzione = SubFactory(RestituzioneFactory)
    contenuto = "{}"
    html = "<p>Documento</p>"
    pdf = b"%PDF-1.7"
    impronta_contenuto = impronta_html = impronta_pdf = "0" * 64
