"""Back office of themes, meetings and minutes."""

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html

from incontri import tracciati
from incontri.models import Incontro, Presenza, PuntoOdg, Tema, Verbale, Voce
from incontri.models.presenza import PRESENTI
from tavolo.base.amministrazione import (
    Amministrazione,
    AmministrazioneSoloExport,
    RigheDentro,
    azione_di_passaggio,
)


@admin.register(Tema)
class TemaAdmin(Amministrazione):
    """What the Tavolo works on, and in how many meetings it did."""

    resource_classes = [tracciati.TracciatoTema]
    list_display = ("nome", "stato", "quanti_incontri", "fonte", "ordine")
    list_filter = ("stato",)
    search_fields = ("nome", "descrizione")

    def get_queryset(self, request):
        """Each theme with the number of its meetings."""
        return super().get_queryset(request).annotate(numero_incontri=Count("incontri"))

    @admin.display(description="incontri", ordering="numero_incontri")
    def quanti_incontri(self, tema):
        """In how many meetings it was on the table."""
        return tema.numero_incontri


class PuntiDentro(RigheDentro):
    """The agenda."""

    model = PuntoOdg
    fields = ("ordine", "titolo", "descrizione", "durata")


class PresenzeDentro(RigheDentro):
    """Who was there."""

    model = Presenza
    autocomplete_fields = ("seggio", "utente", "ente")
    fields = ("seggio", "ospite", "utente", "ente", "esito", "nota")


@admin.register(Incontro)
class IncontroAdmin(Amministrazione):
    """Meetings: when, how far, how many were there, whether the minutes are written."""

    resource_classes = [tracciati.TracciatoIncontro]
    list_display = ("titolo", "inizio", "stato", "modalita", "luogo", "quanti_presenti", "il_verbale", "pubblico")
    list_select_related = ("verbale",)
    list_filter = ("stato", "pubblico", "modalita", "temi")
    search_fields = ("titolo", "luogo", "temi__nome")
    autocomplete_fields = ("temi",)
    readonly_fields = ("stato", "autore")
    date_hierarchy = "inizio"
    inlines = (PuntiDentro, PresenzeDentro)
    actions = tuple(azione_di_passaggio(Incontro, p.nome) for p in Incontro.PASSAGGI)
    fieldsets = (
        (None, {"fields": ("titolo", "temi", ("inizio", "fine"), "modalita", "luogo", "collegamento")}),
        ("Nel sito", {"fields": ("stato", "pubblico", "fonte", "slug", "ordine", "autore")}),
    )

    def get_queryset(self, request):
        """Each meeting with how many seats and guests were there."""
        presenti = Count("presenze", filter=Q(presenze__esito__in=PRESENTI))
        return super().get_queryset(request).annotate(numero_presenti=presenti)

    @admin.display(description="presenti", ordering="numero_presenti")
    def quanti_presenti(self, incontro):
        """How many were there."""
        return incontro.numero_presenti

    @admin.display(description="verbale")
    def il_verbale(self, incontro):
        """How far the minutes are."""
        return incontro.verbale.get_stato_display() if hasattr(incontro, "verbale") else "Manca"


@admin.register(PuntoOdg)
class PuntoOdgAdmin(Amministrazione):
    """Points of the agendas."""

    resource_classes = [tracciati.TracciatoPuntoOdg]
    list_display = ("titolo", "incontro", "ordine", "durata")
    list_select_related = ("incontro",)
    list_filter = ("incontro",)
    search_fields = ("titolo", "descrizione", "incontro__titolo")
    autocomplete_fields = ("incontro",)


@admin.register(Presenza)
class PresenzaAdmin(Amministrazione):
    """Attendances: who, at which meeting, how."""

    resource_classes = [tracciati.TracciatoPresenza]
    list_display = ("incontro", "seggio", "ospite", "ente", "esito", "nota")
    list_select_related = ("incontro", "seggio", "ente")
    list_filter = ("esito", "incontro", "seggio__area")
    search_fields = ("incontro__titolo", "seggio__nome", "ospite", "ente__denominazione")
    autocomplete_fields = ("incontro", "seggio", "utente", "ente")


@admin.register(Verbale)
class VerbaleAdmin(AmministrazioneSoloExport):
    """Minutes: who takes them, how far they are. The text is written in the reserved area, where two versions meet."""

    resource_classes = [tracciati.TracciatoVerbale]
    list_display = ("incontro", "verbalizzante", "stato", "quante_voci", "aggiornato")
    list_select_related = ("incontro", "verbalizzante")
    list_filter = ("stato",)
    search_fields = ("incontro__titolo", "verbalizzante__cognome")
    autocomplete_fields = ("incontro", "verbalizzante", "redattori")
    readonly_fields = ("stato", "da_scrivere")
    fields = ("incontro", "verbalizzante", "redattori", "stato", "da_scrivere")
    actions = tuple(azione_di_passaggio(Verbale, p.nome) for p in Verbale.PASSAGGI)

    def get_queryset(self, request):
        """Each set of minutes with the number of its entries."""
        return super().get_queryset(request).annotate(numero_voci=Count("incontro__punti__voci"))

    @admin.display(description="voci", ordering="numero_voci")
    def quante_voci(self, verbale):
        """How many entries it has."""
        return verbale.numero_voci

    @admin.display(description="testo")
    def da_scrivere(self, verbale):
        """A link to the minutes in the reserved area."""
        if not verbale.incontro_id:
            return "Si scrive nell'area riservata, dopo aver salvato."
        return format_html('<a href="{}">Apri il verbale nell\'area riservata</a>', verbale.get_absolute_url())


@admin.register(Voce)
class VoceAdmin(AmministrazioneSoloExport):
    """Entries of all the minutes, to search and to read: they are written in the reserved area, where two texts meet."""

    resource_classes = [tracciati.TracciatoVoce]
    list_display = ("__str__", "tipo", "punto", "incontro", "aggiornato")
    list_select_related = ("punto__incontro",)
    list_filter = ("tipo", "punto__incontro")
    search_fields = ("testo", "punto__titolo", "punto__incontro__titolo")
    fields = ("punto", "tipo", "testo", "ordine", "autore", "versione", "da_scrivere")
    readonly_fields = fields

    def has_add_permission(self, request):
        """Never here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never here."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never here."""
        return False

    @admin.display(description="incontro", ordering="punto__incontro__titolo")
    def incontro(self, voce):
        """The meeting it was said at."""
        return voce.punto.incontro

    @admin.display(description="si scrive")
    def da_scrivere(self, voce):
        """A link to the minutes in the reserved area."""
        indirizzo = reverse("incontri:verbale-detail", args=[voce.punto.incontro_id])
        return format_html('<a href="{}">nel verbale, nell\'area riservata</a>', indirizzo)
