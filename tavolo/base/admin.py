"""The imports in the back office: how far each is, and what came of it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.module_loading import import_string
from django.utils.text import slugify

from tavolo.base.amministrazione import ConPermessiSullOggetto, chiave
from tavolo.base.coda import LAVORI
from tavolo.base.esiti import Errore
from tavolo.base.formati import CSV, Tabella
from tavolo.base.models import Importazione
from tavolo.base.sola_lettura import SolaLettura


@admin.register(Importazione)
class ImportazioneAdmin(SolaLettura, ConPermessiSullOggetto, admin.ModelAdmin):
    """Read only: an import begins from the page of its noun, and ends by itself."""

    list_display = ("titolo", "nome_file", "stato", "nuove", "aggiornate", "errori_in_tutto", "autore", "creato")
    list_filter = ("stato", "titolo")
    search_fields = ("titolo", "nome_file", "autore__email")
    list_select_related = ("autore",)
    list_per_page = 50
    show_full_result_count = False
    date_hierarchy = "creato"
    actions = None

    def get_urls(self):
        """One more address: the errors as a table to download."""
        vista = self.admin_site.admin_view(self.errori_view)
        return [path("<path:object_id>/errori/", vista, name="base_importazione_errori"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far the import is; the page comes back by itself until it is over."""
        importazione = self._una(request, object_id)
        return TemplateResponse(
            request,
            "admin/importazione.html",
            {
                **self.admin_site.each_context(request),
                "title": f"Importazione: {importazione.titolo}",
                "opts": self.opts,
                "importazione": importazione,
                "errori": [Errore(*errore) for errore in importazione.errori],
                "elenco": _elenco(importazione),
            },
        )

    def errori_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The errors kept of an import, as CSV."""
        importazione = self._una(request, object_id)
        tabella = Tabella(headers=["riga", "colonna", "che cosa non va"])
        for riga, colonna, messaggio in importazione.errori:
            tabella.append([riga or "", colonna, messaggio])
        nome = f"errori-{slugify(importazione.titolo)}-{importazione.creato:%Y-%m-%d}.csv"
        return HttpResponse(
            CSV().export_data(tabella),
            content_type=CSV().get_content_type(),
            headers={"Content-Disposition": f'attachment; filename="{nome}"'},
        )

    def _una(self, request: HttpRequest, object_id: str) -> Importazione:
        return get_object_or_404(self.get_queryset(request).select_related("autore"), pk=chiave(object_id))


def _elenco(importazione: Importazione) -> str:
    """Where the rows of the file are seen; empty for a file that is not the table of one model."""
    if importazione.lavoro in LAVORI:
        return ""
    opzioni = import_string(importazione.lavoro)._meta.model._meta
    return reverse(f"admin:{opzioni.app_label}_{opzioni.model_name}_changelist")
