"""The original of approved minutes: its files exactly as they are kept."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views import View

from incontri.models import Originale
from incontri.views.verbali import DiVerbaleMixin

# What may be downloaded: the field that keeps it, the kind of file.
FORMATI = {"pdf": ("pdf", "application/pdf"), "json": ("contenuto", "application/json")}


class OriginaleView(DiVerbaleMixin, View):
    """One file of the original, byte by byte, to who may read the minutes; 404 while there is none."""

    def get(self, request, *args, **kwargs):
        """The file, to keep: never shown inside a page, never stored on the way."""
        originale = Originale.objects.filter(verbale=self.verbale).first()
        if originale is None or kwargs["formato"] not in FORMATI:
            raise Http404("Questo verbale non ha ancora un originale.")
        campo, tipo = FORMATI[kwargs["formato"]]
        valore = getattr(originale, campo)
        giorno = f"-{self.verbale.incontro.giorno:%Y-%m-%d}" if self.verbale.incontro.giorno else ""
        nome = f"verbale-{slugify(self.verbale.incontro.titolo)[:60]}{giorno}.{kwargs['formato']}"
        return HttpResponse(
            valore.encode() if isinstance(valore, str) else bytes(valore),
            content_type=tipo,
            headers={
                "Content-Disposition": f'attachment; filename="{nome}"',
                "Cache-Control": "private, no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )
