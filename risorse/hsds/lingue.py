"""Texts in the language asked, where their translation is up to date."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings

from risorse.models import Traduzione
from risorse.models.traduzione import impronta

LINGUE = tuple(codice for codice, _ in settings.LANGUAGES)


class Testi:
    """`testi(chiave, campo, italiano)` gives the text in the language, else the Italian one; one query, or none."""

    def __init__(self, lingua: str | None, chiavi: Callable[[], Iterable[UUID]]):
        self._tradotti: dict[tuple[UUID, str], tuple[str, str]] = {}
        if lingua and lingua != settings.LANGUAGE_CODE:
            righe = Traduzione.objects.filter(lingua=lingua, oggetto_id__in=list(dict.fromkeys(chiavi())))
            self._tradotti = {
                (oggetto, campo): (testo, di)
                for oggetto, campo, testo, di in righe.values_list("oggetto_id", "campo", "testo", "impronta")
            }

    def __call__(self, chiave: UUID, campo: str, italiano: str) -> str:
        """The text to show; an outdated translation is no translation."""
        testo, di = self._tradotti.get((chiave, campo), ("", ""))
        return testo if testo and di == impronta(italiano) else italiano
