"""The personal calendar: its page in the area, and the address calendar programs read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from incontri.models import CalendarioPersonale
from incontri.servizi.calendari import incontri_del_calendario, revoca, rinnova
from incontri.servizi.calendario import calendario
from tavolo.base import riservata
from tavolo.base.indirizzi import portale
from tavolo.base.riservata import RiservataMixin

verbo = riservata.verbo(lambda chiavi: reverse("incontri:calendario-personale"))


@method_decorator(never_cache, name="dispatch")
class CalendarioPersonaleView(RiservataMixin, TemplateView):
    """Create, renew or revoke the address; it is shown once, in the answer to the request that makes it."""

    template_name = "incontri/calendario_personale.html"

    def get_context_data(self, **kwargs):
        """Whether there is a calendar, and when it was read."""
        suo = CalendarioPersonale.objects.filter(utente=self.request.user).first()
        return super().get_context_data(calendario=suo, **kwargs)

    def post(self, request, *args, **kwargs):
        """A new address; the one before stops."""
        indirizzo = portale(request) + reverse("calendario-ics", args=[rinnova(request.user)])
        return self.render_to_response(self.get_context_data(indirizzo=indirizzo))


@verbo
def calendario_revoca(request):
    """Close the address."""
    revoca(request.user)
    messages.success(request, "L'indirizzo del tuo calendario non vale più.")
    return redirect("incontri:calendario-personale")


@require_safe
def calendario_ics(request, token):
    """`/calendario/<token>.ics`: the meetings, for a calendar program; 404 for a token that is not, or no more, good."""
    incontri = incontri_del_calendario(token)
    if incontri is None:
        raise Http404("Questo calendario non c'è.")
    risposta = HttpResponse(calendario(incontri, radice=portale(request)), content_type="text/calendar; charset=utf-8")
    risposta["Cache-Control"] = "private, max-age=900"
    risposta["X-Robots-Tag"] = "noindex"
    return risposta
