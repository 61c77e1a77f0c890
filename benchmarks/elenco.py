"""P1: the list of 50 services, page cache off, against a twin that draws the same cards by plain prefetch and templates.

`python -m benchmarks.elenco`.
"""

from benchmarks.misure import esito, mediana, prepara_portale


def main() -> None:
    """Measure and print."""
    prepara_portale(servizi=1000)
    from django.db import connection
    from django.template.loader import get_template
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from risorse.models import Risorsa
    from risorse.servizi import schede
    from risorse.views.risorse import RisorsaListView

    RisorsaListView.paginate_by = 50
    cliente = Client(SERVER_NAME="localhost")
    pronte = schede.schede_pronte

    class Gemella:
        """A card of the twin: drawn every time."""

        km = None

        def __init__(self, risorsa):
            self.chiave, self.nome, self.esempio = risorsa.pk, risorsa.nome, risorsa.esempio
            self.html = get_template("risorse/includes/scheda.html").render({"risorsa": risorsa})

    def gemelle(chiavi, quando=None):
        righe = {r.pk: r for r in Risorsa.objects.attive().filter(pk__in=list(chiavi)).con_scheda()}
        return [Gemella(righe[chiave]) for chiave in chiavi]

    import risorse.forms.filtri as filtri

    def pagina() -> bytes:
        risposta = cliente.get("/servizi/")
        if risposta.status_code != 200:
            raise SystemExit(risposta.status_code)
        return risposta.content

    def con(funzione, cosa):
        filtri.schede_pronte, filtri.replace = funzione, (lambda scheda, **altro: scheda)
        return cosa()

    nostra, sua = con(pronte, pagina), con(gemelle, pagina)
    if nostra.count(b"scheda-servizio") != 50 or nostra != sua:
        raise SystemExit("Le due pagine non sono uguali.")
    tempo = con(pronte, lambda: mediana(pagina, volte=40))
    tempo_gemella = con(gemelle, lambda: mediana(pagina, volte=10))
    with CaptureQueriesContext(connection) as domande:
        con(pronte, pagina)
    print(f"     twin {tempo_gemella * 1000:.0f} ms, ours {tempo * 1000:.1f} ms a page of {len(nostra) // 1024} KB")
    esito("P1", "list of 50 against plain prefetch and templates, requests/s", tempo_gemella / tempo, 8, almeno=True)
    esito("P1", "queries of the page", len(domande), 6, almeno=False, unita="")


if __name__ == "__main__":
    main()
