"""Personal calendars: the address at which a calendar program reads the meetings, and its token that can be revoked."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import CalendarioPersonale, Incontro

# How far back the feed goes: calendars keep what they have read before.
FINO_A = timedelta(days=365)


def rinnova(utente: Any) -> str:
    """A new token for this person's calendar, to be shown once: only its fingerprint is kept, and the old one is dead."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarioPersonale.objects.update_or_create(
            utente=utente, defaults={"impronta": impronta(token), "letto": None}
        )
    return token


def revoca(utente: Any) -> None:
    """Close this person's calendar: its address answers no more."""
    CalendarioPersonale.objects.filter(utente=utente).delete()


def impronta(token: str) -> str:
    """SHA-256 of the token, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def incontri_del_calendario(token: str) -> Any:
    """The meetings of the calendar with this token, as its person may read them now; None if it opens nothing.

    It stops with the account. Reading is noted once an hour at most.
    """
    calendari = CalendarioPersonale.objects.select_related("utente")
    calendario = calendari.filter(impronta=impronta(token), utente__is_active=True).first()
    if calendario is None or not calendario.utente.has_perm("tavolo.entra_area"):
        return None
    adesso = timezone.now()
    if calendario.letto is None or calendario.letto < adesso - timedelta(hours=1):
        calendario.letto = adesso
        # Only over a row that is still there: a calendar revoked meanwhile does not come back.
        calendario.save(update_fields=["letto"])
    visibili = Incontro.objects.visibili_a(calendario.utente).filter(inizio__gte=adesso - FINO_A)
    return visibili.order_by("inizio", "uuid").prefetch_related("punti", "temi")
