"""Why a cell says what it says, in words anybody reads, and counts as they may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from incontri.models import QUOTE, Copertura
from incontri.priorita.affidabilita import sopprimi
from incontri.priorita.copertura import META, StatoCella
from incontri.priorita.dati import GRAVE
from incontri.priorita.formule import TipoCopertura
from incontri.priorita.statistica import arrotonda
from incontri.servizi.copertura.celle import Cella

MENO_DI_CINQUE = gettext_lazy("meno di cinque")


def persone(quante: int | Decimal | None) -> str:
    """A count of people as it may be shown: "meno di cinque" for 1 to 4, empty where nobody counted."""
    conto = sopprimi(quante)
    if conto.soppresso:
        return str(MENO_DI_CINQUE)
    return "" if conto.valore is None else number_format(int(conto.valore), force_grouping=True)


@dataclass(frozen=True)
class Detta:
    """A declaration with its counts as they may be shown."""

    riga: Copertura
    posti: str
    raggiunti: str


def dette(dichiarazioni: Iterable[Copertura]) -> list[Detta]:
    """The declarations as a page shows them: fewer than five people are words."""
    return [Detta(riga, persone(riga.capienza), persone(riga.raggiunti)) for riga in dichiarazioni]


def quota_in_parole(quota: Decimal | None) -> str:
    """A declared share as it was chosen; empty without one."""
    return str(dict(QUOTE).get(quota, "")) if quota is not None else ""


def perche(cella: Cella) -> list[str]:
    """How the verdict came about: gravity, who answers, whom they reach, what is missing; one sentence each."""
    return [_gravita(cella), _enti(cella), _copertura(cella), *_manca(cella)]


def _gravita(cella: Cella) -> str:
    if cella.gravita is None:
        if not cella.riguarda:
            return _("Il bisogno è stato segnalato per altri comuni, non per questo.")
        return _("Quanto è grave qui gli enti non l'hanno ancora detto.")
    dati = {"voto": _numero(cella.gravita.valore), "rilevazione": cella.gravita.rilevazione}
    if cella.gravita.valore >= GRAVE:
        return _("Per gli enti qui è grave: %(voto)s su 5 («%(rilevazione)s»).") % dati
    return _("Per gli enti qui non è grave: %(voto)s su 5 («%(rilevazione)s»).") % dati


def _enti(cella: Cella) -> str:
    enti = cella.enti
    if not enti:
        return _("Oggi qui non risponde nessun ente.")
    frase = ngettext("Risponde un ente: %(chi)s.", "Rispondono %(quanti)s enti: %(chi)s.", len(enti))
    return frase % {"quanti": len(enti), "chi": get_text_list([ente.nome_corto for ente in enti], _("e"))}


def _copertura(cella: Cella) -> str:
    dati, quota = cella.fabbisogno, cella.quota
    if quota.tipo == TipoCopertura.CONTATO:
        parole = {"raggiunti": totale_raggiunti(cella), "bisogno": persone(dati.in_bisogno)}
        return _("Persone raggiunte in un anno: %(raggiunti)s, su %(bisogno)s che hanno il bisogno.") % parole
    if quota.tipo == TipoCopertura.STIMA:
        piu_alta = max(riga.quota for riga in cella.dichiarazioni if riga.quota is not None)
        return _("È una stima, dichiarata dagli enti: raggiungono %(quota)s.") % {"quota": quota_in_parole(piu_alta)}
    if cella.enti:
        return _("A quante persone arrivano non si sa.")
    return _("Quante persone hanno una risposta non si sa.")


def totale_raggiunti(cella: Cella) -> str:
    """The people reached by all; in words where the one count that is hidden would be found by subtraction (docs/metodo.md)."""
    conti = [sopprimi(riga.raggiunti) for riga in cella.dichiarazioni if riga.raggiunti is not None]
    if len(conti) > 1 and sum(conto.soppresso for conto in conti) == 1:
        quota = cella.quota.valore or 0
        return _("almeno la metà") if quota >= META else _("meno della metà")
    return persone(cella.fabbisogno.raggiunti)


def _manca(cella: Cella) -> list[str]:
    """What would have to be known for a verdict, where there is none."""
    if cella.stato != StatoCella.IGNOTO:
        return []
    mancano = []
    if cella.enti and cella.quota.valore is None:
        if cella.fabbisogno.in_bisogno is None and cella.fabbisogno.raggiunti is not None:
            mancano.append(_("Manca quante persone hanno il bisogno in questo comune: è un'evidenza da aggiungere."))
        else:
            mancano.append(_("Manca che gli enti dichiarino quante persone raggiungono."))
    if cella.gravita is None and (not cella.enti or cella.quota.valore is not None):
        mancano.append(_("Manca la gravità: la dicono gli enti nella prossima rilevazione."))
    return mancano


def _numero(valore: Fraction) -> str:
    return number_format((arrotonda(valore) or Decimal(0)).normalize())
