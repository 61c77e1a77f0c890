"""What minutes must say before the enti read them: the checklist between draft and shared.

The items are those of Italian practice for a verbale (place and mode, date, hours, convocation, who was there and who
was not, agenda, what was said and decided point by point, attachments, who chairs, who writes). What makes the document
unusable blocks: without it the enti could not tell what they are asked to approve, and whoever writes can always mend
it. What may rightly be missing only warns: a meeting convened by telephone, a seat nobody marked, an attachment without
a title, "varie ed eventuali" of which nothing was said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from incontri.models.incontro import ModalitaIncontro
from incontri.models.odg import TipoPunto
from incontri.models.presenza import EsitoPresenza
from incontri.models.voce import TipoVoce
from tavolo.base.riservatezza import in_parole as privato_in_parole


@dataclass(frozen=True)
class Requisito:
    """One item of the checklist: what it is, whether it is met, what is missing otherwise, where it is mended.

    `blocca` says whether the minutes cannot be shared without it; `breve` names what is missing inside a sentence.
    """

    nome: str
    fatto: bool
    manca: str
    breve: str
    dove: str
    blocca: bool = True


def requisiti(verbale: Any) -> list[Requisito]:
    """The whole checklist of these minutes, in the order of the document, as it stands in the database now."""
    incontro = verbale.incontro
    punti = list(incontro.punti.prefetch_related("voci__impegno"))
    return [
        *_dell_incontro(incontro),
        *_delle_ore(verbale),
        _convocazione(incontro),
        *_delle_presenze(incontro),
        _ordine_del_giorno(incontro, punti),
        *_dei_punti(incontro, punti),
        _allegati(incontro),
        _chi_coordina(incontro),
        _chi_verbalizza(verbale),
    ]


def mancanti(tutti: Iterable[Requisito]) -> list[Requisito]:
    """Those not met that keep the minutes from being shared."""
    return [r for r in tutti if r.blocca and not r.fatto]


def impedimento(verbale: Any) -> str:
    """Why the minutes cannot be shared yet, naming what is missing; empty if they can."""
    return in_parole(mancanti(requisiti(verbale)))


def in_parole(mancano: list[Requisito]) -> str:
    """`Prima di condividere il verbale mancano: la data; il testo del punto 2.`; empty if nothing does."""
    if not mancano:
        return ""
    verbo = "manca" if len(mancano) == 1 else "mancano"
    return f"Prima di condividere il verbale {verbo}: {'; '.join(r.breve for r in mancano)}."


def _pagina(nome: str, incontro: Any, *altro: Any) -> str:
    return reverse(f"incontri:{nome}", args=[incontro.pk, *altro])


def _dell_incontro(incontro: Any) -> list[Requisito]:
    dove = _pagina("incontro-update", incontro)
    nota = incontro.modalita != ModalitaIncontro.NON_NOTA
    luogo = bool(incontro.luogo) or incontro.modalita == ModalitaIncontro.ONLINE
    return [
        Requisito("Come e dove", nota and luogo, "Scrivi come e dove vi siete incontrati.", "come e dove", dove),
        Requisito("Data", incontro.inizio is not None, "Scrivi il giorno dell'incontro.", "la data", dove),
    ]


def _delle_ore(verbale: Any) -> list[Requisito]:
    dove = _pagina("verbale-dati", verbale.incontro)
    return [
        Requisito(
            "Ora di inizio", verbale.aperto is not None, "Scrivi a che ora è cominciato.", "l'ora di inizio", dove
        ),
        Requisito("Ora di fine", verbale.chiuso is not None, "Scrivi a che ora è finito.", "l'ora di fine", dove),
    ]


def _convocazione(incontro: Any) -> Requisito:
    return Requisito(
        "Convocazione",
        incontro.convocato_il is not None,
        "Dal portale non risulta una convocazione. Se è stata fatta in un altro modo, scrivilo in un punto.",
        "la convocazione",
        _pagina("incontro-detail", incontro),
        blocca=False,
    )


def _delle_presenze(incontro: Any) -> list[Requisito]:
    dove = _pagina("presenza-update", incontro)
    presenze = list(incontro.presenze.select_related("seggio"))
    senza_nome = [p for p in presenze if p.esito == EsitoPresenza.DELEGA and not (p.delegato.strip() or p.nota.strip())]
    segnati = {p.seggio_id for p in presenze}
    da_segnare = [c for c in incontro.convocazioni.all() if c.seggio_id and c.seggio_id not in segnati]
    elenco = [
        Requisito(
            "Presenti", any(p.c_era for p in presenze), "Segna chi c'era, almeno una persona.", "chi c'era", dove
        ),
        Requisito(
            "Assenti",
            not da_segnare,
            "Di qualche seggio convocato non si sa se c'era, se era giustificato o se mancava.",
            "chi mancava",
            dove,
            blocca=False,
        ),
    ]
    if any(p.esito == EsitoPresenza.DELEGA for p in presenze):
        chi = ", ".join(str(p.seggio or p.ospite) for p in senza_nome)
        elenco.append(
            Requisito(
                "Deleghe",
                not senza_nome,
                f"Scrivi chi è venuto con la delega ({chi}).",
                f"chi è venuto con la delega ({chi})",
                dove,
            )
        )
    return elenco


def _ordine_del_giorno(incontro: Any, punti: list) -> Requisito:
    return Requisito(
        "Ordine del giorno",
        bool(punti),
        "Scrivi almeno un punto: il verbale li segue.",
        "l'ordine del giorno",
        _pagina("odg-update", incontro),
    )


def _dei_punti(incontro: Any, punti: list) -> Iterable[Requisito]:
    """One item per point without text; then what the decisions and the commitments do not say yet."""
    nei_dati = _detti_nei_dati(incontro, punti)
    for numero, punto in enumerate(punti, start=1):
        dove, voci = _pagina("voce-update", incontro, punto.pk), list(punto.voci.all())
        varie = punto.tipo == TipoPunto.VARIE
        yield Requisito(
            f"Punto {numero}: {punto}",
            any(v.testo.strip() for v in voci) or punto.pk in nei_dati,
            "Scrivi almeno una voce: che cosa si è detto, anche solo «niente»."
            if not varie
            else "Non c'è niente di scritto: va bene, se non si è detto altro.",
            f"il testo del punto {numero}",
            dove,
            blocca=not varie,
        )
        if any(v.tipo == TipoVoce.DECISIONE and not v.esito for v in voci):
            yield Requisito(
                f"Decisioni del punto {numero}",
                False,
                "Di' com'è stata presa ogni decisione: all'unanimità, a maggioranza, rinviata.",
                f"com'è stata presa la decisione del punto {numero}",
                dove,
            )
        if any(v.tipo == TipoVoce.IMPEGNO and not hasattr(v, "impegno") for v in voci):
            yield Requisito(
                f"Impegni del punto {numero}",
                False,
                "Di' quale ente si prende ogni impegno.",
                f"l'ente che prende l'impegno del punto {numero}",
                dove,
            )
        if privato := privato_in_parole(v.testo for v in voci if v.pubblica):
            yield Requisito(
                f"Dati di persone nel punto {numero}",
                False,
                f"Guarda meglio le voci che leggeranno tutti: {privato}. Se riguarda una persona, toglilo.",
                f"un'occhiata ai dati di persone del punto {numero}",
                dove,
                blocca=False,
            )


def _detti_nei_dati(incontro: Any, punti: list) -> set:
    """The points whose content is in rows of their own: commitments gone through, answers to instances discussed."""
    righe = {TipoPunto.IMPEGNI: incontro.revisioni_impegni, TipoPunto.ISTANZE: incontro.risposte_discusse}
    tipi = {tipo for tipo in {p.tipo for p in punti} if tipo in righe and righe[tipo].exists()}
    return {p.pk for p in punti if p.tipo in tipi}


def _allegati(incontro: Any) -> Requisito:
    senza_titolo = [a for a in incontro.allegati.all() if not a.titolo.strip()]
    return Requisito(
        "Allegati",
        not senza_titolo,
        f"Di' che cosa sono gli allegati: {', '.join(a.nome_file for a in senza_titolo)}.",
        "il titolo di un allegato",
        _pagina("incontro-detail", incontro),
        blocca=False,
    )


def _chi_coordina(incontro: Any) -> Requisito:
    return Requisito(
        "Chi coordina l'incontro",
        incontro.presiede_id is not None,
        "Scegli chi ha coordinato l'incontro.",
        "chi coordina l'incontro",
        _pagina("verbale-dati", incontro),
    )


def _chi_verbalizza(verbale: Any) -> Requisito:
    return Requisito(
        "Chi verbalizza",
        verbale.verbalizzante_id is not None,
        "Chi scriveva non ha più un account: chi coordina il Tavolo sceglie chi continua.",
        "chi verbalizza",
        _pagina("verbale-update", verbale.incontro),
    )
