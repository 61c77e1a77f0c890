"""P6, `python -m benchmarks.importazione [rows]`: services from a CSV, with two foreign keys and two lists.

Our tracciato (validation, history, register of who wrote) against a resource of django-import-export with its defaults, on the
same model, in the same database; against raw COPY where the database is PostgreSQL; and another process that writes five
times a second meanwhile, whose failures are counted. DATABASE_URL chooses the engine. The library's turn takes minutes.
"""

import io
import os
import subprocess
import sys
import time

from benchmarks.misure import esito, prepara_portale

COLONNE = (
    "slug",
    "ente",
    "autore",
    "nome",
    "in_breve",
    "descrizione",
    "tipo",
    "categorie",
    "destinatari",
    "stato",
    "fonte",
)
TESTO = "Ascolto, orientamento ai servizi del territorio e aiuto nelle pratiche, anche con mediatrice. " * 4


def tabella(righe: int, serie: str, versione: str, chi: dict[str, list[str]]) -> list[list[str]]:
    """Rows of services: `serie` names them, `versione` changes one text of each."""

    def giro(nome: str, numero: int) -> str:
        return chi[nome][numero % len(chi[nome])]

    return [
        [
            f"{serie}-{n}",
            giro("enti", n),
            chi["autore"][0],
            f"Servizio {serie} {n}",
            f"Che cosa fa il servizio {n} ({versione})",
            TESTO,
            "sportello",
            f"{giro('categorie', n)}|{giro('categorie', n + 4)}",
            giro("destinatari", n),
            "pubblicata",
            f"Guida dei servizi, pagina {n % 97}",
        ]
        for n in range(righe)
    ]


def scrive() -> None:
    """The other process: a write five times a second until its input ends; prints tried and failed."""
    import django

    django.setup()
    from django.db import DatabaseError, connection

    from tavolo.base.contenuto import cambiato

    cambiato()
    print("pronto", flush=True)
    tentate = fallite = 0
    os.set_blocking(0, False)
    while sys.stdin.buffer.read() is None:
        tentate += 1
        try:
            cambiato()
        except DatabaseError:
            fallite += 1
            connection.close()
        time.sleep(0.2)
    print(tentate, fallite, flush=True)


def mentre_altri_scrivono(fai) -> tuple[float, int, int]:
    """Seconds of `fai()`, and how many writes of another process were tried and failed meanwhile."""
    altro = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.importazione", "--scrive"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    altro.stdout.readline()  # type: ignore[union-attr]
    inizio = time.perf_counter()
    fai()
    durata = time.perf_counter() - inizio
    uscita = altro.communicate()[0].split()
    return durata, int(uscita[0]), int(uscita[1])


def main(righe: int) -> int:
    """Both ways, create then again with one text of each row changed; exit code 1 if a target is missed."""
    prepara_portale()
    import tablib
    from django.db import connection
    from import_export.fields import Field
    from import_export.resources import ModelResource
    from import_export.widgets import ForeignKeyWidget, ManyToManyWidget

    from referenti.models import Ente, Utente
    from risorse.models import Categoria, Destinatari, Risorsa
    from risorse.tracciati import TracciatoRisorsa
    from tavolo.base.registro import registra_righe

    class Predefinita(ModelResource):
        ente = Field("ente", "ente", ForeignKeyWidget(Ente, "slug"))
        autore = Field("autore", "autore", ForeignKeyWidget(Utente, "email"))
        categorie = Field("categorie", "categorie", ManyToManyWidget(Categoria, "|", "slug"))
        destinatari = Field("destinatari", "destinatari", ManyToManyWidget(Destinatari, "|", "slug"))

        class Meta:
            model = Risorsa
            import_id_fields = ("slug",)
            fields = COLONNE

    autore, _ = Utente.objects.get_or_create(email="misure@example.org", defaults={"nome": "Chi", "cognome": "Misura"})
    chi = {
        "enti": list(Ente.objects.values_list("slug", flat=True)),
        "categorie": list(Categoria.objects.values_list("slug", flat=True)),
        "destinatari": list(Destinatari.objects.values_list("slug", flat=True)),
        "autore": [autore.email],
    }

    def nostra(versione: str) -> None:
        senza = [i for i, nome in enumerate(COLONNE) if nome != "autore"]  # ours signs with who sends the file
        dati = tablib.Dataset(headers=[COLONNE[i] for i in senza])
        dati.extend([[riga[i] for i in senza] for riga in tabella(righe, "nostra", versione, chi)])
        tracciato = TracciatoRisorsa(anteprima=False, alla_scrittura=lambda fatto: registra_righe(fatto, autore))
        fatto = tracciato.import_data(dati, user=autore)
        if fatto.errori:
            raise SystemExit(fatto.errori[:3])

    def predefinita(versione: str) -> None:
        dati = tablib.Dataset(headers=list(COLONNE))
        dati.extend(tabella(righe, "libreria", versione, chi))
        fatto = Predefinita().import_data(dati)
        if fatto.has_errors() or fatto.has_validation_errors():
            raise SystemExit("La libreria ha trovato errori.")

    print(f"{connection.vendor}, {righe} righe")
    tempi = {}
    for nome, fai in (("nostra", nostra), ("libreria", predefinita)):
        for passo, versione in (("crea", "prima"), ("di nuovo", "seconda")):
            durata, tentate, fallite = mentre_altri_scrivono(lambda f=fai, v=versione: f(v))
            tempi[nome, passo] = durata, fallite
            print(f"     {nome}, {passo}: {durata:.1f} s; scritture di altri {tentate}, fallite {fallite}", flush=True)
    esiti = [
        esito(
            "P6",
            f"import, {passo}: la libreria contro noi",
            tempi["libreria", passo][0] / tempi["nostra", passo][0],
            obiettivo,
            almeno=True,
        )
        for passo, obiettivo in (("crea", 10), ("di nuovo", 20))
    ]
    if connection.vendor == "postgresql":
        esiti.append(
            esito(
                "P6", "import, crea: noi contro COPY", tempi["nostra", "crea"][0] / copia(righe, chi), 6, almeno=False
            )
        )
    fallite = tempi["nostra", "crea"][1] + tempi["nostra", "di nuovo"][1]
    esiti.append(esito("P6", "scritture di altri fallite intanto", fallite, 0, almeno=False, unita=""))
    return 0 if all(esiti) else 1


def copia(righe: int, chi: dict[str, list[str]]) -> float:
    """Seconds of COPY of the same text into the table of the services: no lists, no validation, no history."""
    import csv
    from uuid import uuid4

    from django.db import connection, transaction
    from django.utils import timezone

    from referenti.models import Ente, Utente
    from risorse.models import Risorsa

    modello = Risorsa(
        ente=Ente.objects.first(), autore=Utente.objects.first(), creato=timezone.now(), aggiornato=timezone.now()
    )
    campi = Risorsa._meta.concrete_fields
    testo = io.StringIO()
    scrittore = csv.writer(testo)
    posto = {
        nome: COLONNE.index(nome) for nome in ("slug", "nome", "in_breve", "descrizione", "tipo", "stato", "fonte")
    }
    for riga in tabella(righe, "copia", "prima", chi):
        valori = {c.attname: getattr(modello, c.attname) for c in campi} | {n: riga[i] for n, i in posto.items()}
        scrittore.writerow(
            [
                {True: "t", False: "f", None: r"\N"}.get(v, v) if isinstance(v, bool | None) else v
                for v in (valori | {"uuid": uuid4()}).values()
            ]
        )
    testo.seek(0)
    colonne = ", ".join(connection.ops.quote_name(c.column) for c in campi)
    inizio = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursore:
        cursore.copy_expert(
            f"COPY {Risorsa._meta.db_table} ({colonne}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", testo
        )
    return time.perf_counter() - inizio


if __name__ == "__main__":
    if "--scrive" in sys.argv:
        scrive()
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
