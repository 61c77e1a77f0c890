"""`manage.py sollecita_istanze`: send again the mails about instances that did not leave, remind who is late; daily, by a timer."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from incontri.servizi.avvisi_istanze import da_avvisare, sollecita
from tavolo.base.indirizzi import manca_alla_posta


class Command(BaseCommand):
    """Mail what waits; an instance that is late is told of once a week, so it may run every day."""

    help = (
        "Rimanda gli avvisi delle istanze che non sono partiti e ricorda, una volta alla settimana, quelle in ritardo."
    )

    def handle(self, **opzioni):
        """Send and say what was sent; exit with 1 if a mail did not leave, or if the settings cannot make any leave."""
        if manca := manca_alla_posta(prova=False):
            raise CommandError(manca)
        with translation.override(settings.LANGUAGE_CODE):
            esiti = [esito for avvisa, pk in da_avvisare() if (esito := avvisa(pk))]
            esiti += sollecita(timezone.localdate())
        for esito in esiti:
            if esito.errore:
                self.stderr.write(f"{esito.per}: NON mandata: {esito.errore}. La prossima esecuzione riprova.")
            else:
                self.stdout.write(f"{esito.per}: mandata a {esito.quanti}.")
        fallite = sum(1 for esito in esiti if esito.errore)
        if fallite:
            raise CommandError(f"E-mail non mandate: {fallite} su {len(esiti)}.")
        if not esiti:
            self.stdout.write("Niente da mandare.")
