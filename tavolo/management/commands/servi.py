"""`manage.py servi`: the portal on a bare machine, with nothing in front of it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from waitress import create_server

from referenti.models import Utente
from referenti.servizi.demo import PASSWORD_DEMO
from tavolo.servizi.lavorante import in_un_filo
from tavolo.wsgi import application

LOCALI = ("127.0.0.1", "localhost", "[::1]")


class Command(BaseCommand):
    """Serve with waitress, which alone withstands half-sent requests (reference measurements: docs/gestione.md)."""

    help = "Serve il portale con waitress; in una dimostrazione solo su questa macchina."

    def add_arguments(self, parser):
        """The address to listen on, and how many threads answer."""
        parser.add_argument("--indirizzo", default="127.0.0.1:8000", help="indirizzo e porta, per esempio 0.0.0.0:8000")
        parser.add_argument("--fili", type=int, default=8, help="quante richieste insieme")

    def handle(self, *args, **options):
        """Listen until stopped; raises CommandError on a public address of a demo or a port in use."""
        indirizzo = options["indirizzo"]
        if indirizzo.rpartition(":")[0] not in LOCALI and (settings.DEMO or Utente.objects.filter(demo=True).exists()):
            raise CommandError(
                f"Rifiuto di servire su {indirizzo}: in questo database ci sono account dimostrativi con password note. "
                "Usa 127.0.0.1, oppure un database vero (docs/gestione.md)."
            )
        try:
            server = create_server(
                application,
                listen=indirizzo,
                threads=options["fili"],
                # waitress drops X-Forwarded-* of its own accord; behind a declared proxy Django and allauth read them.
                clear_untrusted_proxy_headers=not settings.ALLAUTH_TRUSTED_PROXY_COUNT,
            )
        except OSError as errore:
            raise CommandError(f"Non posso ascoltare su {indirizzo}: {errore.strerror or errore}.") from errore
        self._saluta(indirizzo)
        ferma = in_un_filo()
        server.run()
        ferma.set()

    def _saluta(self, indirizzo: str) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nIl portale è su http://{indirizzo}/  (Ctrl+C per fermarlo)"))
        if settings.DEMO:
            self.stdout.write(
                f"Area riservata: http://{indirizzo}/area/   Amministrazione: http://{indirizzo}/amministrazione/"
            )
            self.stdout.write(f"Account dimostrativi, tutti con password «{PASSWORD_DEMO}»:")
            for utente in Utente.objects.filter(demo=True).select_related("ente").prefetch_related("groups"):
                ruolo = ", ".join(gruppo.name for gruppo in utente.groups.all())
                self.stdout.write(f"  {utente.email:<28} {ruolo} ({utente.ente or 'nessun ente'})")
        self.stdout.flush()
