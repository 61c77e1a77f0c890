"""How the Tavolo worked, and who it is made of: the enti, the seats, how needs were scored."""

from django.db.models import Count

from incontri.servizi.restituzioni import fonti
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.graduatoria import chiuse
from incontri.servizi.restituzioni.penna import Compilato, Penna, elenco, quanti, riga
from incontri.stampa.parole import giorno, italiano
from referenti.models import Ente, Protocollo, Seggio
from referenti.models.seggio import Area


def compila(contesto: Contesto) -> Compilato:
    """Period and themes, enti and seats, how needs are scored and in which rounds."""
    penna = Penna()
    temi = f" sui temi {elenco(f'«{riga(tema.nome)}»' for tema in contesto.temi)}" if contesto.temi else ""
    periodo = italiano(f"dal {giorno(contesto.dal)} al {giorno(contesto.al)}")
    penna.paragrafo(
        f"Questo documento racconta il lavoro del Tavolo {periodo}{temi}. È compilato dai verbali approvati e dai dati del "
        "portale: il numero dopo ogni frase porta alla fonte."
    )
    _composizione(penna)
    _valutazione(penna, contesto)
    return penna.compilato()


def _composizione(penna: Penna) -> None:
    tavolo = fonti.pagina("referenti:tavolo", "Il Tavolo: enti, seggi e protocollo")
    enti = list(Ente.objects.della_rete().order_by("ordine", "denominazione"))
    seggi = list(Seggio.objects.attivi().con_copertura())
    if not enti:
        penna.paragrafo("Nel portale non c'è ancora nessun ente del Tavolo.")
        return
    penna.titolo("Chi ne fa parte")
    penna.paragrafo(
        f"Alla rete {'partecipa' if len(enti) == 1 else 'partecipano'} {quanti(len(enti), 'ente', 'enti')}.", tavolo
    )
    for ruolo in dict.fromkeys(ente.get_ruolo_display() for ente in enti):
        nomi = [riga(ente.denominazione) for ente in enti if ente.get_ruolo_display() == ruolo]
        penna.voce(f"{ruolo}: {', '.join(nomi)}.")
    if seggi:
        vacanti = sum(not seggio.coperto for seggio in seggi)
        senza = f", {quanti(vacanti, 'senza', 'senza')} referente" if vacanti else ""
        penna.paragrafo(f"I seggi sono {len(seggi)}{senza}.", tavolo)
        for area in Area:
            nomi = [riga(seggio.nome) for seggio in seggi if seggio.area == area]
            if nomi:
                penna.voce(f"{area.label}: {', '.join(nomi)}.")
    for protocollo in Protocollo.objects.annotate(firme=Count("sottoscrizioni")).order_by("pk")[:3]:
        penna.paragrafo(f"Il Tavolo lavora secondo il «{riga(str(protocollo))}».", tavolo)


def _valutazione(penna: Penna, contesto: Contesto) -> None:
    penna.titolo("Come si valutano i bisogni")
    penna.paragrafo(
        "Ogni ente dà un voto da 1 a 5 alla gravità e alla disuguaglianza di ogni bisogno, e alla gravità in ogni comune che "
        "serve, senza vedere i voti degli altri; «non so» non conta come zero. La priorità P va da 0 a 100: cresce con la "
        "gravità, con la disuguaglianza e con quanta popolazione riguarda, e cala quanto più si risponde già.",
        fonti.pagina("lavoro:bisogno-list", "I bisogni del territorio"),
    )
    rilevazioni = [
        uno for uno in chiuse(contesto.giorno) if uno.chiusa_il is None or uno.chiusa_il.date() >= contesto.dal
    ]
    if not rilevazioni:
        penna.paragrafo("Nel periodo non si è chiusa nessuna rilevazione.")
    for rilevazione in rilevazioni:
        hanno_votato = rilevazione.voti.values("ente").distinct().count()
        penna.voce(
            f"«{riga(rilevazione.titolo)}»: {quanti(len(rilevazione.bisogni.all()), 'bisogno', 'bisogni')}, "
            f"{'ha' if hanno_votato == 1 else 'hanno'} votato {hanno_votato} enti su {len(rilevazione.enti.all())}.",
            fonti.della_rilevazione(rilevazione),
        )
