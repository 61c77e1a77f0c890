"""What is new for everybody since a day: one small function per kind, put in a row by `registro`.

A new kind is a function `(dal: datetime) -> Iterable[Novita]` and a line in `registro.GENERI`. Only what the public reads
on its pages goes in a Novita: feed, page and newsletter are all made of them.
"""

from incontri.servizi.novita.registro import GENERI, novita_dal
from incontri.servizi.novita.una import Novita

__all__ = ["GENERI", "Novita", "novita_dal"]
