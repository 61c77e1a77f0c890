"""`/sitemap.xml`: every public page in every language, for search engines; an index, and files of a thousand pages."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import override

from incontri.models import Bisogno, Incontro
from referenti.models import Comune, Ente
from risorse.models import AreaServita, Categoria, Risorsa

PAGINE = (
    *(
        "home",
        "risorse:risorsa-list",
        "risorse:mappa",
        "dati",
        "referenti:tavolo",
        "referenti:territorio",
        "archivio:incontro-list",
        "aderisci:richiesta-create",
        "lavoro:bisogno-list",
        "lavoro:copertura",
        "lavoro:prassi-list",
        "lavoro:documento-list",
        "lavoro:novita",
    ),
    *("accessibilita", "privacy", "note-legali"),
)


def nelle_lingue(percorso: str) -> dict[str, str]:
    """A page's path in each language of the interface: {code: path}; Italian has no prefix (`tavolo.urls`)."""
    return {
        codice: percorso if codice == settings.LANGUAGE_CODE else f"/{codice}{percorso}"
        for codice, _ in settings.LANGUAGES
    }


class InOgniLingua(Sitemap):
    """Pages that exist in every language; each entry names the others.

    Django's own `i18n` multiplies the rows by the languages before it cuts pages: with ten thousand cards every file
    would read them all. Here a page of rows is cut first, then each is written in its languages.
    """

    limit = 1000

    def get_urls(self, page: int = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """The entries of one file; EmptyPage and PageNotAnInteger as Django's own (the view answers 404)."""
        radice = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        voci = []
        for oggetto in self.paginator.page(page).object_list:
            with override(settings.LANGUAGE_CODE):
                percorso = self.location(oggetto)
            indirizzi = {lingua: f"{radice}{dove}" for lingua, dove in nelle_lingue(percorso).items()}
            altre = [{"location": dove, "lang_code": lingua} for lingua, dove in indirizzi.items()]
            altre.append({"location": indirizzi[settings.LANGUAGE_CODE], "lang_code": "x-default"})
            comune = {"item": oggetto, "lastmod": self.ultima(oggetto), "alternates": altre}
            voci += [comune | {"location": dove, "changefreq": None, "priority": ""} for dove in indirizzi.values()]
        return voci

    def ultima(self, oggetto: Any) -> datetime | None:
        """When the page of a row last changed."""
        return getattr(oggetto, "aggiornato", None)

    def get_latest_lastmod(self) -> datetime | None:
        """When the newest of its rows changed, asked of the database."""
        righe = self.items()
        return righe.aggregate(ultima=Max("aggiornato"))["ultima"] if hasattr(righe, "aggregate") else None


class PagineSitemap(InOgniLingua):
    """The pages of which there is one."""

    def items(self):
        """Their names."""
        return PAGINE

    def location(self, item):
        """Their paths."""
        return reverse(item)


class ServiziSitemap(InOgniLingua):
    """The cards a list offers; invented ones are not for search engines."""

    def items(self):
        """The services of today, in an order that stands while one reads."""
        return Risorsa.objects.attive().filter(esempio=False).order_by("pk").only("slug", "aggiornato")


class ComuniSitemap(InOgniLingua):
    """The pages of the comuni of the Ambito."""

    def items(self):
        """The comuni."""
        return Comune.objects.dell_ambito()


class ComuniCategorieSitemap(InOgniLingua):
    """What each comune has about one thing, where it has something."""

    def items(self):
        """(slug of the comune, slug of the category), in order, from three queries."""
        attive = Risorsa.objects.attive().order_by()
        comuni = dict(Comune.objects.dell_ambito().values_list("pk", "slug"))
        proprie = attive.filter(area_servita=AreaServita.COMUNI, comuni_serviti__in=comuni, categorie__isnull=False)
        coppie = {(comuni[c], s) for c, s in proprie.values_list("comuni_serviti", "categorie__slug").distinct()}
        ampie = attive.exclude(area_servita=AreaServita.COMUNI)
        per_tutti = Categoria.objects.filter(risorse__in=ampie).values_list("slug", flat=True).distinct()
        return sorted(coppie | {(comune, slug) for comune in comuni.values() for slug in per_tutti})

    def location(self, item):
        """The path of the page."""
        return reverse("risorse:comune-categoria", args=item)


class EntiSitemap(InOgniLingua):
    """The pages of the enti; invented ones are not for search engines."""

    def items(self):
        """The enti."""
        return Ente.objects.filter(esempio=False).order_by("pk").only("slug", "aggiornato")


class VerbaliSitemap(InOgniLingua):
    """The published minutes."""

    def items(self):
        """Their meetings."""
        return Incontro.objects.con_verbale_pubblicato().order_by("pk").only("slug", "aggiornato")

    def location(self, item):
        """The path of the page."""
        return item.pagina_pubblica


class BisogniSitemap(InOgniLingua):
    """The public needs; samples are not for search engines."""

    def items(self):
        """Those of a published round."""
        return Bisogno.objects.pubblici().filter(esempio=False).order_by("pk").only("slug", "aggiornato")

    def location(self, item):
        """The path of the page."""
        return item.pagina_pubblica


SEZIONI = {
    "pagine": PagineSitemap,
    "servizi": ServiziSitemap,
    "comuni": ComuniSitemap,
    "comuni-categorie": ComuniCategorieSitemap,
    "enti": EntiSitemap,
    "verbali": VerbaliSitemap,
    "bisogni": BisogniSitemap,
}
