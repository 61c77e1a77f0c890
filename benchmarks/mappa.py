"""P9: the positions of 10,000 services against Django's serializer, and how much they weigh.

`python -m benchmarks.mappa`.
"""

import gzip

from benchmarks.misure import esito, mediana, prepara_portale


def main() -> None:
    """Measure and print."""
    prepara_portale(servizi=10_000)
    import orjson
    from django.core import serializers

    from risorse.models import Sede
    from risorse.servizi.punti import del_pubblico, punti

    def nostri() -> bytes:
        return orjson.dumps({"punti": punti(del_pubblico())})

    def del_serializzatore() -> str:
        campi = ("nome", "indirizzo", "latitudine", "longitudine")
        return serializers.serialize("json", Sede.objects.filter(latitudine__isnull=False), fields=campi)

    loro, nostro = mediana(del_serializzatore, volte=5), mediana(nostri, volte=10)
    print(f"     serializer {loro * 1000:.0f} ms, positions {nostro * 1000:.0f} ms")
    esito("P9", "build of 10,000 positions against Django's serializer", nostro / loro, 0.1, almeno=False)
    peso = len(gzip.compress(nostri())) / 1024
    esito("P9", "their weight, gzip", peso, 60, almeno=False, unita="KB")


if __name__ == "__main__":
    main()
