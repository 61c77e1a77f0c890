"""The territory is data: loads the files of a `dati/` folder, all of them or none."""

import difflib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from incontri.tracciati import TracciatoIncontro, TracciatoModelloIncontro, TracciatoPuntoModello, TracciatoTema
from incontri.tracciati.bisogni import TracciatoBisogno, TracciatoEvidenza
from referenti.models import Comune
from referenti.tracciati import (
    TracciatoArticolo,
    TracciatoComune,
    TracciatoEnte,
    TracciatoIndicatore,
    TracciatoProtocollo,
    TracciatoSeggio,
    TracciatoSottoscrizione,
    TracciatoTappa,
)
from risorse.ricerca.indice import raccolta
from risorse.servizi.scambio_traduzioni import da_csv, importa
from risorse.tracciati import (
    TracciatoCategoria,
    TracciatoChiusura,
    TracciatoContatto,
    TracciatoDestinatari,
    TracciatoDocumentoRichiesto,
    TracciatoLingua,
    TracciatoLinguaParlata,
    TracciatoModalitaAccesso,
    TracciatoOrario,
    TracciatoRisorsa,
    TracciatoRisorsaInSede,
    TracciatoSede,
)
from risorse.tracciati.ricerca import TracciatoSinonimo
from tavolo.base.esiti import Errore
from tavolo.base.formati import CSV, FileNonLeggibile, apri_zip
from tavolo.base.tracciati import Tracciato

ESTENSIONI = (".csv", ".geojson")


@dataclass
class FileCaricato:
    """What one file brought: how many rows are new, changed, as they were, and what is wrong."""

    nome: str
    nuove: int = 0
    aggiornate: int = 0
    invariate: int = 0
    errori: list[Errore] = field(default_factory=list)


@dataclass
class Caricamento:
    """What a load did, or would do."""

    file: list[FileCaricato] = field(default_factory=list)
    avvisi: list[str] = field(default_factory=list)

    @property
    def errori(self) -> list[str]:
        """Every error of every file, as "enti.csv, riga 3, colonna «tipo»: …"."""
        return [
            f"{uno.nome}, {errore}" if errore.riga else f"{uno.nome}: {errore}"
            for uno in self.file
            for errore in uno.errori
        ]

    @property
    def riuscito(self) -> bool:
        """Whether there was something to load and nothing was wrong."""
        return bool(self.file) and not self.errori


def carica(contenuti: Mapping[str, bytes], *, autore: Any = None, prova: bool = False) -> Caricamento:
    """Load the files, given by name, in the order of `FILE` and in one transaction.

    With any error, or with `prova`, nothing is saved. Files nobody knows are not read: they end up in `avvisi`.
    """
    caricamento = Caricamento(avvisi=[_sconosciuto(nome) for nome in sorted(contenuti) if nome not in FILE])
    with transaction.atomic():
        with raccolta():
            for nome, leggi in FILE.items():
                if nome in contenuti:
                    caricato = FileCaricato(nome)
                    leggi(caricato, contenuti[nome], autore)
                    caricamento.file.append(caricato)
        if prova or caricamento.errori:
            transaction.set_rollback(True)
    return caricamento


def leggi_cartella(cartella: Path) -> dict[str, bytes]:
    """The files of a folder whose extension is one of ours, by name."""
    return {f.name: f.read_bytes() for f in sorted(cartella.iterdir()) if f.suffix.lower() in ESTENSIONI}


def leggi_archivio(contenuto: bytes) -> dict[str, bytes]:
    """The files of a zip, by name and whatever their folder; raises FileNonLeggibile."""
    trovati = {}
    with apri_zip(contenuto) as archivio:
        for voce in archivio.infolist():
            percorso = PurePosixPath(voce.filename)
            if voce.is_dir() or percorso.suffix.lower() not in ESTENSIONI or "__MACOSX" in percorso.parts:
                continue
            if percorso.name in trovati:
                raise FileNonLeggibile(f"L'archivio ha due file di nome «{percorso.name}».")
            try:
                trovati[percorso.name] = archivio.read(voce)
            except Exception as errore:  # a wrong checksum, a password, an unknown compression
                raise FileNonLeggibile(f"Non riesco ad aprire «{percorso.name}» dentro l'archivio.") from errore
    return trovati


def _tabella(tracciato: type[Tracciato]) -> Callable:
    def leggi(caricato: FileCaricato, contenuto: bytes, autore: Any) -> None:
        try:
            tabella = CSV().create_dataset(contenuto)
        except FileNonLeggibile as errore:
            caricato.errori = [Errore(0, "", messaggio) for messaggio in errore.messaggi]
            return
        # Good rows stay until the end of the load, so that the next files are not blamed for them.
        esito = tracciato(anteprima=False).import_data(tabella, rollback_on_validation_errors=False, user=autore)
        caricato.nuove, caricato.aggiornate = esito.nuove, esito.aggiornate
        caricato.invariate, caricato.errori = esito.invariate, esito.errori

    return leggi


def _confini(caricato: FileCaricato, contenuto: bytes, autore: Any) -> None:
    """Boundaries of comuni that are already there, by ISTAT code: row n is the nth feature."""
    try:
        elementi = json.loads(contenuto)["features"]
        coppie = [(str(elemento["id"]), elemento["geometry"]) for elemento in elementi]
    except (ValueError, KeyError, TypeError, RecursionError):
        caricato.errori = [Errore(0, "", "Non è una FeatureCollection GeoJSON con «id» e «geometry».")]
        return
    comuni = {comune.codice_istat: comune for comune in Comune.objects.all()}
    for numero, (codice, confine) in enumerate(coppie, 1):
        comune = comuni.get(codice)
        if comune is None:
            caricato.errori.append(Errore(numero, "id", f"nessun comune ha il codice ISTAT «{codice}»."))
        elif comune.confine == confine:
            caricato.invariate += 1
        else:
            comune.confine = confine
            try:
                comune.full_clean(validate_unique=False)
            except ValidationError as errore:
                caricato.errori.append(Errore(numero, "geometry", " ".join(errore.messages)))
                continue
            comune.save()
            caricato.aggiornate += 1


def _traduzioni(caricato: FileCaricato, contenuto: bytes, autore: Any) -> None:
    """Translations of what is already there; what a person has checked in the portal is not written over."""
    try:
        scambio = importa(da_csv(contenuto), autore=autore, rispetta_verificate=True)
    except FileNonLeggibile as errore:
        caricato.errori = [Errore(0, "", messaggio) for messaggio in errore.messaggi]
        return
    caricato.nuove, caricato.aggiornate = scambio.nuove, scambio.aggiornate
    caricato.invariate = scambio.invariate + scambio.vuote
    caricato.errori = [Errore(0, "", errore) for errore in scambio.errori]


def _sconosciuto(nome: str) -> str:
    vicini = difflib.get_close_matches(nome, FILE, n=1, cutoff=0.75)
    return f"«{nome}» non è un file che so leggere{f': forse «{vicini[0]}»?' if vicini else ', lo salto.'}"


# The order of loading: what is pointed at comes first.
FILE: dict[str, Callable] = {
    "comuni.csv": _tabella(TracciatoComune),
    "confini.geojson": _confini,
    "enti.csv": _tabella(TracciatoEnte),
    "seggi.csv": _tabella(TracciatoSeggio),
    "indicatori.csv": _tabella(TracciatoIndicatore),
    "protocolli.csv": _tabella(TracciatoProtocollo),
    "articoli.csv": _tabella(TracciatoArticolo),
    "sottoscrizioni.csv": _tabella(TracciatoSottoscrizione),
    "tappe.csv": _tabella(TracciatoTappa),
    "temi.csv": _tabella(TracciatoTema),
    "incontri.csv": _tabella(TracciatoIncontro),
    "modelli_incontro.csv": _tabella(TracciatoModelloIncontro),
    "punti_modello.csv": _tabella(TracciatoPuntoModello),
    "categorie.csv": _tabella(TracciatoCategoria),
    "destinatari.csv": _tabella(TracciatoDestinatari),
    "documenti.csv": _tabella(TracciatoDocumentoRichiesto),
    "modalita.csv": _tabella(TracciatoModalitaAccesso),
    "lingue.csv": _tabella(TracciatoLingua),
    "risorse.csv": _tabella(TracciatoRisorsa),
    "bisogni.csv": _tabella(TracciatoBisogno),
    "evidenze.csv": _tabella(TracciatoEvidenza),
    "sedi.csv": _tabella(TracciatoSede),
    "lingue_parlate.csv": _tabella(TracciatoLinguaParlata),
    "risorse_in_sedi.csv": _tabella(TracciatoRisorsaInSede),
    "orari.csv": _tabella(TracciatoOrario),
    "chiusure.csv": _tabella(TracciatoChiusura),
    "contatti.csv": _tabella(TracciatoContatto),
    "traduzioni.csv": _traduzioni,
    "sinonimi.csv": _tabella(TracciatoSinonimo),
}
