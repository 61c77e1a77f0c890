"""Lists in pages that answer every address."""

from typing import Any


class PaginaTollerante:
    """A ListView mixin: for a page number that is not there, Django's guess instead of a 404."""

    request: Any
    page_kwarg: str
    get_paginator: Any

    def paginate_queryset(self, queryset, page_size):
        """The page asked for; the first for what is no number, the last for what lies outside."""
        paginatore = self.get_paginator(queryset, page_size)
        pagina = paginatore.get_page(self.request.GET.get(self.page_kwarg))
        return paginatore, pagina, pagina.object_list, pagina.has_other_pages()
