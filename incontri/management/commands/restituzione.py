"""`manage.py restituzione`: a restitution document in one command, as a draft in the portal and as files."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from incontri.documenti.restituzione import disegna
from incontri.models import Restituzione, StatoRestituzione, Tema
from incontri.servizi.restituzioni.compilazione import compila_restituzione
from incontri.servizi.restituzioni.vita import crea_restituzione, dati_di
from incontri.stampa import restituzione as documento
from incontri.stampa.impronta import canonico

FORMATI = ("pdf", "html", "docx", "odt", "json")


class Command(BaseCommand):
    """Compiles the draft of that period if there is one, keeping what people wrote in it; else makes it."""

    help = "Compila il documento di restituzione di un periodo e ne scrive i file (docs/gestione.md)."

    def add_arguments(self, parser):
        """Period, themes, formats, where the files go."""
        oggi = timezone.localdate()
        parser.add_argument("--dal", type=date.fromisoformat, default=date(oggi.year, 1, 1), metavar="AAAA-MM-GG")
        parser.add_argument("--al", type=date.fromisoformat, default=date(oggi.year, 12, 31), metavar="AAAA-MM-GG")
        parser.add_argument("--titolo", default="", help="il titolo del documento")
        parser.add_argument("--tema", action="append", default=[], metavar="SLUG", help="solo questo tema; si ripete")
        parser.add_argument(
            "--formato", action="append", choices=FORMATI, default=[], help="si ripete; senza, tutti i formati"
        )
        parser.add_argument("--cartella", type=Path, default=Path.cwd(), help="dove scrivere i file")

    def handle(self, *args, dal, al, titolo, tema, formato, cartella, **options):
        """Write the files and say which ones; CommandError where the period or a theme is wrong."""
        if al < dal:
            raise CommandError("Il periodo finisce prima di cominciare: controlla --dal e --al.")
        temi = list(Tema.objects.filter(slug__in=tema))
        mancano = set(tema) - {uno.slug for uno in temi}
        if mancano:
            raise CommandError(f"Questi temi non ci sono: {', '.join(sorted(mancano))}.")
        restituzione = self._bozza(dal, al, titolo, temi)
        conti = compila_restituzione(restituzione, autore=None)
        dati = dati_di(restituzione, portale=settings.INDIRIZZO_PORTALE, disegna=disegna)
        cartella.mkdir(parents=True, exist_ok=True)
        nome = f"{slugify(restituzione.titolo)[:60]}-{dal:%Y-%m-%d}-{al:%Y-%m-%d}"
        for scelto in formato or FORMATI:
            scritto = canonico(dati) if scelto == "json" else getattr(documento, scelto)(dati)
            file = cartella / f"{nome}.{scelto}"
            file.write_bytes(scritto.encode() if isinstance(scritto, str) else scritto)
            self.stdout.write(str(file))
        if conti["contese"]:
            self.stdout.write(
                f"Sezioni corrette a mano con un testo nuovo da guardare nel portale: {conti['contese']}."
            )

    def _bozza(self, dal, al, titolo, temi):
        stati = (StatoRestituzione.BOZZA, StatoRestituzione.IN_CONSULTAZIONE)
        chiavi = {uno.pk for uno in temi}
        for gia in Restituzione.objects.filter(dal=dal, al=al, stato__in=stati).order_by("creato"):
            if {uno.pk for uno in gia.temi.all()} == chiavi and titolo in ("", gia.titolo):
                return gia
        return crea_restituzione(
            titolo=titolo or f"Il lavoro del Tavolo, {dal:%d/%m/%Y}-{al:%d/%m/%Y}",
            dal=dal,
            al=al,
            temi=temi,
            autore=None,
        )
