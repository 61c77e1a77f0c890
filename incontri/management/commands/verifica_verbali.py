"""`manage.py verifica_verbali`: whether approved minutes and published restitution documents are still what they were."""

from django.core.management.base import BaseCommand, CommandError

from incontri.models import Restituzione, Verbale
from incontri.servizi.restituzioni import verifica
from incontri.servizi.verifiche import differenze, sigilli_mancanti


class Command(BaseCommand):
    """By cron (docs/gestione.md): silent trouble becomes a line that says which minutes, and what of them."""

    help = "Controlla che i verbali approvati e i documenti pubblicati siano com'erano; finisce con 1 se uno è diverso."

    def handle(self, *args, **options):
        """One line for each of the approved minutes; CommandError, exit code 1, if anything is not as it was."""
        guasti = diversi = 0
        for verbale in Verbale.objects.fermi().select_related("incontro").order_by("approvato_il"):
            trovate = differenze(verbale)
            guasti += bool(trovate)
            self.stdout.write(f"{verbale.incontro.con_data}: {'; '.join(trovate) or 'integro'}.")
        for restituzione in Restituzione.objects.pubblicate():
            trovate = verifica.differenze(restituzione)
            diversi += bool(trovate)
            self.stdout.write(f"{restituzione}, n. {restituzione.segno}: {'; '.join(trovate) or 'integro'}.")
        sigilli = sigilli_mancanti()
        if sigilli:
            self.stdout.write(f"Nel database mancano o sono cambiati dei sigilli: {', '.join(sigilli)}.")
        if guasti or diversi or sigilli:
            documenti = f" Documenti diversi da come furono pubblicati: {diversi}." if diversi else ""
            raise CommandError(
                f"Verbali diversi da come furono approvati: {guasti}.{documenti} Sigilli da rimettere: {len(sigilli)}."
            )
