"""The good practices: what works, where, who took it up; those told in the meetings and not written up yet."""

from django.db.models import Prefetch

from incontri.models import Adozione, BuonaPrassi
from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import Compilato, Penna, elenco, frase, riga


def compila(contesto: Contesto) -> Compilato:
    """The published ones, each with its results and its adoptions; then those of the minutes."""
    penna = Penna()
    righe = BuonaPrassi.objects.pubblicate().select_related("ente")
    if contesto.temi:
        righe = righe.filter(temi__in=contesto.temi).distinct()
    adozioni = Prefetch("adozioni", Adozione.objects.select_related("comune"))
    prassi = list(righe.prefetch_related(adozioni).order_by("titolo", "uuid"))
    for una in prassi:
        fonte = fonti.della_prassi(una)
        penna.voce(f"**{riga(una.titolo)}**, {riga(una.ente.denominazione)}. {frase(una.in_breve)}", fonte)
        if una.risultati:
            penna.voce(f"Risultati: {frase(una.risultati)}", fonte, sotto=True)
        adottata = [f"{a.comune.nome} ({fonti.giorno_detto(a.dal)})" for a in una.adozioni.all()]
        if adottata:
            penna.voce(f"L'hanno adottata: {elenco(adottata)}.", fonte, sotto=True)
    scritte = {str(una.voce_id) for una in prassi}
    raccontate = [(letto, *voce) for letto in contesto.verbali for voce in letto.voci("buona-prassi")]
    altre = [(letto, punto, voce) for letto, punto, voce in raccontate if voce["uuid"] not in scritte]
    if altre:
        penna.paragrafo("Raccontate negli incontri, e non ancora scritte come schede:")
        for letto, punto, voce in altre:
            penna.voce(frase(voce["testo"]), fonti.della_voce(letto, punto, voce))
    if not prassi and not altre:
        penna.paragrafo("Nel periodo il Tavolo non ha raccolto buone prassi su questi temi.")
    return penna.compilato()
