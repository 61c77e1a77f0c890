"""The filters in force, as the page shows them to be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext

from risorse.forms.filtri import Selezione
from risorse.models import TipoRisorsa, Traducibile

if TYPE_CHECKING:
    from risorse.forms.risorse import FiltroRisorseForm

# Fields that are one choice for who reads; the first names it.
INSIEME = {"q": ("q", "esatta"), "lat": ("lat", "lon")}


@dataclass(frozen=True)
class FiltroAttivo:
    """A filter in force: its name, what was chosen, and the query string of the same list without it.

    `quanti`: how many services would answer without it, if it was counted.
    """

    nome: str
    etichetta: str
    valore: str
    senza: str
    termine: Traducibile | None = None
    quanti: int | None = None


def attivi(filtro: "FiltroRisorseForm") -> list[FiltroAttivo]:
    """The filters in force, in the order of the form."""
    filtro.is_valid()
    return list(_attivi(filtro))


def alternative(filtro: "FiltroRisorseForm") -> list[FiltroAttivo]:
    """The filters in force without which some service answers, each with how many: for a list that found none."""
    contate = (
        replace(uno, quanti=Selezione(filtro.cleaned_data | dict.fromkeys(INSIEME.get(uno.nome, (uno.nome,)))).quante())
        for uno in attivi(filtro)
    )
    return [uno for uno in contate if uno.quanti]


def _attivi(filtro: "FiltroRisorseForm") -> Iterator[FiltroAttivo]:
    usati = [nome for nome in filtro.fields if filtro.cleaned_data[nome] not in (None, "", False)]
    for nome in usati:
        if nome == "lon":
            continue
        altri = QueryDict(mutable=True)
        altri.update({altro: filtro.data[altro] for altro in usati if altro not in INSIEME.get(nome, (nome,))})
        campo, valore = filtro.base_fields[nome], filtro.cleaned_data[nome]
        filtri_testo = {
            "q": f"«{valore}»",
            "gratis": gettext("Gratis"),
            "lat": gettext("Vicino a me"),
            "aperto": gettext("Aperto adesso"),
        }
        if nome == "tipo":
            filtri_testo[nome] = str(TipoRisorsa(valore).label)
        testo = filtri_testo.get(nome, str(campo.label) if valore is True else str(valore))
        termine = valore if isinstance(valore, Traducibile) else None
        yield FiltroAttivo(nome, str(campo.label), testo, altri.urlencode(), termine)
