"""What becomes of the public's reports, and how long anything it sent is kept."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from risorse.models import Segnalazione, StatoSegnalazione, Valutazione


def rispondi(segnalazione: Segnalazione, *, scheda: str) -> bool:
    """Mail the answer to who asked for one, in the language of the page it came from; False if there is none to send.

    `scheda` is the whole address of the card. Raises OSError if the mail does not leave.
    """
    aperta = segnalazione.stato == StatoSegnalazione.APERTA
    if aperta or not segnalazione.email or not segnalazione.risposta.strip():
        return False
    with translation.override(segnalazione.lingua or settings.LANGUAGE_CODE):
        contesto = {"segnalazione": segnalazione, "scheda": scheda}
        send_mail(
            subject=_("La tua segnalazione al Tavolo Intercultura"),
            message=render_to_string("risorse/email/risposta_segnalazione.txt", contesto),
            from_email=None,
            recipient_list=[segnalazione.email],
        )
    return True


@dataclass(frozen=True)
class Eliminati:
    """How much was erased: whole ratings and reports, and addresses of reports that stay."""

    valutazioni: int
    segnalazioni: int
    email: int


@transaction.atomic
def elimina_scaduti() -> Eliminati:
    """Erase what the public sent longer than `MESI_CONSERVAZIONE` ago, history included; addresses sooner.

    An address goes `GIORNI_CONSERVAZIONE_EMAIL` days after its report was handled. Run twice, it finds nothing.
    """
    adesso = timezone.now()
    limite = adesso - timedelta(days=settings.MESI_CONSERVAZIONE * 365 // 12)
    valutazioni = Valutazione.objects.filter(creato__lt=limite)
    quante_valutazioni = valutazioni.count()
    valutazioni.delete()
    vecchie = list(Segnalazione.objects.filter(creato__lt=limite).values_list("pk", flat=True))
    Segnalazione.objects.filter(pk__in=vecchie).delete()
    # The history of what was erased now (the deletion itself leaves a row) and of what anyone erased before.
    Segnalazione.storia.filter(Q(uuid__in=vecchie) | Q(history_date__lt=limite)).delete()
    gestite = Segnalazione.objects.filter(
        gestita_il__lt=adesso - timedelta(days=settings.GIORNI_CONSERVAZIONE_EMAIL)
    ).exclude(email="")
    return Eliminati(quante_valutazioni, len(vecchie), gestite.update(email=""))
