"""`manage.py crea_demo`: the people of the demo database, cards that look kept, meetings that look held, needs that look alive."""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from incontri.servizi.demo import crea_incontri_di_esempio
from incontri.servizi.demo_bisogni import crea_bisogni_di_esempio
from incontri.servizi.demo_copertura import crea_coperture_di_esempio
from incontri.servizi.demo_newsletter import crea_newsletter_di_esempio
from incontri.servizi.demo_prassi import crea_prassi_di_esempio
from incontri.servizi.demo_proposte import crea_proposte_di_esempio
from incontri.servizi.demo_restituzione import crea_restituzione_di_esempio
from incontri.servizi.demo_rilevazioni import crea_rilevazioni_di_esempio
from referenti.servizi.demo import crea_demo
from risorse.servizi.demo import conferma_esempi


class Command(BaseCommand):
    """Make the demo accounts, in a demo only."""

    help = "Crea gli account dimostrativi: solo con DEMO=1, mai in un portale vero."

    def handle(self, *args, **options):
        """Refuse outside a demo; say plainly when the territory's data are missing."""
        if not settings.DEMO:
            raise CommandError("Gli account dimostrativi si creano solo in una dimostrazione (DEMO=1).")
        try:
            persone = crea_demo()
            incontri = crea_incontri_di_esempio(persone)
            schede = conferma_esempi()  # before the coverage, that counts the services kept true
            bisogni = crea_bisogni_di_esempio(persone)
            coperture = crea_coperture_di_esempio(persone)
            rilevazioni = crea_rilevazioni_di_esempio(persone)
            proposte = crea_proposte_di_esempio(persone)  # before the document, that tells of them
            prassi = crea_prassi_di_esempio(persone)
            restituzioni = crea_restituzione_di_esempio(persone)
            newsletter = crea_newsletter_di_esempio(persone)  # last: it tells of the others
        except ObjectDoesNotExist as errore:
            raise CommandError(
                f"Prima carica i dati del territorio (manage.py carica_dati dati/): {errore}"
            ) from errore
        self.stdout.write(
            f"Account dimostrativi: {len(persone)}. Incontri di esempio: {incontri}. "
            f"Bisogni di esempio: {bisogni}. Coperture di esempio: {coperture}. "
            f"Rilevazioni di esempio: {rilevazioni}. "
            f"Proposte di esempio: {proposte}. "
            f"Buone prassi di esempio: {prassi}. "
            f"Restituzioni di esempio: {restituzioni}. "
            f"Numeri della newsletter di esempio: {newsletter}. "
            f"Schede di esempio confermate: {schede}."
        )
