"""What every page of the back office shares: object permissions, history, import and export, authors."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst, slugify
from import_export.admin import ExportMixin, ImportExportMixin
from import_export.tmp_storages import CacheStorage
from simple_history.admin import SimpleHistoryAdmin
from simple_history.manager import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from tavolo.base.formati import FORMATI, FileNonLeggibile
from tavolo.base.importazione import ConCoda, EsportazioneForm, ImportazioneForm
from tavolo.base.models import ConAutore
from tavolo.base.scheda import SchedaForm
from tavolo.base.sola_lettura import NonSiScrive
from tavolo.base.stati import ConStati, PassaggioNonPossibile, compi


class ConPermessiSullOggetto:
    """Asks `has_perm(perm, oggetto)`: the sentences stand in the `permessi` modules."""

    opts: Any

    def _puo(self, request: HttpRequest, azione: str, oggetto: Model | None) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(azione, self.opts)}", oggetto)

    def has_view_permission(self, request, obj=None):
        """Whether the person may see it."""
        return self._puo(request, "view", obj)

    def has_change_permission(self, request, obj=None):
        """Whether the person may change it."""
        return self._puo(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        """Whether the person may delete it."""
        return self._puo(request, "delete", obj)


class _RigaDentro(ConPermessiSullOggetto):
    """Rows inside the page of another one ask about themselves without an object: Django hands them their parent."""

    extra = 0
    show_change_link = True

    def _puo(self, request: HttpRequest, azione: str, oggetto: Model | None) -> bool:
        return super()._puo(request, azione, None)


class RigheDentro(_RigaDentro, admin.TabularInline):
    """Rows inside the page of another one, one line each."""


class SchedeDentro(_RigaDentro, admin.StackedInline):
    """Rows inside the page of another one, one under the other."""


class AmministrazioneSenzaTabelle(ConPermessiSullOggetto, SimpleHistoryAdmin):
    """A page of the back office without import and export."""

    form = SchedaForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False

    def get_ordering(self, request):
        """That of the model, said aloud: a list that counts its rows would forget it."""
        return self.ordering or self.opts.ordering

    def save_model(self, request, obj, form, change):
        """Sign a new row with who writes it."""
        if not change and isinstance(obj, ConAutore):
            obj.autore = request.user
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Sign the new rows inside the page too."""
        for riga in formset.save(commit=False):
            if isinstance(riga, ConAutore) and riga._state.adding:
                riga.autore = request.user
        super().save_formset(request, form, formset, change)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A version brought back is saved over the present one, and keeps its state: only its passages move it."""
        if hasattr(obj, SIMPLE_HISTORY_REVERSE_ATTR_NAME):
            righe: Any = self.model._default_manager
            adesso = righe.filter(pk=obj.pk).first()
            obj._state.adding = adesso is None
            obj.aggiornato = adesso.aggiornato if adesso else obj.aggiornato
            if request.method == "POST" and isinstance(obj, ConStati):
                obj.stato = adesso.stato if adesso else obj.stato
        return super().get_form(request, obj, change, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """The versions of a row; 404 for what is not a key."""
        chiave(object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """One version; to bring it back takes the permission to change both that one and the present one."""
        chiave(object_id)
        if not version_id.isdecimal():
            raise Http404
        if request.method == "POST":
            versione = get_object_or_404(self.model.storia.model, pk=version_id).instance
            attuale = self.get_object(request, unquote(object_id))
            if not all(self.has_change_permission(request, una) for una in (versione, attuale) if una):
                raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def history_view_title(self, request, obj):
        """What the page is, in words."""
        return f"Le versioni di «{obj}»"

    def history_form_view_title(self, request, obj):
        """What the page is, in words."""
        return f"Una versione di «{obj}»"


class _Tabelle:
    """Exports of the back office: two formats, all the columns of the tracciato."""

    opts: Any
    formats = FORMATI
    export_form_class = EsportazioneForm
    export_template_name = "admin/import_export/export.html"

    def get_export_filename(self, request, queryset, file_format):
        """The noun and the day."""
        nome = slugify(str(self.opts.verbose_name_plural))
        return f"{nome}-{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"


class AmministrazioneSoloExport(_Tabelle, ExportMixin, AmministrazioneSenzaTabelle):
    """A page of the back office whose rows go out and do not come in."""


class AmministrazioneDiConteggi(NonSiScrive, _Tabelle, ExportMixin, ConPermessiSullOggetto, admin.ModelAdmin):
    """Rows that machines or nameless people write, without history: to read and to take out, never to change here."""

    show_full_result_count = False


class Amministrazione(ConCoda, _Tabelle, ImportExportMixin, AmministrazioneSenzaTabelle):
    """A page of the back office with history, import and export; subclasses give `resource_classes`."""

    import_form_class = ImportazioneForm
    import_template_name = "admin/import_export/import.html"

    def add_data_read_fail_error_to_form(self, form, e):
        """Reached only if a file changes between two readings."""
        form.add_error("import_file", str(e) if isinstance(e, FileNonLeggibile) else "Non riesco a leggere il file.")

    def write_to_tmp_storage(self, import_file, input_format):
        """Keep the file for the confirmation."""
        deposito = self.get_tmp_storage_class()(read_mode="rb")
        deposito.save(import_file.read())
        return deposito

    def process_import(self, request, **kwargs):
        """Import what was shown in the preview; if that has expired, say so and go back to the form."""
        nome = request.POST.get("import_file_name", "")
        formato_noto = request.POST.get("format") in [str(posto) for posto in range(len(FORMATI))]
        if request.method == "POST" and not (formato_noto and cache.get(f"{CacheStorage.CACHE_PREFIX}{nome}")):
            self.message_user(request, "L'anteprima è scaduta: manda di nuovo il file.", messages.ERROR)
            return self._torna("import")
        return super().process_import(request, **kwargs)

    def process_result(self, result, request):
        """Say what was done; if the data has changed since the preview and nothing was saved, say why."""
        if result.errori:
            for errore in result.errori[:20]:
                self.message_user(request, capfirst(str(errore)), messages.ERROR)
            self.message_user(request, "Niente è stato salvato.", messages.ERROR)
            return self._torna("import")
        return super().process_result(result, request)

    def add_success_message(self, result, request):
        """How many rows are new, changed, as they were."""
        self.message_user(
            request,
            f"Importazione finita. Nuove: {result.nuove}; aggiornate: {result.aggiornate}; invariate: {result.invariate}.",
            messages.SUCCESS,
        )

    def _torna(self, vista: str) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{vista}"))


def chiave(object_id: str) -> UUID:
    """The key of a row in an address of the back office; 404 for what is not one."""
    try:
        return UUID(unquote(object_id))
    except ValueError as errore:
        raise Http404 from errore


def azione_di_passaggio(modello: type[ConStati], nome: str) -> Any:
    """A bulk action that brings every chosen row through a passage and says how many went and why others did not."""
    passaggio = modello.passaggio(nome)

    @admin.action(description=f"{passaggio.etichetta} (le righe scelte)")
    def azione(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> None:
        fatte, rifiuti = 0, []
        for oggetto in queryset:
            if not request.user.has_perm(passaggio.permesso, oggetto):
                rifiuti.append(f"«{oggetto}»: non hai il permesso.")
                continue
            try:
                compi(oggetto, nome, autore=request.user)
            except PassaggioNonPossibile as errore:
                rifiuti.append(f"«{oggetto}»: {errore}")
            else:
                modeladmin.log_change(request, oggetto, passaggio.etichetta)
                fatte += 1
                rifiuti += [f"«{oggetto}»: {avviso}" for avviso in (passaggio.avviso(oggetto),) if avviso]
        if fatte:
            modeladmin.message_user(request, f"{passaggio.etichetta}: fatto per {fatte}.", messages.SUCCESS)
        for rifiuto in rifiuti[:20]:
            modeladmin.message_user(request, rifiuto, messages.WARNING)
        if len(rifiuti) > 20:
            modeladmin.message_user(request, f"E per altre {len(rifiuti) - 20} righe.", messages.WARNING)

    azione.__name__ = nome.replace("-", "_")
    return azione


def collegamento(testo: Any, vista: str, **filtri: Any) -> str:
    """A link to a list of the back office, `app_modello`, with its filters."""
    domanda = "&".join(f"{nome}={valore}" for nome, valore in filtri.items())
    return format_html('<a href="{}?{}">{}</a>', reverse(f"admin:{vista}_changelist"), domanda, testo)
