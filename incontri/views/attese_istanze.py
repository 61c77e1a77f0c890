"""What waits, on the dashboard, about instances: to take charge of and answer; answered, to read."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from incontri.models import Istanza, StatoIstanza
from referenti.models import Utente
from tavolo.base.passi import DaFare, Passo, in_giorno


def istanze_da_rispondere(utente):
    """The open instances to the person's ente; to its units too, where nobody speaks for the unit itself."""
    if not utente.ente_id or not utente.has_perm("incontri.add_istanza"):
        return
    suoi = Utente.objects.del_tavolo().filter(ente=OuterRef("destinatario"))
    di_unita = Q(~Exists(suoi), destinatario__padre=utente.ente_id)
    istanze = Istanza.objects.aperte().filter(Q(destinatario=utente.ente_id) | di_unita)
    for istanza in istanze.select_related("destinatario", "mittente").order_by("scadenza", "creato", "uuid"):
        nuova = istanza.stato == StatoIstanza.INVIATA
        perche = f"Istanza di {istanza.da_parte_di} a {istanza.destinatario.nome_corto}"
        passo = Passo("Prendi in carico" if nuova else "Rispondi", istanza.get_absolute_url())
        yield DaFare(istanza, perche, passo, passo.url, istanza.scadenza or istanza.creato, _detto(istanza))


def istanze_con_risposta(utente):
    """The answers to the instances the person's ente sent, or the Tavolo for who coordinates, until they are closed."""
    del_tavolo = utente.has_perm("incontri.invia_istanza_del_tavolo")
    if not (del_tavolo or (utente.ente_id and utente.has_perm("incontri.add_istanza"))):
        return
    mie = Q(mittente=utente.ente_id, mittente__isnull=False)
    if del_tavolo:
        mie |= Q(mittente__isnull=True)
    risposte = Istanza.objects.filter(mie, stato=StatoIstanza.RISPOSTA)
    for istanza in risposte.select_related("destinatario").order_by("risposta_il", "uuid"):
        passo = Passo("Leggi la risposta", istanza.get_absolute_url())
        perche = f"{istanza.destinatario.nome_corto} ha risposto: se basta, chiudi l'istanza"
        yield DaFare(istanza, perche, passo, passo.url, istanza.risposta_il)


def _detto(istanza):
    if not istanza.scadenza:
        return f"arrivata il {in_giorno(timezone.localdate(istanza.creato))}"
    if istanza.in_ritardo:
        return f"in ritardo: andava risposto entro il {in_giorno(istanza.scadenza)}"
    return f"rispondi entro il {in_giorno(istanza.scadenza)}"
