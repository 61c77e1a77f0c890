"""The back office as a whole: who enters, what its first page says."""

from typing import ClassVar

from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from tavolo.servizi.attese import attese
from tavolo.views.caricamento import CaricamentoView
from tavolo.views.pacchetto_hsds import PacchettoHsdsView


class SitoAmministrazione(AdminSite):
    """Django's admin site, open to whoever coordinates the Tavolo and closed to its own login page."""

    site_header = "Amministrazione del Tavolo Intercultura"
    site_title = "Amministrazione"
    index_title = "Che cosa vuoi fare?"
    index_template = "admin/index.html"
    enable_nav_sidebar = False

    # The apps of the first page, in the order of what one does most.
    APP: ClassVar = ("risorse", "incontri", "referenti", "base")
    OGNI_GIORNO: ClassVar = ("Risorsa", "Sede", "Contatto", "Incontro", "Verbale", "Ente", "Seggio", "Utente")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take in the portal's own nouns only: groups are fixed, what libraries keep is nobody's daily work."""
        modelli = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        nostri: list[type[Model]] = [modello for modello in modelli if modello._meta.app_label in self.APP]
        if nostri:
            super().register(nostri, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may enter at all: a rule, not a flag on the account."""
        return request.user.is_active and request.user.has_perm("tavolo.amministra")

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponseBase:
        """The one login of the portal; who is already in, and may not enter here, is told so."""
        prossimo = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(prossimo, allowed_hosts={request.get_host()}):
            prossimo = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(prossimo)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"{resolve_url('account_login')}?{urlencode({'next': prossimo})}")

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponseBase:
        """Out of the portal, to its home page; by POST only."""
        return LogoutView.as_view(next_page="home")(request)

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """The portal's own page for it."""
        return redirect("account_change_password")

    def get_urls(self):
        """Two more pages: the territory's files, the packages of other publishers."""
        vista = self.admin_view(CaricamentoView.as_view(sito=self))
        hsds = self.admin_view(PacchettoHsdsView.as_view(sito=self))
        return [
            path("carica-dati/", vista, name="carica-dati"),
            path("pacchetto-hsds/", hsds, name="pacchetto-hsds"),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponseBase:
        """First what waits, then everything else."""
        return super().index(request, {"attese": attese(), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list:
        """The apps in our order, and in each of them first what one works with every day."""
        app_trovate = super().get_app_list(request, app_label)
        for app in app_trovate:
            app["models"].sort(key=lambda modello: modello["object_name"] not in self.OGNI_GIORNO)
        return sorted(app_trovate, key=lambda app: self.APP.index(app["app_label"]))
