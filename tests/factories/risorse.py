"""Factories of the services: their words, places, hours, translations and the care that keeps them true."""

from datetime import date, time

import factory
from django.utils import timezone
from factory import SubFactory, post_generation
from factory.django import DjangoModelFactory

from risorse.models import (
    Categoria,
    Chiusura,
    Contatto,
    ControlloLink,
    Destinatari,
    DocumentoRichiesto,
    EnteInRicognizione,
    Lingua,
    LinguaParlata,
    ModalitaAccesso,
    Orario,
    PropostaModifica,
    RicercaVuota,
    Ricognizione,
    Risorsa,
    RisorsaInSede,
    RispostaRicognizione,
    Sede,
    Segnalazione,
    Sinonimo,
    StatoRisorsa,
    Traduzione,
    Valutazione,
    Verifica,
)
from risorse.models.traduzione import impronta
from tests.factories.referenti import ComuneFactory, EnteFactory


class CategoriaFactory(DjangoModelFactory):
    class Meta:
        model = Categoria

    nome = factory.Sequence(lambda n: f"Categoria {n}")
    descrizione = "In parole semplici"
    icona = "it-pa"


class DestinatariFactory(DjangoModelFactory):
    class Meta:
        model = Destinatari

    nome = factory.Sequence(lambda n: f"Destinatari {n}")


_CODICI = [f"{a}{b}" for a in "abcdefghij" for b in "klmnopqrst"]


class LinguaFactory(DjangoModelFactory):
    class Meta:
        model = Lingua

    nome = factory.Sequence(lambda n: f"Lingua {n}")
    codice = factory.Sequence(lambda n: _CODICI[n % len(_CODICI)])
    nome_proprio = factory.Sequence(lambda n: f"Nome proprio {n}")


class DocumentoRichiestoFactory(DjangoModelFactory):
    class Meta:
        model = DocumentoRichiesto

    nome = factory.Sequence(lambda n: f"Documento {n}")


class ModalitaAccessoFactory(DjangoModelFactory):
    class Meta:
        model = ModalitaAccesso

    nome = factory.Sequence(lambda n: f"Modalità {n}")


class RisorsaFactory(DjangoModelFactory):
    """A published service with its source; `categorie`, `comuni`, `destinatari` are lists to add."""

    class Meta:
        model = Risorsa
        skip_postgeneration_save = True

    ente = SubFactory(EnteFactory)
    nome = factory.Sequence(lambda n: f"Servizio {n:03d}")
    in_breve = "Che cosa fa"
    stato = StatoRisorsa.PUBBLICATA
    fonte = "Fonte di prova"

    @post_generation
    def categorie(self, creato, righe):
        self.categorie.add(*(righe or ()))

    @post_generation
    def comuni(self, creato, righe):
        self.comuni_serviti.add(*(righe or ()))

    @post_generation
    def destinatari(self, creato, righe):
        self.destinatari.add(*(righe or ()))


class LinguaParlataFactory(DjangoModelFactory):
    class Meta:
        model = LinguaParlata

    risorsa = SubFactory(RisorsaFactory)
    lingua = SubFactory(LinguaFactory)


class SedeFactory(DjangoModelFactory):
    class Meta:
        model = Sede

    ente = SubFactory(EnteFactory)
    nome = factory.Sequence(lambda n: f"Sede {n}")
    comune = SubFactory(ComuneFactory)


class RisorsaInSedeFactory(DjangoModelFactory):
    class Meta:
        model = RisorsaInSede

    risorsa = SubFactory(RisorsaFactory)
    sede = SubFactory(SedeFactory)


class ContattoFactory(DjangoModelFactory):
    class Meta:
        model = Contatto

    ente = SubFactory(EnteFactory)
    tipo = "telefono"
    valore = factory.Sequence(lambda n: f"02 55500{n:03d}")


class OrarioFactory(DjangoModelFactory):
    """A Monday morning of a service."""

    class Meta:
        model = Orario

    risorsa = SubFactory(RisorsaFactory)
    giorno = 1
    dalle = time(9)
    alle = time(12, 30)


class ChiusuraFactory(DjangoModelFactory):
    class Meta:
        model = Chiusura

    ente = SubFactory(EnteFactory)
    dal = date(2026, 8, 10)
    al = date(2026, 8, 21)


class TraduzioneFactory(DjangoModelFactory):
    """An up-to-date English name of a service."""

    class Meta:
        model = Traduzione

    oggetto = SubFactory(RisorsaFactory)
    campo = "nome"
    lingua = "en"
    testo = "A service"
    italiano = factory.LazyAttribute(lambda t: getattr(t.oggetto, t.campo))
    impronta = factory.LazyAttribute(lambda t: impronta(t.italiano))


class VerificaFactory(DjangoModelFactory):
    class Meta:
        model = Verifica

    risorsa = SubFactory(RisorsaFactory)
    modo = "accesso"


class PropostaModificaFactory(DjangoModelFactory):
    """A proposal of the service's own ente: another line "in breve"."""

    class Meta:
        model = PropostaModifica

    risorsa = SubFactory(RisorsaFactory)
    ente = factory.SelfAttribute("risorsa.ente")
    prima = factory.LazyAttribute(lambda p: {"in_breve": p.risorsa.in_breve})
    dopo = {"in_breve": "Adesso fa anche altro."}


class RicognizioneFactory(DjangoModelFactory):
    class Meta:
        model = Ricognizione

    titolo = factory.Sequence(lambda n: f"Ricognizione {n}")
    scadenza = date(2027, 1, 31)


class EnteInRicognizioneFactory(DjangoModelFactory):
    class Meta:
        model = EnteInRicognizione

    ricognizione = SubFactory(RicognizioneFactory)
    ente = SubFactory(EnteFactory)


class RispostaRicognizioneFactory(DjangoModelFactory):
    class Meta:
        model = RispostaRicognizione

    chiamato = SubFactory(EnteInRicognizioneFactory)
    risorsa = SubFactory(RisorsaFactory)
    esito = "confermata"


class ValutazioneFactory(DjangoModelFactory):
    class Meta:
        model = Valutazione

    risorsa = SubFactory(RisorsaFactory)
    voto = 4


class SegnalazioneFactory(DjangoModelFactory):
    class Meta:
        model = Segnalazione

    risorsa = SubFactory(RisorsaFactory)
    cosa = "orari"


class SinonimoFactory(DjangoModelFactory):
    class Meta:
        model = Sinonimo

    parola = factory.Sequence(lambda n: f"parola{n}")
    significati = "medico, consultorio"


class RicercaVuotaFactory(DjangoModelFactory):
    class Meta:
        model = RicercaVuota

    testo = factory.Sequence(lambda n: f"cosa {n}")
    lingua = "it"
    quante = 1


class ControlloLinkFactory(DjangoModelFactory):
    class Meta:
        model = ControlloLink

    contatto = SubFactory(ContattoFactory, tipo="web", valore="https://example.org/")
    controllato_il = factory.LazyFunction(timezone.now)
