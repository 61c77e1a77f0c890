"""Words looked for in what is published of the meetings."""

from functools import reduce
from operator import or_

from django.db.models import Model, Q

# The state of `Verbale` that opens it to everybody: the model of the minutes stands above this one.
PUBBLICATO = "pubblicato"
PAROLE_MASSIME = 8


def dice_al_pubblico(incontri: type[Model], parola: str) -> Q:
    """Whether the word stands in what the public reads of a meeting: its title, its themes, what is published of its minutes."""
    # SQLite lowers only ASCII letters: "È" and "è" are asked for one by one.
    modi = {parola, parola.lower(), parola.upper(), parola.capitalize()}

    def _contiene(campo: str) -> Q:
        return reduce(or_, (Q(**{f"{campo}__icontains": modo}) for modo in sorted(modi)))

    del_verbale = Q(verbale__stato=PUBBLICATO)
    punti = incontri._default_manager.filter(_contiene("punti__titolo"), del_verbale, punti__pubblico=True)
    voci = incontri._default_manager.filter(
        _contiene("punti__voci__testo"), del_verbale, punti__pubblico=True, punti__voci__pubblica=True
    )
    temi = incontri._default_manager.filter(_contiene("temi__nome"))
    # Subqueries, not joins: a meeting found twice comes once.
    altrove = reduce(or_, (Q(pk__in=trovati.values("pk")) for trovati in (punti, voci, temi)))
    return _contiene("titolo") | altrove
