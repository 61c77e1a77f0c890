"""Translations as files, out and in: CSV and XLIFF. A file goes in whole or not at all, and twice changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import tablib
from django.apps import apps
from django.db import transaction

from risorse.models import Risorsa, StatoTraduzione, Traducibile, Traduzione
from risorse.models.traduzione import impronta, lingue_di_traduzione
from risorse.ricerca.indice import raccolta
from risorse.servizi import xliff
from risorse.servizi.coda_traduzioni import Scheda, Stato
from risorse.servizi.traduzioni import salva_traduzione
from tavolo.base.celle import a_capo
from tavolo.base.formati import CSV, FileNonLeggibile
from tavolo.base.models import ConSlug

COLONNE = ("tipo", "oggetto", "campo", "lingua", "italiano", "testo", "stato", "scheda")
INDISPENSABILI = ("tipo", "oggetto", "campo", "testo")


@dataclass(frozen=True)
class Unita:
    """One translation in a file: `dove` says where in the file, `oggetto` is a slug or a key."""

    dove: str
    tipo: str
    oggetto: str
    campo: str
    lingua: str
    italiano: str
    testo: str
    verificata: bool = False
    da_rifare: bool = False


@dataclass(frozen=True)
class Cambio:
    """What a unit changes."""

    nome: str
    campo: str
    italiano: str
    prima: str
    dopo: str
    verificata: bool


@dataclass
class Scambio:
    """What an import did, or would do."""

    nuove: int = 0
    aggiornate: int = 0
    invariate: int = 0
    vuote: int = 0
    errori: list[str] = field(default_factory=list)
    cambi: list[Cambio] = field(default_factory=list)


def traducibili_per_nome() -> dict[str, type[Any]]:
    """The models whose texts are translated, by name."""
    return {m._meta.model_name or "": m for m in apps.get_models() if issubclass(m, Traducibile)}


def in_csv(schede: Iterable[Scheda], lingua: str) -> bytes:
    """The texts of the cards as a CSV."""
    tabella = tablib.Dataset(headers=COLONNE)
    for scheda in schede:
        for voce in scheda.voci:
            chiave = voce.riga.slug if isinstance(voce.riga, ConSlug) else str(voce.riga.pk)
            testo = voce.traduzione.testo if voce.traduzione else ""
            riga = (voce.riga._meta.model_name, chiave, voce.campo, lingua, voce.italiano, testo)
            tabella.append((*riga, str(voce.stato), scheda.nome))
    return CSV().export_data(tabella)


def da_csv(contenuto: bytes, lingua: str = "") -> list[Unita]:
    """The units of a CSV; without `lingua` each row says its own. Raises FileNonLeggibile."""
    tabella = CSV().create_dataset(contenuto)
    presenti = tabella.headers or []
    problemi = [f"Colonna sconosciuta «{nome}»." for nome in presenti if nome not in COLONNE]
    noti = ("", *Stato.values)
    problemi += [
        f"Riga {numero}, colonna «stato»: «{riga['stato']}» non è tra i valori possibili ({', '.join(Stato.values)})."
        for numero, riga in zip(tabella.numeri, tabella.dict, strict=True)
        if riga.get("stato", "").strip() not in noti
    ]
    problemi += [f"Manca la colonna «{nome}»." for nome in INDISPENSABILI if nome not in presenti]
    if problemi:
        raise FileNonLeggibile(*problemi, f"Le colonne sono: {', '.join(COLONNE)}.")
    righe = zip(tabella.numeri, tabella.dict, strict=True)
    unita = [_da_riga(f"riga {numero}", riga, lingua) for numero, riga in righe]
    if altre := sorted({una.lingua for una in unita} - {lingua}) if lingua else []:
        raise FileNonLeggibile(f"Il file traduce in «{altre[0]}», qui si traduce in «{lingua}».")
    return unita


def da_xliff(contenuto: bytes, lingua: str) -> list[Unita]:
    """The units of an XLIFF file into `lingua`. Raises FileNonLeggibile."""
    del_file, lette = xliff.leggi(contenuto)
    if del_file.lower() != lingua.lower():
        raise FileNonLeggibile(f"Il file traduce in «{del_file}», qui si traduce in «{lingua}».")
    return [_da_unita(numero, letta, lingua) for numero, letta in enumerate(lette, 1)]


def leggi(contenuto: bytes, lingua: str) -> list[Unita]:
    """The units of a file into `lingua`, whichever of the two it is: names lie. Raises FileNonLeggibile."""
    if len(contenuto) > xliff.BYTE_MASSIMI:
        raise FileNonLeggibile("Il file è troppo grande: il massimo è 5 MB.")
    inizio = contenuto[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00")
    return (da_xliff if inizio.startswith(b"<") else da_csv)(contenuto, lingua)


def importa(unita: Iterable[Unita], *, autore: Any, prova: bool = False, rispetta_verificate: bool = False) -> Scambio:
    """Write the translations, all or none; with any error, or with `prova`, nothing is saved.

    A unit without text is left alone, and so is one that still waits to be done and says what is saved already. One
    that would change something is refused if it translates an Italian text that is no longer there. With
    `rispetta_verificate` what somebody has checked is never written over.
    """
    tutte, scambio = list(unita), Scambio()
    cerca = _cercatore(tutte, autore)
    viste: dict[tuple, str] = {}
    with transaction.atomic():
        prima = _salvate(tutte)
        with raccolta():
            for una in tutte:
                try:
                    oggetto = cerca(una)
                    gia = viste.setdefault((oggetto.pk, una.campo, una.lingua), una.dove)
                    if gia != una.dove:
                        raise ValueError(f"c'è già: {gia}.")
                    salvata = prima.get((oggetto.pk, una.campo, una.lingua))
                    _importa_una(scambio, una, oggetto, salvata, autore, rispetta_verificate=rispetta_verificate)
                except ValueError as errore:
                    scambio.errori.append(f"{una.dove}: {errore}")
        if prova or scambio.errori:
            transaction.set_rollback(True)
    return scambio


def _importa_una(
    scambio: Scambio, una: Unita, oggetto: Any, salvata: Traduzione | None, autore: Any, *, rispetta_verificate: bool
) -> None:
    if not una.testo:
        scambio.vuote += 1
        return
    originale = getattr(oggetto, una.campo)
    attuale = salvata is not None and salvata.impronta == impronta(originale)
    controllata = salvata is not None and salvata.stato == StatoTraduzione.VERIFICATA
    if salvata is not None and salvata.testo == una.testo:
        da_lasciare = una.da_rifare or (attuale and (controllata or not una.verificata))
    else:
        da_lasciare = rispetta_verificate and attuale and controllata
    if da_lasciare:
        scambio.invariate += 1
        return
    if una.italiano and impronta(una.italiano) != impronta(originale):
        raise ValueError(f"l'italiano è cambiato, adesso è «{originale}»: scarica di nuovo il file e traduci questo.")
    if not originale.strip():
        raise ValueError("in italiano questo testo è vuoto.")
    salva_traduzione(oggetto, una.campo, una.lingua, una.testo, autore=autore, verificata=una.verificata)
    scambio.nuove += salvata is None
    scambio.aggiornate += salvata is not None
    etichetta = str(oggetto._meta.get_field(una.campo).verbose_name)
    dettagli = (str(oggetto), etichetta, originale, salvata.testo if salvata else "", una.testo, una.verificata)
    scambio.cambi.append(Cambio(*dettagli))


def _cercatore(unita: list[Unita], autore: Any) -> Callable[[Unita], Any]:
    """Who finds the row a unit is about, with one query a model; raises ValueError in words."""
    modelli = traducibili_per_nome()
    trovati: dict[tuple[str, str], Any] = {}
    for tipo in {una.tipo for una in unita} & set(modelli):
        nomi = {una.oggetto for una in unita if una.tipo == tipo}
        righe = modelli[tipo]._default_manager.all()
        if modelli[tipo] is Risorsa and autore is not None:
            righe = Risorsa.objects.visibili_a(autore)
        chiavi = righe.filter(pk__in=[chiave for nome in nomi if (chiave := _chiave(nome))])
        trovati |= {(tipo, str(riga.pk)): riga for riga in chiavi}
        if issubclass(modelli[tipo], ConSlug):
            trovati |= {(tipo, riga.slug): riga for riga in righe.filter(slug__in=nomi)}

    def cerca(una: Unita) -> Any:
        if una.tipo not in modelli:
            raise ValueError(f"«{una.tipo}» non è una cosa che si traduce.")
        if una.lingua not in dict(lingue_di_traduzione()):
            raise ValueError(f"«{una.lingua}» non è una lingua del portale.")
        if una.campo not in modelli[una.tipo].DA_TRADURRE:
            raise ValueError(f"«{una.campo}» non è un testo che si traduce.")
        if (una.tipo, una.oggetto) not in trovati:
            raise ValueError(f"«{una.oggetto}» non c'è.")
        return trovati[una.tipo, una.oggetto]

    return cerca


def _salvate(unita: list[Unita]) -> dict[tuple, Traduzione]:
    righe = Traduzione.objects.filter(lingua__in={una.lingua for una in unita}).order_by()
    return {(t.oggetto_id, t.campo, t.lingua): t for t in righe}


def _da_riga(dove: str, riga: dict[str, str], lingua: str) -> Unita:
    stato = riga.get("stato", "").strip()
    base = Unita(
        dove=dove,
        tipo=riga["tipo"].strip(),
        oggetto=riga["oggetto"].strip(),
        campo=riga["campo"].strip(),
        lingua=riga.get("lingua", "").strip() or lingua,
        italiano=a_capo(riga.get("italiano", "")),
        testo=a_capo(riga["testo"]).strip(),
    )
    return replace(base, verificata=stato == Stato.VERIFICATA, da_rifare=stato in (Stato.MANCANTE, Stato.SUPERATA))


def _da_unita(numero: int, letta: xliff.UnitaLetta, lingua: str) -> Unita:
    tipo, oggetto, campo = [*letta.chiave.split("|"), "", "", ""][:3]
    dove = f"unità {numero} ({letta.chiave[:80]})"
    return Unita(dove, tipo, oggetto, campo, lingua, letta.italiano, a_capo(letta.testo), letta.finita, letta.da_rifare)


def _chiave(testo: str) -> UUID | None:
    try:
        return UUID(testo)
    except ValueError:
        return None
