"""The home page, the legal pages, and the two files robots and security researchers look for."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from referenti.models import Comune
from risorse.models import Categoria, Contatto, Lingua
from risorse.ricerca.schedario import schedario_di_oggi
from tavolo.base.mappa import disegna

SECURITY_TXT_VALIDO = timedelta(days=180)


class HomeView(TemplateView):
    """`/`: one question, and every way to its answer."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        """Categories, comuni with the number of their services, spoken languages, emergency numbers."""
        schedario, comuni = schedario_di_oggi(), list(Comune.objects.dell_ambito())
        quante = schedario.quante("comune", [comune.slug for comune in comuni])
        numeri = Contatto.objects.di_emergenza()
        return super().get_context_data(**kwargs) | {
            "categorie": Categoria.objects.all(),
            "comuni": [(comune, quante[comune.slug]) for comune in comuni],
            "mappa": disegna(comuni),
            "lingue_parlate": Lingua.objects.filter(codice__in=schedario.valori("lingua")),
            "numeri_emergenza": [{"risorsa": n.risorsa, "numero": n.valore} for n in numeri],
        }


class PaginaView(TemplateView):
    """A legal page; it knows whom to write to and where the declaration is."""

    def get_context_data(self, **kwargs):
        """The addresses this installation has set."""
        return super().get_context_data(**kwargs) | {
            "email_dpo": settings.EMAIL_DPO,
            "titolare": settings.TITOLARE_DATI,
            "mesi_conservazione": settings.MESI_CONSERVAZIONE,
            "giorni_adesione_da_confermare": settings.GIORNI_ADESIONE_DA_CONFERMARE,
            "giorni_adesione_chiusa": settings.GIORNI_ADESIONE_CHIUSA,
            "giorni_newsletter_disdetta": settings.GIORNI_NEWSLETTER_DISDETTA,
            "ore_sessione": settings.SESSION_COOKIE_AGE // 3600,
            "url_dichiarazione": settings.URL_DICHIARAZIONE_ACCESSIBILITA,
        }


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: search engines stay out of what is reserved."""
    return render(request, "pagine/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116), valid for six months from today; 404 where nobody is named to write to."""
    if not settings.EMAIL_REDAZIONE:
        raise Http404
    contesto = {
        "email": settings.EMAIL_REDAZIONE,
        "scadenza": timezone.now().replace(microsecond=0) + SECURITY_TXT_VALIDO,
    }
    return render(request, "pagine/security.txt", contesto, content_type="text/plain; charset=utf-8")
