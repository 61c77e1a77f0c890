"""Back office of the contacts, on their own and inside what they are the contacts of."""

from django.contrib import admin

from referenti.admin import EnteAdmin
from referenti.models import Ente
from risorse import tracciati
from risorse.admin.orari import ChiusureDentro
from risorse.models import Contatto
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class ContattiDentro(RigheDentro):
    """The contacts of an ente, a place or a service."""

    model = Contatto
    fields = ("tipo", "valore", "etichetta", "emergenza", "fonte", "da_verificare", "esempio", "ordine")


@admin.register(Contatto)
class ContattoAdmin(Amministrazione):
    """Contacts: whose they are, which ones are still to be verified."""

    resource_classes = [tracciati.TracciatoContatto]
    list_display = ("valore", "tipo", "di_chi", "etichetta", "emergenza", "da_verificare", "esempio")
    list_select_related = ("ente", "sede", "risorsa")
    list_filter = ("da_verificare", "tipo", "emergenza", "esempio")
    search_fields = ("valore", "etichetta", "ente__denominazione", "sede__nome", "risorsa__nome")
    autocomplete_fields = ("ente", "sede", "risorsa")
    actions = ("segna_verificati",)
    fieldsets = (
        (None, {"fields": ("tipo", "valore", "etichetta", "emergenza")}),
        ("Di chi è: scegline uno solo", {"fields": ("ente", "sede", "risorsa")}),
        ("Da dove viene l'informazione", {"fields": ("fonte", "da_verificare", "esempio")}),
        ("Nel sito", {"fields": ("ordine",)}),
    )

    @admin.display(description="di chi è")
    def di_chi(self, contatto):
        """The ente, the place or the service."""
        return contatto.ente or contatto.sede or contatto.risorsa

    @admin.action(description="Segna come verificati (i contatti scelti)")
    def segna_verificati(self, request, queryset):
        """Take the mark off, one row at a time so that each leaves its history."""
        fatti = 0
        for contatto in queryset.filter(da_verificare=True):
            if self.has_change_permission(request, contatto):
                contatto.da_verificare = False
                contatto.save()
                self.log_change(request, contatto, "Verificato")
                fatti += 1
        self.message_user(request, f"Contatti verificati: {fatti}.")


admin.site.unregister(Ente)


@admin.register(Ente)
class EnteConContattiAdmin(EnteAdmin):
    """Enti with their contacts and closures: the app below does not know that these exist."""

    inlines = (*EnteAdmin.inlines, ContattiDentro, ChiusureDentro)
