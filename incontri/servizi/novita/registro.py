"""The kinds of news, in the order they are shown, and all of them together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from incontri.servizi.novita import lavoro, servizi, tavolo
from incontri.servizi.novita.una import Novita


@dataclass(frozen=True)
class Genere:
    """A kind of news: its name on the pages, who finds them, whether the newsletter starts with them chosen."""

    nome: str | Promise
    trova: Callable[[datetime], Iterable[Novita]]
    di_solito: bool = True


GENERI: Mapping[str, Genere] = {
    "incontro": Genere(_("Incontri"), tavolo.incontri),
    "verbale": Genere(_("Verbali"), tavolo.verbali),
    "restituzione": Genere(_("Documenti di restituzione"), tavolo.restituzioni),
    "documento": Genere(_("Documenti"), tavolo.documenti),
    "bisogno": Genere(_("Bisogni"), lavoro.bisogni),
    "proposta": Genere(_("Proposte"), lavoro.proposte),
    "prassi": Genere(_("Buone prassi"), lavoro.buone_prassi),
    "servizio-nuovo": Genere(_("Servizi nuovi"), servizi.nuovi),
    "servizio-chiuso": Genere(_("Servizi che non ci sono più"), servizi.chiusi),
    "servizio-verificato": Genere(_("Servizi verificati"), servizi.verificati, di_solito=False),
}


def novita_dal(dal: datetime, *, genere: str = "", comune: str = "") -> list[Novita]:
    """What is new since `dal`, the newest first; of one kind and for one comune (by its slug) if asked.

    What is for the whole Ambito is for every comune. Paths are Italian, whatever the language of the page.
    """
    scelti = [uno for codice, uno in GENERI.items() if genere in ("", codice)]
    with override(settings.LANGUAGE_CODE):
        tutte = [una for uno in scelti for una in uno.trova(dal)]
    mie = (una for una in tutte if not comune or not una.comuni or comune in una.comuni)
    return sorted(mie, key=lambda una: (una.quando, una.chiave), reverse=True)


def per_genere(novita: Iterable[Novita]) -> list[tuple[Any, list[Novita]]]:
    """The same, kind by kind, each under its name; kinds without any are left out."""
    gruppi: dict[str, list[Novita]] = {codice: [] for codice in GENERI}
    for una in novita:
        gruppi.setdefault(una.genere, []).append(una)
    return [(GENERI[codice].nome if codice in GENERI else codice, righe) for codice, righe in gruppi.items() if righe]
