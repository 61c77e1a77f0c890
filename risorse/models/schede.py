"""Questions asked of services, and the words their answers are chosen from."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from risorse.models.aperture import ConOrariQuerySet
from risorse.models.freschezza import Freschezza, FreschezzaQuerySet


class TipoRisorsa(models.TextChoices):
    """What kind of resource it is."""

    SERVIZIO = "servizio", _("Servizio")
    SPORTELLO = "sportello", _("Sportello")
    CORSO = "corso", _("Corso")
    RETE_INFORMALE = "rete-informale", _("Rete informale")
    NODO_STRATEGICO = "nodo-strategico", _("Nodo strategico")


class StatoRisorsa(models.TextChoices):
    """Where a card is in its life."""

    BOZZA = "bozza", "Bozza"
    IN_REVISIONE = "in-revisione", "In revisione"
    PUBBLICATA = "pubblicata", "Pubblicata"
    SOSPESA = "sospesa", "Sospesa"
    ARCHIVIATA = "archiviata", "Archiviata"


class AreaServita(models.TextChoices):
    """Which territory a service serves."""

    COMUNI = "comuni", _("Solo alcuni comuni")
    AMBITO = "ambito", _("Tutto l'Ambito")
    NAZIONALE = "nazionale", _("Tutta l'Italia")


def scadenza_da(giorno: date) -> date:
    """By when a card confirmed on `giorno` is to be confirmed again."""
    return giorno + timedelta(days=settings.GIORNI_VERIFICA)


def prima_scadenza() -> date:
    """By when a card born today is to be confirmed."""
    return scadenza_da(timezone.localdate())


COMUNI_SENZA_AREA = "I comuni serviti si indicano solo se il territorio servito è «Solo alcuni comuni»."


class Costo(models.TextChoices):
    """What a service costs, in one word."""

    GRATUITO = "gratuito", _("Gratis")
    SECONDO_REDDITO = "secondo-reddito", _("Dipende dal reddito (ISEE)")
    A_PAGAMENTO = "a-pagamento", _("A pagamento")
    NON_NOTO = "non-noto", _("Da verificare")


class RisorsaQuerySet(ConOrariQuerySet, FreschezzaQuerySet):
    """Questions asked of services."""

    def pubblicate(self):
        """Cards the public sees."""
        return self.filter(stato=StatoRisorsa.PUBBLICATA)

    def valide(self, giorno=None):
        """Published and not over on `giorno` (today by default), however long nobody has confirmed them."""
        giorno = giorno or timezone.localdate()
        return self.pubblicate().filter(Q(valida_al__isnull=True) | Q(valida_al__gte=giorno))

    def attive(self, giorno=None):
        """What a list offers on `giorno` to who looks for help: valid, and not hidden for want of a confirmation."""
        return self.valide(giorno).non_nascoste(giorno)

    def verificate(self, giorno=None):
        """What one may count on, on `giorno`: already begun and valid, confirmed by somebody, and not overdue since."""
        giorno = giorno or timezone.localdate()
        fresche = self.valide(giorno).di_freschezza(Freschezza.IN_TERMINE, Freschezza.IN_SCADENZA, giorno=giorno)
        cominciate = Q(valida_dal__isnull=True) | Q(valida_dal__lte=giorno)
        return fresche.filter(cominciate, verificata_il__isnull=False)

    def con_scadenza(self, giorno=None):
        """Cards somebody answers for: the valid ones, without the samples, which only a demo asks to confirm."""
        return self.valide(giorno) if settings.DEMO else self.valide(giorno).filter(esempio=False)

    def visibili_a(self, utente):
        """Cards this person may see: all for who coordinates, the own ente's drafts besides the published ones."""
        if utente.has_perm("risorse.view_risorsa"):
            return self
        ente = getattr(utente, "ente_id", None)
        proprie = Q(ente=ente) | Q(ente__padre=ente) if ente else Q(pk__in=[])
        return self.filter(Q(stato=StatoRisorsa.PUBBLICATA) | proprie)

    def curate_da(self, utente):
        """Cards this person keeps true: all for who coordinates, else those of the own ente and of its units."""
        if utente.has_perm("risorse.change_risorsa"):
            return self
        return self.dell_ente(utente.ente_id) if utente.has_perm("risorse.proponi_risorsa") else self.none()

    def dell_ente(self, ente):
        """Cards of an ente and of its units."""
        return self.filter(Q(ente=ente) | Q(ente__padre=ente))

    def che_servono(self, comune):
        """Services for who lives in `comune`: its own, those of the whole Ambito, the national ones."""
        ampie = Q(area_servita=AreaServita.NAZIONALE)
        if comune.nell_ambito:
            ampie |= Q(area_servita=AreaServita.AMBITO)
        return self.filter(ampie | self._ha("comuni_serviti", comune=comune))

    def della_categoria(self, categoria):
        """Services about `categoria`."""
        return self.filter(self._ha("categorie", categoria=categoria))

    def affini_a(self, risorsa):
        """Other services about the same things for the same territory."""
        stesso_territorio = Q(area_servita=risorsa.area_servita)
        if risorsa.area_servita == AreaServita.COMUNI:
            stesso_territorio &= self._ha("comuni_serviti", comune__in=risorsa.comuni_serviti.all())
        stesse_categorie = self._ha("categorie", categoria__in=risorsa.categorie.all())
        return self.filter(stesso_territorio, stesse_categorie).exclude(pk=risorsa.pk)

    def per_vicinanza_di_territorio(self):
        """Services of single comuni first, then those of the whole Ambito, then national ones; by name."""
        aree = {area: posto for posto, area in enumerate(AreaServita.values)}
        posti = Case(*(When(area_servita=area, then=posto) for area, posto in aree.items()))
        return self.order_by(posti, *self.model._meta.ordering)

    def con_scheda(self):
        """Everything the short card of a list shows, in a constant number of queries."""
        return self.con_orari().prefetch_related("categorie", "comuni_serviti", "lingue")

    def _ha(self, campo, **condizioni) -> Q:
        # EXISTS instead of a join: filters on several lists never double a row, and none needs DISTINCT.
        ponte = getattr(self.model, campo).through
        return Q(Exists(ponte.objects.filter(risorsa=OuterRef("pk"), **condizioni)))
