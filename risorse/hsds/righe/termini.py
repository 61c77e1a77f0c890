"""Our controlled lists as taxonomies: what a service is about, whom it is for, how one gets to it, what kind it is."""

from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from risorse.hsds.chiavi import chiave
from risorse.hsds.lingue import Testi
from risorse.models import Categoria, Destinatari, ModalitaAccesso, TipoRisorsa

# The fields of a service that are lists of terms, with the model of each.
ELENCHI: dict[str, type[Model]] = {
    "categorie": Categoria,
    "destinatari": Destinatari,
    "modalita": ModalitaAccesso,
}
TASSONOMIE = {nome: chiave("tassonomia", nome) for nome in (*ELENCHI, "tipi")}


def chiave_tipo(tipo: str) -> UUID:
    """The key of the term that says what kind of resource it is."""
    return chiave("tipo", tipo)


def _descrizioni() -> dict[str, tuple[str, str]]:
    return {
        "categorie": (_("Categorie"), _("Di che cosa si occupa il servizio.")),
        "destinatari": (_("Destinatari"), _("Per chi è il servizio.")),
        "modalita": (_("Modalità di accesso"), _("Come si accede al servizio.")),
        "tipi": (_("Tipi di risorsa"), _("Che tipo di risorsa è.")),
    }


def righe_tassonomie() -> list[dict]:
    """The rows of the taxonomies."""
    return [
        {"id": TASSONOMIE[nome], "name": titolo, "description": detto}
        for nome, (titolo, detto) in _descrizioni().items()
    ]


def righe_termini(lingua: str | None = None) -> list[dict]:
    """The rows of every term of ours, taxonomy by taxonomy; they are few, and their number of queries is fixed."""
    letti = {nome: list(modello._default_manager.order_by("ordine", "nome")) for nome, modello in ELENCHI.items()}
    testi = Testi(lingua, lambda: (termine.pk for termini in letti.values() for termine in termini))
    righe = [_termine(nome, termine, testi) for nome, termini in letti.items() for termine in termini]
    return righe + [
        {
            "id": chiave_tipo(tipo.value),
            "code": tipo.value,
            "name": str(tipo.label),
            "description": str(tipo.label),
            "taxonomy_id": TASSONOMIE["tipi"],
        }
        for tipo in TipoRisorsa
    ]


def _termine(nome: str, termine, testi: Testi) -> dict:
    detto = testi(termine.pk, "nome", termine.nome)
    spiegato = testi(termine.pk, "descrizione", termine.descrizione) if isinstance(termine, Categoria) else ""
    return {
        "id": termine.pk,
        "code": termine.slug,
        "name": detto,
        "description": spiegato or detto,
        "taxonomy_id": TASSONOMIE[nome],
    }
