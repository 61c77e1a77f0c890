"""P7: what a visit to the page of a comune weighs, everything counted, as a browser asks for it.

`python -m benchmarks.peso`: page, style sheet, script, icons and fonts, compressed as the portal serves them.
"""

import re

from benchmarks.misure import esito, prepara_portale


def main() -> None:
    """Measure and print."""
    prepara_portale()
    from django.test import RequestFactory

    from tavolo.wsgi import application

    def chiedi(percorso: str) -> bytes:
        avvio: list = []
        richiesta = RequestFactory(SERVER_NAME="localhost").get(percorso, HTTP_ACCEPT_ENCODING="br, gzip")
        risposta = application(richiesta.environ, lambda *argomenti: avvio.extend(argomenti))
        corpo = b"".join(risposta)
        if not avvio[0].startswith("200"):
            raise SystemExit(f"{percorso}: {avvio[0]}")
        return corpo

    from django.test import Client

    html = Client(SERVER_NAME="localhost").get("/comuni/bollate/").text
    risorse = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', html))
    stile = next(r for r in risorse if r.endswith(".css") and "portale." in r)
    css = Client(SERVER_NAME="localhost").get(stile)
    testo_css = b"".join(css.streaming_content).decode() if css.streaming else css.content.decode()
    usati = set(re.findall(r'url\("?([^")]+\.woff2)', testo_css))
    base = stile.rsplit("/", 1)[0]
    risorse |= {f"{base}/{uno.removeprefix('./')}" for uno in usati}
    pesi = {percorso: len(chiedi(percorso)) for percorso in sorted(risorse)}
    pagina = len(chiedi("/comuni/bollate/"))
    for percorso, peso in pesi.items():
        print(f"     {peso / 1024:7.1f} KB  {percorso}")
    print(f"     {pagina / 1024:7.1f} KB  /comuni/bollate/")
    totale = (pagina + sum(pesi.values())) / 1024
    esito("P7", "first visit to the page of a comune, everything", totale, 60, almeno=False, unita="KB")
    esito("P7", "repeat visit: the page alone, changed", pagina / 1024, 14, almeno=False, unita="KB")


if __name__ == "__main__":
    main()
