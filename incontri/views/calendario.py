"""Meetings as files for one's own calendar."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views import View

from incontri.models import Incontro, StatoIncontro
from incontri.servizi.calendario import calendario
from incontri.views.accesso import DiIncontroMixin
from tavolo.base.riservata import RiservataMixin


def _file(request, incontri, nome):
    radice = request.build_absolute_uri("/").rstrip("/")
    contenuto = calendario(incontri, radice=radice)
    intestazioni = {"Content-Disposition": f'attachment; filename="{nome}.ics"'}
    return HttpResponse(contenuto, content_type="text/calendar; charset=utf-8", headers=intestazioni)


class ProssimiIcsView(RiservataMixin, View):
    """The meetings to come; those cancelled too, so that they leave the calendars they are in."""

    def get(self, request):
        """The file."""
        futuri = Q(inizio__gte=timezone.now()) & ~Q(stato=StatoIncontro.SVOLTO)
        incontri = Incontro.objects.visibili_a(request.user).filter(futuri).order_by("inizio", "uuid")
        return _file(request, incontri.prefetch_related("punti", "temi"), "prossimi-incontri")


class IncontroIcsView(DiIncontroMixin, View):
    """One meeting."""

    def get(self, request, pk):
        """The file; 404 while the meeting has no date."""
        if self.incontro.inizio is None:
            raise Http404("L'incontro non ha ancora una data.")
        return _file(request, [self.incontro], f"incontro-{self.incontro.giorno:%Y-%m-%d}")
