"""`manage.py crea_sintetici N`: services that do not exist, to see the portal at a size the territory does not have."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from risorse.servizi.sintetici import crea_sintetici, togli_sintetici


class Command(BaseCommand):
    """Add synthetic services to a demo, or take them away again."""

    help = "Crea N servizi sintetici (dati di esempio): solo con DEMO=1 o DEBUG=1, mai in un portale vero."

    def add_arguments(self, parser):
        """How many, of how many enti; or the way back."""
        parser.add_argument("quanti", type=int, nargs="?", default=0, help="quanti servizi")
        parser.add_argument("--enti", type=int, default=200, help="di quanti enti")
        parser.add_argument("--seme", type=int, default=1, help="lo stesso seme dà gli stessi servizi")
        parser.add_argument("--togli", action="store_true", help="toglie i servizi sintetici che ci sono")

    def handle(self, *, quanti, enti, seme, togli, **opzioni):
        """Refuse outside a demo; say how many were made or taken away."""
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("I servizi sintetici si creano solo in una dimostrazione (DEMO=1).")
        if togli:
            self.stdout.write(f"Servizi sintetici tolti: {togli_sintetici()}.")
        elif quanti < 1 or enti < 1:
            raise CommandError("Scrivi quanti servizi creare, per esempio: crea_sintetici 1000.")
        else:
            try:
                self.stdout.write(f"Servizi sintetici creati: {crea_sintetici(quanti, enti=enti, seme=seme)}.")
            except ValueError as errore:
                raise CommandError(str(errore)) from errore
