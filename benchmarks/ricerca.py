"""P5, `python -m benchmarks.ricerca [services]`: the search against LIKE, count and first twenty, over 100,000 services.

Thirty questions people ask, on synthetic cards made of the words of `dati/risorse.csv` (few frequent, many rare) and of
invented names. Both sides count all and read the first twenty; the same database, the same
process. On PostgreSQL too where it is installed; then the services found must be the same, in the same order.
"""

import csv
import json
import random
import statistics
import sys
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from benchmarks.misure import esito, mediana, prepara_portale
from benchmarks.motori import su_postgresql, su_sqlite

MODULO, SERVIZI, SEME = "benchmarks.ricerca", 100_000, 2023
DOMANDE = """permesso di soggiorno/corso italiano/medico/dottore/casa popolare/asilo nido/lavoro/avvocato gratis/
tessera sanitaria/bonus affitto/psicologo/consultorio/scuola serale/cibo/violenza donne/residenza/carta identità/
ricongiungimento familiare/cittadinanza/visite bambini/mediatore arabo/biblioteca/corso di italiano per donne/
aiuto compiti/sportello stranieri/curriculum/donne in gravidanza/pacco alimentare/perche mi discriminano/
rinnovo permesso soggiorno""".replace("\n", "").split("/")


def riempi(quanti: int) -> None:
    """Make the services and their rows of stems, always the same."""
    from referenti.models import Ente
    from risorse.models import Risorsa, StatoRisorsa, TestoRicerca
    from risorse.ricerca.parole import parole, radice

    with Path("dati/risorse.csv").open(encoding="utf-8") as file:
        testi = [" ".join((r["nome"], r["in_breve"], r["descrizione"])) for r in csv.DictReader(file)]
    caso = random.Random(SEME)
    vere = sorted({parola for testo in testi for parola in parole(testo) if len(parola) > 2})
    caso.shuffle(vere)
    sillabe = [c + v for c in "bcdfglmnprstvz" for v in "aeiou"]
    inventate = ["".join(caso.choices(sillabe, k=4)) for _ in range(20_000)]
    # Zipf: the word of rank r comes back in proportion to 1/r; invented names share the tail.
    lessico = vere + inventate
    pesi = list(accumulate(1 / (posto + 10) for posto in range(len(lessico))))
    radici = lru_cache(maxsize=None)(radice)
    ente = Ente.objects.create(denominazione="Ente", tipo="altro")
    for da in range(0, quanti, 5000):
        schede, righe = [], []
        for numero in range(da, min(da + 5000, quanti)):
            dette = caso.choices(lessico, cum_weights=pesi, k=caso.randint(30, 60))
            nome, temi, testo = dette[:4], dette[4:10], dette[10:]
            scheda = Risorsa(
                uuid=UUID(int=numero + 1), ente=ente, slug=f"s-{numero}", nome=f"{' '.join(nome)} {numero}"[:160],
                in_breve=" ".join(temi), descrizione=" ".join(testo), stato=StatoRisorsa.PUBBLICATA, fonte="Prova",
            )  # fmt: skip
            steli = [" ".join(dict.fromkeys(map(radici, parti))) for parti in ([*nome, str(numero)], temi, testo)]
            schede.append(scheda)
            righe.append(TestoRicerca(risorsa=scheda, nome=steli[0], temi=steli[1], testo=steli[2]))
        Risorsa.objects.bulk_create(schede)
        TestoRicerca.objects.bulk_create(righe)


def con_like(testo: str):
    """The plain way: every word anywhere in the card, by name."""
    from django.db.models import Q

    from risorse.models import Risorsa
    from risorse.ricerca.parole import domanda

    righe = Risorsa.objects.attive()
    for parola, _ in domanda(testo):
        righe = righe.filter(
            Q(nome__icontains=parola) | Q(in_breve__icontains=parola) | Q(descrizione__icontains=parola)
        )
    return righe


def misura(quanti: int) -> dict:
    """On the database of this process: milliseconds of each question both ways, and what was found."""
    prepara_portale(dati=False)
    from django.db import connection, transaction

    from risorse.forms.filtri import Selezione
    from risorse.models import Risorsa, Sinonimo
    from risorse.ricerca import cerca as cerca_modulo

    with transaction.atomic():
        riempi(quanti)
        Sinonimo.objects.create(parola="dottore", significati="medico, consultorio")
    with connection.cursor() as cursore:
        cursore.execute("ANALYZE")

    def nostra(testo):
        # What was found before is forgotten; the services of the day and how words are understood stay, as in a server.
        cerca_modulo.dimentica_trovate()
        with transaction.atomic():
            trovate = Selezione({"q": testo}).elenco()
            return len(trovate), list(Risorsa.objects.filter(pk__in=trovate.chiavi(20)))

    def semplice(testo):
        trovate = con_like(testo)
        return trovate.count(), list(trovate[:20])

    def chiavi(testo):
        with transaction.atomic():
            return [str(chiave) for chiave in Selezione({"q": testo}).elenco().chiavi(20)]

    trovati = {testo: chiavi(testo) for testo in DOMANDE}
    return {
        "nostra": [mediana(lambda t=testo: nostra(t), volte=5, prima=1) * 1000 for testo in DOMANDE],
        "like": [mediana(lambda t=testo: semplice(t), volte=1, prima=1) * 1000 for testo in DOMANDE],
        "trovati": trovati,
    }


def p95(valori: list[float]) -> float:
    """What nineteen in twenty do not exceed."""
    return statistics.quantiles(valori, n=20)[-1]


def main() -> int:
    """Both engines, the ratios beside their targets; 1 if one was missed."""
    if "--interno" in sys.argv:
        print(json.dumps(misura(int(sys.argv[-1]))))
        return 0
    quanti = int(sys.argv[1]) if len(sys.argv) > 1 else SERVIZI
    buoni, trovati = [], []
    for nome, misurata, obiettivo in (
        ("SQLite: LIKE over FTS5, p50", su_sqlite(MODULO, "--interno", str(quanti)), 80),
        ("PostgreSQL: ILIKE over tsvector, p50", su_postgresql(MODULO, "--interno", str(quanti)), 300),
    ):
        if misurata is None:
            print(f"P5   {nome}: no PostgreSQL here, LEFT OUT")
            continue
        nostra, like = misurata["nostra"], misurata["like"]
        p50, p50_like = statistics.median(nostra), statistics.median(like)
        print(
            f"     {quanti} services: p50 {p50:.2f} ms, p95 {p95(nostra):.1f}; plain {p50_like:.0f} and {p95(like):.0f}"
        )
        buoni.append(esito("P5", nome, p50_like / p50, obiettivo, almeno=True))
        trovati.append(misurata["trovati"])
    if len(trovati) == 2:
        uguali = sum(trovati[0][testo] == trovati[1][testo] for testo in DOMANDE) / len(DOMANDE)
        buoni.append(esito("P5", "same services in the same order", uguali * 100, 100, almeno=True, unita="%"))
    return int(not all(buoni))


if __name__ == "__main__":
    sys.exit(main())
