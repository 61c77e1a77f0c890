"""The newsletter: a draft, a number that left with a mail that did not, a subscription."""

from django.utils import timezone

from incontri.servizi.newsletter.link import firma_conferma, firma_disdetta
from tests import factories as f


def crea():
    """The rows, and the arguments of their addresses."""
    iscrizione = f.IscrizioneNewsletterFactory()
    richiesta = f.IscrizioneNewsletterFactory(stato="richiesta")
    bozza = f.NumeroNewsletterFactory(titolo="Bozza della newsletter")
    inviato = f.NumeroNewsletterFactory(
        titolo="Numero inviato", stato="inviato", avviato_il=timezone.now(), inviato_il=timezone.now()
    )
    invio = f.InvioNewsletterFactory(numero=inviato, iscrizione=iscrizione, stato="fallita", errore="rifiutato")
    verbi = ("detail", "update", "html", "invia", "prova", "riprova")
    argomenti = {
        **{f"redazione:numero-{nome}": {"pk": bozza.pk} for nome in verbi},
        "newsletter:conferma": {"token": firma_conferma(richiesta)},
        "newsletter:disdetta": {"token": firma_disdetta(iscrizione)},
        "newsletter:numero-detail": {"slug": inviato.slug},
    }
    return [bozza, iscrizione, invio], argomenti
