"""The matrix as rows of a table: one for each need and comune, with what its verdict is made of."""

from incontri.priorita.statistica import arrotonda
from incontri.servizi.copertura.celle import Cella, Matrice
from incontri.servizi.copertura.parole import persone, quota_in_parole, totale_raggiunti

COLONNE = (
    *("bisogno", "tema", "comune", "casella", "gravita", "enti", "quali_enti", "servizi"),
    *("persone_in_bisogno", "persone_raggiunte", "quota_dichiarata", "come_si_sa", "al"),
)


def righe(matrice: Matrice) -> list[tuple[str, ...]]:
    """The rows under COLONNE, in Italian; no count of fewer than five people."""
    return [_riga(cella, matrice) for riga in matrice.righe for cella in riga.celle]


def _riga(cella: Cella, matrice: Matrice) -> tuple[str, ...]:
    quote = [riga.quota for riga in cella.dichiarazioni if riga.quota is not None]
    return (
        cella.bisogno.titolo,
        cella.bisogno.tema.nome,
        cella.comune.nome,
        cella.stato.etichetta,
        str(arrotonda(cella.gravita.valore)) if cella.gravita else "",
        str(len(cella.enti)),
        " | ".join(ente.nome_corto for ente in cella.enti),
        " | ".join(risposta.risorsa.nome for risposta in cella.servizi),
        persone(cella.fabbisogno.in_bisogno),
        totale_raggiunti(cella),
        quota_in_parole(max(quote, default=None)),
        cella.quota.tipo.value,
        matrice.giorno.isoformat(),
    )
