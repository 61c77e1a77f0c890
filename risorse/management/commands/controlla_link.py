"""`manage.py controlla_link`: do the web addresses of the cards still answer?"""

from django.core.management.base import BaseCommand

from risorse.models import ControlloLink
from risorse.servizi.collegamenti import controlla_link


class Command(BaseCommand):
    """Tries every web address the public meets; to be run every night (docs/gestione.md)."""

    help = "Prova gli indirizzi web delle schede pubblicate e segna quelli che non rispondono."

    def handle(self, **opzioni):
        """Say how many were tried, and list the broken ones."""
        esito = controlla_link()
        self.stdout.write(f"Provati: {esito.quanti} indirizzi; {esito.senza_risposta} non hanno risposto.")
        for controllo in ControlloLink.objects.rotti().select_related("contatto"):
            self.stdout.write(f"Rotto dal {controllo.rotto_dal:%d/%m/%Y}: {controllo} ({controllo.problema})")
