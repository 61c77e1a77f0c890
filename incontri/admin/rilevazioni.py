"""Back office of the scoring rounds, to look at: they are prepared, opened and closed in the reserved area.

Votes are not here at all: who opens the back office must not read them while a turn is open, and afterwards the page of the
round tells what came of them.
"""

from django.contrib import admin
from django.utils.html import format_html

from incontri.models import BisognoInRilevazione, Rilevazione
from tavolo.base.amministrazione import AmministrazioneSenzaTabelle, SchedeDentro
from tavolo.base.sola_lettura import SolaLettura


class BisogniDentro(SolaLettura, SchedeDentro):
    """The needs of the round, in its order."""

    model = BisognoInRilevazione
    fields = ("ordine", "bisogno")
    readonly_fields = fields
    show_change_link = False

    def get_queryset(self, request):
        """With the need of each."""
        return super().get_queryset(request).select_related("bisogno")


@admin.register(Rilevazione)
class RilevazioneAdmin(SolaLettura, AmministrazioneSenzaTabelle):
    """The rounds: which needs, by when, how far; never the votes."""

    list_display = ("titolo", "stato", "entro", "aperta_il", "chiusa_il", "pubblicata_il")
    list_filter = ("stato",)
    search_fields = ("titolo", "presentazione")
    ordering = ("-creato",)
    fields = (
        "titolo",
        "presentazione",
        "stato",
        "entro",
        "enti",
        "aperta_il",
        "chiusa_il",
        "pubblicata_il",
        "decisione",
        "nell_area",
    )
    readonly_fields = fields
    inlines = (BisogniDentro,)

    @admin.display(description="si segue")
    def nell_area(self, rilevazione):
        """A link to its page in the reserved area."""
        return format_html('<a href="{}">nell\'area riservata</a>', rilevazione.get_absolute_url())
