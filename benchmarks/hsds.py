"""P3: the HSDS list of 50 services, caches off, against the same rows through Django's own JSON serializer.

The twin does what a peer does (reference: performance.md): model instances, each with its related rows as they are asked for,
serialized by `django.core.serializers`. Run it with `python -m benchmarks.hsds`.
"""

import sys

from benchmarks.misure import esito, mediana, prepara_portale

OBIETTIVO = 5
RIGHE = 50


def misura() -> bool:
    """Print the ratio beside its target, and tell whether it was reached."""
    prepara_portale(servizi=1000)
    from django.core import serializers
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from risorse.models import Contatto, Risorsa

    cliente = Client(headers={"host": "localhost"})

    def nostra() -> bytes:
        return cliente.get(f"/api/hsds/v3/services?per_page={RIGHE}").content

    def gemella() -> str:
        righe: list = []
        for risorsa in Risorsa.objects.attive()[:RIGHE]:
            contatti = Contatto.objects.filter(risorsa=risorsa)
            righe += [risorsa, risorsa.ente, *contatti, *risorsa.destinatari.all(), *risorsa.modalita.all()]
            righe += risorsa.lingue_parlate.filter(con_mediatore=True).select_related("lingua")
        return serializers.serialize("json", righe)

    with CaptureQueriesContext(connection) as nostre:
        nostra()
    with CaptureQueriesContext(connection) as sue:
        gemella()
    quante = len(nostre), len(sue)  # the next request empties the log
    tempi = mediana(nostra), mediana(gemella)
    print(f"     {tempi[0] * 1000:.1f} ms in {quante[0]} queries against {tempi[1] * 1000:.1f} ms in {quante[1]}")
    return esito("P3", "HSDS list of 50 against Django's JSON serializer", tempi[1] / tempi[0], OBIETTIVO, almeno=True)


if __name__ == "__main__":
    sys.exit(0 if misura() else 1)
