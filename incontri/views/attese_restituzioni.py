"""What waits, on the dashboard, about restitution documents: to read and comment, comments to answer, texts to choose."""

from django.db.models import Count, Exists, OuterRef, Q

from incontri.models import LetturaRestituzione, Restituzione, StatoCommento, StatoRestituzione
from tavolo.base.passi import DaFare, Passo, in_giorno


def restituzioni_da_seguire(utente):
    """One line for each document that asks something of this person."""
    if not utente.has_perm("incontri.leggi_restituzioni"):
        return
    letta = Exists(LetturaRestituzione.objects.filter(restituzione=OuterRef("pk"), utente=utente.pk))
    aperti = Count("sezioni__commenti", filter=Q(sezioni__commenti__stato=StatoCommento.APERTO), distinct=True)
    contese = Count("sezioni", filter=~Q(sezioni__contesa=""), distinct=True)
    righe = Restituzione.objects.visibili_a(utente).exclude(stato=StatoRestituzione.PUBBLICATA)
    commenta = utente.has_perm("incontri.commenta_restituzione") and not utente.has_perm(
        "incontri.pubblica_restituzione"
    )
    for restituzione in righe.annotate(letta=letta, aperti=aperti, contese=contese).order_by("creato", "uuid"):
        pagina = restituzione.get_absolute_url()
        if (restituzione.aperti or restituzione.contese) and utente.has_perm(
            "incontri.change_restituzione", restituzione
        ):
            yield DaFare(restituzione, _che_cosa(restituzione), Passo("Apri il documento", pagina), pagina)
        elif commenta and restituzione.si_commenta and not restituzione.letta:
            entro = restituzione.commenti_entro
            detto = f"commenti entro il {in_giorno(entro)}" if entro else ""
            perche = "Gli enti leggono il documento di restituzione prima che sia pubblicato"
            yield DaFare(restituzione, perche, Passo("Leggi e commenta", pagina), pagina, entro, detto)


def _che_cosa(restituzione):
    pezzi = []
    if quanti := restituzione.aperti:
        pezzi.append("un commento da guardare" if quanti == 1 else f"{quanti} commenti da guardare")
    if quante := restituzione.contese:
        pezzi.append("una sezione con due testi" if quante == 1 else f"{quante} sezioni con due testi")
    detto = " e ".join(pezzi)
    return detto[:1].upper() + detto[1:]
