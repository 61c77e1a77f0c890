"""Back office of the controlled terms."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Count

from risorse import tracciati
from risorse.admin.traduzioni import ConTraduzioniMixin
from risorse.models import Categoria, Destinatari, DocumentoRichiesto, Lingua, ModalitaAccesso
from tavolo.base.amministrazione import Amministrazione, collegamento


class TermineAdmin(ConTraduzioniMixin, Amministrazione):
    """A controlled list: how many services use each term."""

    filtro: ClassVar[str]
    search_fields = ("nome", "slug")
    readonly_fields = ("le_traduzioni",)

    def get_queryset(self, request):
        """Each term with the number of its services."""
        return super().get_queryset(request).annotate(numero_risorse=Count("risorse", distinct=True))

    @admin.display(description="servizi", ordering="numero_risorse")
    def quante_risorse(self, termine):
        """How many services use it, linked to their list."""
        if not termine.numero_risorse:
            return ""
        return collegamento(termine.numero_risorse, "risorse_risorsa", **{f"{self.filtro}__uuid__exact": termine.pk})


@admin.register(Categoria)
class CategoriaAdmin(TermineAdmin):
    """What services are about."""

    filtro = "categorie"
    resource_classes = [tracciati.TracciatoCategoria]
    list_display = ("nome", "descrizione", "icona", "quante_risorse", "ordine")


@admin.register(Destinatari)
class DestinatariAdmin(TermineAdmin):
    """Whom services are for."""

    filtro = "destinatari"
    resource_classes = [tracciati.TracciatoDestinatari]
    list_display = ("nome", "slug", "quante_risorse", "ordine")


@admin.register(DocumentoRichiesto)
class DocumentoRichiestoAdmin(TermineAdmin):
    """What to bring."""

    filtro = "documenti"
    resource_classes = [tracciati.TracciatoDocumentoRichiesto]
    list_display = ("nome", "slug", "quante_risorse", "ordine")


@admin.register(ModalitaAccesso)
class ModalitaAccessoAdmin(TermineAdmin):
    """How one gets to a service."""

    filtro = "modalita"
    resource_classes = [tracciati.TracciatoModalitaAccesso]
    list_display = ("nome", "slug", "quante_risorse", "ordine")


@admin.register(Lingua)
class LinguaAdmin(TermineAdmin):
    """The languages people speak."""

    filtro = "lingue"
    resource_classes = [tracciati.TracciatoLingua]
    list_display = ("nome", "nome_proprio", "codice", "da_destra", "quante_risorse", "ordine")
    search_fields = ("nome", "nome_proprio", "codice")
