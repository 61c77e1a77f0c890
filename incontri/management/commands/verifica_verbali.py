"""`manage.py verifica_verbali`: whether approved minutes are still, to the byte, what was approved."""

from django.core.management.base import BaseCommand, CommandError

from incontri.models import Verbale
from incontri.servizi.verifiche import differenze, sigilli_mancanti


class Command(BaseCommand):
    """By cron (docs/gestione.md): silent trouble becomes a line that says which minutes, and what of them."""

    help = "Controlla che i verbali approvati siano come furono approvati; finisce con 1 se uno è diverso."

    def handle(self, *args, **options):
        """One line for each of the approved minutes; CommandError, exit code 1, if anything is not as it was."""
        guasti = 0
        for verbale in Verbale.objects.fermi().select_related("incontro").order_by("approvato_il"):
            trovate = differenze(verbale)
            guasti += bool(trovate)
            self.stdout.write(f"{verbale.incontro.con_data}: {'; '.join(trovate) or 'integro'}.")
        sigilli = sigilli_mancanti()
        if sigilli:
            self.stdout.write(f"Nel database mancano o sono cambiati dei sigilli: {', '.join(sigilli)}.")
        if guasti or sigilli:
            raise CommandError(
                f"Verbali diversi da come furono approvati: {guasti}. Sigilli da rimettere: {len(sigilli)}."
            )
