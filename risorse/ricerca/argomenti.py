"""The topics that are called with the words of a question."""

from django.contrib.contenttypes.models import ContentType

from risorse.models import Categoria, Traduzione
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.motore import Domanda, Termine
from risorse.ricerca.parole import radici

_memoria = Memoria()


def argomenti_che_ne_parlano(domanda: Domanda, quando: int | None = None) -> tuple[list[str], list[str]]:
    """The slugs of the categories whose name, in one language, answers the whole question; and part of it."""
    nomi: list[tuple[str, frozenset[str]]] = _memoria.prendi("nomi", _leggi, quando)
    intera: dict[str, None] = {}
    in_parte: dict[str, None] = {}
    for slug, nome in nomi:
        risposte = [any(all(_ha(nome, t) for t in senso) for senso in gruppo) for gruppo in domanda.gruppi]
        if any(risposte):
            in_parte[slug] = None
        if all(risposte):
            intera[slug] = None
    return list(intera), list(in_parte)


def _ha(nome: frozenset[str], termine: Termine) -> bool:
    if termine.prefisso:
        return any(stelo.startswith(termine.radice) for stelo in nome)
    return termine.radice in nome


def _leggi() -> list[tuple[str, frozenset[str]]]:
    categorie = {categoria.pk: categoria for categoria in Categoria.objects.all()}
    nomi = [(categoria.slug, categoria.nome) for categoria in categorie.values()]
    tipo = ContentType.objects.get_for_model(Categoria)
    tradotti = Traduzione.objects.filter(tipo=tipo, campo="nome", oggetto_id__in=categorie).order_by("lingua")
    nomi += [(categorie[pk].slug, testo) for pk, testo in tradotti.values_list("oggetto_id", "testo")]
    return [(slug, frozenset(radici(nome))) for slug, nome in nomi]
