"""The restitution documents: one out for comments with two texts to choose from, one published."""

from datetime import UTC, datetime

from incontri.documenti.restituzione import disegna
from incontri.servizi.contenuto import canonico
from incontri.servizi.restituzioni.contenuto import contenuto
from tests import factories as f

IL = datetime(2026, 6, 30, 10, tzinfo=UTC)


def crea(*, ente, referente):
    """The rows, and the arguments of their addresses."""
    restituzione = f.RestituzioneFactory(titolo="In consultazione", stato="in-consultazione", compilata_il=IL)
    sezione = f.SezioneRestituzioneFactory(
        restituzione=restituzione, ordine=2, testo="Testo corretto.", compilato="Testo.", contesa="Testo nuovo."
    )
    commento = f.CommentoRestituzioneFactory(sezione=sezione, ente=ente, autore=referente)
    pubblicata = pubblica("Pubblicato")
    del_documento = {"pk": restituzione.pk}
    della_sezione = {**del_documento, "genere": sezione.genere}
    argomenti = {
        **{
            f"restituzioni:restituzione-{nome}": del_documento
            for nome in ("detail", "update", "compila", "letta", "avvisa", "pubblica")
        },
        "restituzioni:restituzione-passaggio": {**del_documento, "nome": "riprendi"},
        "restituzioni:documento": {**del_documento, "formato": "html"},
        "restituzioni:commento-rispondi": {**del_documento, "commento": commento.pk},
        **{f"restituzioni:{nome}": della_sezione for nome in ("sezione-update", "sezione-contesa", "commento-create")},
        "lavoro:documento-detail": {"slug": pubblicata.slug},
        "lavoro:documento-file": {"slug": pubblicata.slug, "formato": "html"},
    }
    return [restituzione, sezione, commento, pubblicata.originale], argomenti


def pubblica(titolo, *, numero=1):
    """A published document with a section, a source, a table and a figure; its original holds no real file."""
    restituzione = f.RestituzioneFactory(titolo=titolo, compilata_il=IL)
    stati = {"Bollate": "lacuna", "Senago": "coperto"}
    f.SezioneRestituzioneFactory(
        restituzione=restituzione,
        ordine=1,
        genere="copertura",
        testo="La matrice guarda un bisogno. [^lavoro-copertura]",
        fonti={"lavoro-copertura": {"nome": "La matrice", "indirizzo": "/tavolo/copertura/"}},
        tabelle=[
            {"didascalia": "Chi risponde", "colonne": [["Bisogno", 3], ["Bollate", 1]], "righe": [["Casa", "Lacuna"]]}
        ],
        figura={
            "tipo": "matrice",
            "titolo": "Bisogni e comuni",
            "comuni": list(stati),
            "righe": [{"nome": "Casa", "stati": stati}],
        },
    )
    restituzione.stato, restituzione.anno, restituzione.numero, restituzione.pubblicata_il = (
        "pubblicata",
        2026,
        numero,
        IL,
    )
    restituzione.save()
    dati = contenuto(restituzione, portale="https://portale.example.org", disegna=disegna)
    f.OriginaleRestituzioneFactory(restituzione=restituzione, contenuto=canonico(dati))
    return restituzione
