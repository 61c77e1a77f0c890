"""What the public may know of: one sentence each, for API and package alike."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from referenti.models import Ente, RuoloAlTavolo
from risorse.models import Risorsa, RisorsaInSede, Sede


def enti_pubblici() -> QuerySet:
    """Every body but those outside the Tavolo whose services are all still to be published."""
    offerti, tutti = (righe.filter(ente=OuterRef("pk")) for righe in (Risorsa.objects.attive(), Risorsa.objects.all()))
    return Ente.objects.filter(~Q(ruolo=RuoloAlTavolo.NESSUNO) | Q(Exists(offerti)) | ~Q(Exists(tutti)))


def legami_pubblici() -> QuerySet:
    """The published services as found at their confirmed places."""
    attive = Risorsa.objects.attive().order_by().values("pk")
    return RisorsaInSede.objects.filter(risorsa__in=attive, sede__da_verificare=False)


def sedi_di(enti: Any) -> QuerySet:
    """The confirmed places of these bodies where a published service is found."""
    return Sede.objects.pubbliche().filter(ente__in=enti, pk__in=legami_pubblici().values("sede_id"))
