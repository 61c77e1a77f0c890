"""From our nouns to the rows of the HSDS tables: `Materia` reads, `righe_di` writes the rows table by table."""

from risorse.hsds.righe.enti import righe_enti
from risorse.hsds.righe.luoghi import righe_luoghi
from risorse.hsds.righe.materia import Materia
from risorse.hsds.righe.servizi import righe_servizi
from risorse.hsds.righe.termini import righe_termini

__all__ = ["Materia", "Righe", "righe_di", "righe_enti", "righe_luoghi", "righe_servizi", "righe_termini"]

Righe = dict[str, list[dict]]


def righe_di(materia: Materia) -> Righe:
    """The rows of every table about the services, places and enti of `materia`, but for the terms they name."""
    righe: Righe = {}
    for parte in (righe_enti(materia), righe_servizi(materia), righe_luoghi(materia)):
        for tabella, nuove in parte.items():
            righe.setdefault(tabella, []).extend(nuove)
    return righe
