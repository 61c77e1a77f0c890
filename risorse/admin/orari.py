"""Back office of hours and closures, on their own and inside what they are the hours of."""

from itertools import combinations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from risorse import tracciati
from risorse.models import Chiusura, Orario
from risorse.models.orario import si_accavallano
from tavolo.base.amministrazione import Amministrazione, RigheDentro


class OraInput(forms.TimeInput):
    """A small box for an hour, with the clock of the browser where it has one."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class OrariFormSet(forms.BaseInlineFormSet):
    """The hours of the seasons of one owner, looked at together: what overlaps is refused, with both intervals named."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.guardato_con_gli_altri = True
        return form

    def clean(self):
        """Refuse intervals of one day that share minutes; rows to delete and rows with errors do not count."""
        super().clean()
        righe = [
            form.instance
            for form in self.forms
            if not form.errors and form.cleaned_data.get("giorno") and form not in self.deleted_forms
        ]
        if any(riga.valido_dal is None and riga.valido_al is None for riga in righe):
            raise ValidationError(
                "Di un orario di stagione scrivi da quando o fino a quando vale: quelli di tutto l'anno vanno nella settimana."
            )
        errori = [si_accavallano(uno, altro) for uno, altro in combinations(righe, 2) if uno.si_accavalla(altro)]
        if errori:
            raise ValidationError(errori)


class OrariDentro(RigheDentro):
    """The hours of the seasons of a service, a place, or a service at a place; those of all year are in its week."""

    model = Orario
    formset = OrariFormSet
    verbose_name = "orario di una stagione"
    verbose_name_plural = "orari di una stagione (prendono il posto della settimana nei giorni in cui valgono)"
    fields = ("giorno", "dalle", "alle", "su_appuntamento", "valido_dal", "valido_al", "nota")

    def get_queryset(self, request):
        """Rows with a beginning or an end."""
        return super().get_queryset(request).exclude(valido_dal__isnull=True, valido_al__isnull=True)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Hours in a small box."""
        if db_field.name in ("dalle", "alle"):
            kwargs["widget"] = OraInput()
            return db_field.formfield(**kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ChiusureDentro(RigheDentro):
    """The closures of an ente, a place or a service."""

    model = Chiusura
    fields = ("dal", "al", "motivo")


@admin.register(Orario)
class OrarioAdmin(Amministrazione):
    """Hours: whose they are, which ones are by appointment or of a season."""

    resource_classes = [tracciati.TracciatoOrario]
    list_display = ("di_chi", "giorno", "dalle", "alle", "su_appuntamento", "valido_dal", "valido_al", "nota")
    list_select_related = ("risorsa", "sede", "in_sede__risorsa", "in_sede__sede")
    list_filter = ("giorno", "su_appuntamento")
    search_fields = (
        "risorsa__nome",
        "sede__nome",
        "in_sede__risorsa__nome",
        "in_sede__sede__nome",
        "nota",
    )
    autocomplete_fields = ("risorsa", "sede", "in_sede")
    fieldsets = (
        (None, {"fields": ("giorno", ("dalle", "alle"), "su_appuntamento", "nota")}),
        ("Solo in una parte dell'anno", {"fields": (("valido_dal", "valido_al"),)}),
        ("Di chi è: scegline uno solo", {"fields": ("risorsa", "sede", "in_sede")}),
    )

    @admin.display(description="di chi è")
    def di_chi(self, orario):
        """The service, the place, or the service at the place."""
        return orario.in_sede or orario.risorsa or orario.sede


@admin.register(Chiusura)
class ChiusuraAdmin(Amministrazione):
    """Closures: whose they are, from when to when."""

    resource_classes = [tracciati.TracciatoChiusura]
    list_display = ("di_chi", "dal", "al", "motivo")
    list_select_related = ("ente", "risorsa", "sede")
    list_filter = ("dal",)
    search_fields = ("ente__denominazione", "risorsa__nome", "sede__nome", "motivo")
    autocomplete_fields = ("ente", "sede", "risorsa")
    date_hierarchy = "dal"
    fieldsets = (
        (None, {"fields": (("dal", "al"), "motivo")}),
        ("Di chi è: scegline uno solo", {"fields": ("ente", "sede", "risorsa")}),
    )

    @admin.display(description="di chi è")
    def di_chi(self, chiusura):
        """The ente, the place or the service."""
        return chiusura.ente or chiusura.sede or chiusura.risorsa
