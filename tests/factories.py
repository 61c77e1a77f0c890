"""Factories: one valid row of each noun, with nothing more than the noun needs."""

from datetime import date, time

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from factory import SubFactory, post_generation
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
from tavolo.base.models import Importazione, StatoImportazione


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
