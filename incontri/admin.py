"""Back office of themes, meetings and minutes."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html

from incontri import tracciati
from incontri.models import Incontro, Presenza, PuntoOdg, Tema, Verbale, Voce
from incontri.models.presenza import PRESENTI
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica, modificabile
from tavolo.base.amministrazione import (
    Amministrazione,
    AmministrazioneSoloExport,
    RigheDentro,
    azione_di_passaggio,
)
from tavolo.base.scheda import SchedaForm


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


class Ferma:
    """What belongs to a meeting stands still with it: for superusers too, since it is a matter of when, not of who."""

    def has_change_permission(self, request, obj=None):
        """Whether the person may change it, now."""
        return super().has_change_permission(request, obj) and _si_cambia(obj)

    def has_delete_permission(self, request, obj=None):
        """Whether the person may delete it, now."""
        return super().has_delete_permission(request, obj) and _si_cambia(obj)


class FermaDentro(Ferma):
    """The same for rows inside the page of their meeting: none comes in either."""

    def has_add_permission(self, request, obj):
        """Whether the person may add rows to the meeting, now."""
        return super().has_add_permission(request, obj) and _si_cambia(obj)


def _si_cambia(oggetto: Any) -> bool:
    return oggetto is None or modificabile(oggetto if isinstance(oggetto, Incontro) else oggetto.incontro)


class DiIncontroForm(SchedaForm):
    """A row of a meeting, that does not go into one that stands still."""

    def clean_incontro(self):
        """The meeting, held until the row is saved."""
        try:
            return apri_per_modifica(self.cleaned_data["incontro"])
        except NonModificabile as fermo:
            raise ValidationError(str(fermo)) from fermo


class PuntiDentro(FermaDentro, RigheDentro):
    """The agenda."""

    model = PuntoOdg
    fields = ("ordine", "titolo", "descrizione", "durata")


class PresenzeDentro(FermaDentro, RigheDentro):
    """Who was there."""

    model = Presenza
    autocomplete_fields = ("seggio", "utente", "ente")
    fields = ("seggio", "ospite", "utente", "ente", "esito", "nota")


@admin.register(Incontro)
class IncontroAdmin(Ferma, Amministrazione):
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
class PuntoOdgAdmin(Ferma, Amministrazione):
    """Points of the agendas."""

    resource_classes = [tracciati.TracciatoPuntoOdg]
    form = DiIncontroForm
    list_display = ("titolo", "incontro", "ordine", "durata")
    list_select_related = ("incontro",)
    list_filter = ("incontro",)
    search_fields = ("titolo", "descrizione", "incontro__titolo")
    autocomplete_fields = ("incontro",)


@admin.register(Presenza)
class PresenzaAdmin(Ferma, Amministrazione):
    """Attendances: who, at which meeting, how."""

    resource_classes = [tracciati.TracciatoPresenza]
    form = DiIncontroForm
    list_display = ("incontro", "seggio", "ospite", "ente", "esito", "nota")
    list_select_related = ("incontro", "seggio", "ente")
    list_filter = ("esito", "incontro", "seggio__area")
    search_fields = ("incontro__titolo", "seggio__nome", "ospite", "ente__denominazione")
    autocomplete_fields = ("incontro", "seggio", "utente", "ente")


@admin.register(Verbale)
class VerbaleAdmin(Ferma, AmministrazioneSoloExport):
    """Minutes: who takes them, how far they are. Started and written in the reserved area, where two versions meet."""

    resource_classes = [tracciati.TracciatoVerbale]
    list_display = ("incontro", "verbalizzante", "stato", "quante_voci", "aggiornato")
    list_select_related = ("incontro", "verbalizzante")
    list_filter = ("stato",)
    search_fields = ("incontro__titolo", "verbalizzante__cognome")
    autocomplete_fields = ("verbalizzante", "redattori")
    readonly_fields = ("incontro", "stato", "da_scrivere")
    fields = ("incontro", "verbalizzante", "redattori", "stato", "da_scrivere")
    actions = tuple(azione_di_passaggio(Verbale, p.nome) for p in Verbale.PASSAGGI)

    def get_queryset(self, request):
        """Each set of minutes with the number of its entries."""
        return super().get_queryset(request).annotate(numero_voci=Count("incontro__punti__voci"))

    def has_add_permission(self, request):
        """Never here: minutes start from their meeting."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Not while entries would remain without their minutes."""
        orfane = obj is not None and Voce.objects.filter(punto__incontro=obj.incontro_id).exists()
        return super().has_delete_permission(request, obj) and not orfane

    @admin.display(description="voci", ordering="numero_voci")
    def quante_voci(self, verbale):
        """How many entries it has."""
        return verbale.numero_voci

    @admin.display(description="testo")
    def da_scrivere(self, verbale):
        """A link to the minutes in the reserved area."""
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

    # Nobody has these permissions (see permessi.py); superusers have every permission, and the door is shut to them too.
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
