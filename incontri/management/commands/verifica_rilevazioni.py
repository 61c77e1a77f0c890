"""`manage.py verifica_rilevazioni`: whether the rankings of the closed rounds still follow from their votes."""

import json

from django.core.management.base import BaseCommand, CommandError

from incontri.models import Rilevazione
from incontri.servizi.rilevazioni.risultati import impronta, ricalcola


class Command(BaseCommand):
    """By cron (docs/gestione.md): works each ranking out again and says where it is another."""

    help = "Rifà i conti delle rilevazioni chiuse dai voti e dai pesi conservati; finisce con 1 se una è diversa."

    def handle(self, *args, **options):
        """One line for each closed round; CommandError, exit code 1, if any is not what its votes say."""
        diverse = 0
        for rilevazione in Rilevazione.objects.exclude(risultati={}).order_by("chiusa_il"):
            trovate = _differenze(rilevazione)
            diverse += bool(trovate)
            self.stdout.write(f"{rilevazione}: {'; '.join(trovate) or 'i conti tornano'}.")
        if diverse:
            raise CommandError(f"Rilevazioni in cui i conti non tornano: {diverse}.")


def _differenze(rilevazione):
    """What is not as it was: the seal of what is kept, the places and numbers of the needs."""
    salvati = rilevazione.risultati
    trovate = [] if impronta(salvati) == salvati["sha256"] else ["quello che è conservato è cambiato dopo la chiusura"]
    rifatti = json.loads(json.dumps(ricalcola(rilevazione)))["righe"]
    for salvata, rifatta in zip(salvati["righe"], rifatti, strict=False):
        campi = sorted(campo for campo in salvata.keys() | rifatta if salvata.get(campo) != rifatta.get(campo))
        if campi:
            trovate.append(f"«{salvata['nome']}»: {', '.join(campi)}")
    if len(salvati["righe"]) != len(rifatti):
        trovate.append(f"i bisogni in fila erano {len(salvati['righe'])}, ora {len(rifatti)}")
    return trovate
