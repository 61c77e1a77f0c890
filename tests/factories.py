"""Factories: one valid row of each noun, with nothing more than the noun needs."""

import factory
from django.contrib.auth.models import Group
from factory import SubFactory, post_generation
from factory.django import DjangoModelFactory

from incontri.models import Incontro, Presenza, PuntoOdg, Tema, Verbale, Voce
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
from risorse.models import (
    Categoria,
    Contatto,
    Destinatari,
    DocumentoRichiesto,
    Lingua,
    LinguaParlata,
    ModalitaAccesso,
    Risorsa,
    RisorsaInSede,
    Sede,
    StatoRisorsa,
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
