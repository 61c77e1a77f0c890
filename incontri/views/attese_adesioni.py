"""What waits, on the dashboard of who coordinates, about requests to join: to put on an agenda, to decide."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from incontri.servizi.adesioni.decisioni import impedimento
from referenti.models import RichiestaAdesione, StatoAdesione
from tavolo.base.passi import DaFare, Passo, in_giorno


def richieste_di_adesione(utente):
    """In one line the requests no meeting discusses yet; each of those a meeting has decided on, or has to again."""
    if not utente.has_perm("referenti.decidi_richiestaadesione"):
        return
    conto = (
        RichiestaAdesione.objects.da_mettere_all_ordine()
        .order_by()
        .aggregate(quante=Count("pk"), prima=Min("confermata_il"))
    )
    if quante := conto["quante"]:
        titolo = "1 richiesta di adesione aspetta" if quante == 1 else f"{quante} richieste di adesione aspettano"
        dove = f"{reverse('adesioni:richiesta-list')}?stato={StatoAdesione.CONFERMATA}"
        perche = "Mettila all'ordine del giorno di un incontro" if quante == 1 else "Mettile all'ordine del giorno"
        detto = f"{'arrivata' if quante == 1 else 'la prima arrivata'} il {in_giorno(conto['prima'])}"
        yield DaFare(titolo, perche, Passo("Leggi", dove), dove, conto["prima"], detto)
    for richiesta in RichiestaAdesione.objects.filter(stato=StatoAdesione.IN_DISCUSSIONE).order_by(
        "confermata_il", "uuid"
    ):
        discussione = richiesta.discussione
        incontro = discussione.punto.incontro if discussione else None
        indirizzo = richiesta.get_absolute_url()
        titolo = f"Richiesta di adesione: {richiesta}"
        if not impedimento(richiesta):
            perche = "Il Tavolo ha deciso: accoglila, o rispondi di no"
            yield DaFare(titolo, perche, Passo("Registra la decisione", indirizzo), indirizzo, incontro.inizio)
        elif incontro is None or incontro.annullato:
            perche = "Non è più in nessun ordine del giorno"
            dove = reverse("adesioni:discussione-create", args=[richiesta.pk])
            yield DaFare(titolo, perche, Passo("Scegli un incontro", dove), indirizzo, richiesta.confermata_il)
        elif incontro.giorno and incontro.giorno < timezone.localdate():
            perche = impedimento(richiesta)
            yield DaFare(titolo, perche, Passo("Guarda", indirizzo), indirizzo, incontro.inizio)
