"""What leaves the screen on paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from referenti.models import Comune
from risorse.documenti.volantini import volantino
from risorse.models import Categoria


@require_safe
def volantino_pdf(request, slug, categoria):
    """`/comuni/<slug>/<categoria>/volantino.pdf`: the leaflet, in the language of the address."""
    comune = get_object_or_404(Comune, slug=slug)
    categoria = get_object_or_404(Categoria, slug=categoria)
    pagina = request.build_absolute_uri(reverse("risorse:comune-categoria", args=[comune.slug, categoria.slug]))
    nome = f"{categoria.slug}-{comune.slug}-{get_language()}.pdf"
    intestazioni = {"Content-Disposition": f'inline; filename="{nome}"'}
    return HttpResponse(
        volantino(comune, categoria, indirizzo=pagina), content_type="application/pdf", headers=intestazioni
    )
