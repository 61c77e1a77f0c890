"""What waits for who is called to a meeting."""

from django.urls import reverse
from django.utils import timezone

from incontri.models import Convocazione, Risposta, StatoIncontro
from tavolo.base.passi import DaFare, Passo


def convocazioni_senza_risposta(utente):
    """Meetings to come this person is called to and has not answered about, once each."""
    righe = Convocazione.objects.filter(
        utente=utente.pk,
        risposta=Risposta.ATTESA,
        incontro__stato=StatoIncontro.CONVOCATO,
        incontro__inizio__gt=timezone.now(),
    )
    incontri = {riga.incontro_id: riga.incontro for riga in righe.select_related("incontro").order_by("pk")}
    for incontro in incontri.values():
        dove = reverse("incontri:incontro-preparati", args=[incontro.pk])
        passo = Passo("Rispondi alla convocazione", f"{dove}#risposta")
        yield DaFare(incontro, "Aspettiamo di sapere se vieni", passo, dove, incontro.inizio)
