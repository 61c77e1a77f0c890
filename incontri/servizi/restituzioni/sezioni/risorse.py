"""The resources of the territory: how many services, by theme and by comune."""

from django.utils.formats import number_format

from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import Compilato, Penna, quanti
from referenti.models import Comune
from risorse.models import AreaServita, Categoria, Risorsa


def compila(contesto: Contesto) -> Compilato:
    """The services people find on the day of the document: in all, those of the whole Ambito, theme by theme."""
    penna, fonte = Penna(), fonti.pagina("risorse:risorsa-list", "L'elenco dei servizi")
    righe = (
        Risorsa.objects.attive(contesto.giorno).select_related("ente").prefetch_related("categorie", "comuni_serviti")
    )
    servizi = list(righe.order_by("nome", "uuid"))
    if not servizi:
        penna.paragrafo("Nel portale non c'è ancora nessun servizio pubblicato.", fonte)
        return penna.compilato()
    enti = len({servizio.ente.padre_id or servizio.ente_id for servizio in servizi})
    ovunque = sum(servizio.area_servita != AreaServita.COMUNI for servizio in servizi)
    confermati = Risorsa.objects.verificate(contesto.giorno).count()
    penna.paragrafo(
        f"La ricognizione conta {quanti(len(servizi), 'servizio', 'servizi')} di {quanti(enti, 'ente', 'enti')}; "
        f"{number_format(ovunque)} valgono per tutto l'Ambito o oltre. Confermati da chi li offre: {confermati}.",
        fonte,
    )
    comuni = list(Comune.objects.dell_ambito())
    righe_tabella = []
    for categoria in Categoria.objects.order_by("ordine", "nome"):
        suoi = [servizio for servizio in servizi if categoria in servizio.categorie.all()]
        if suoi:
            per_comune = [str(sum(_serve(servizio, comune) for servizio in suoi)) for comune in comuni]
            righe_tabella.append([str(categoria), str(len(suoi)), *per_comune])
    scoperte = [
        str(c) for c in Categoria.objects.order_by("ordine", "nome") if not any(c in s.categorie.all() for s in servizi)
    ]
    if scoperte:
        penna.paragrafo(f"Argomenti senza nessun servizio: {', '.join(scoperte)}.", fonte)
    penna.tabella(
        "I servizi per argomento e per comune: chi abita lì quanti ne trova",
        [("Argomento", 3), ("In tutto", 1), *((comune.nome, 1.1) for comune in comuni)],
        righe_tabella,
    )
    return penna.compilato()


def _serve(servizio: Risorsa, comune: Comune) -> bool:
    return servizio.area_servita != AreaServita.COMUNI or comune in servizio.comuni_serviti.all()
