"""Numbers of the newsletter: of what is new, what was chosen, in which order; the words of the mail."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from incontri.models import (
    InvioNewsletter,
    IscrizioneNewsletter,
    NumeroNewsletter,
    StatoInvio,
    StatoIscrizione,
    StatoNumero,
)
from incontri.servizi.novita import GENERI, Novita, novita_dal
from tavolo.base import posta
from tavolo.base.stati import compi

# Where there is no number before, how far back one looks.
PRIMO = timedelta(days=60)


@dataclass(frozen=True)
class Lettera:
    """A mail of the newsletter: subject, words, the same as simple HTML."""

    oggetto: str
    testo: str
    html: str


def ultimo() -> NumeroNewsletter | None:
    """The last number that left, or is leaving."""
    return NumeroNewsletter.objects.exclude(stato=StatoNumero.BOZZA).order_by("-al", "-avviato_il").first()


def dal_giorno() -> date:
    """The day from which the next number tells: the last of the one before."""
    prima = ultimo()
    return prima.al if prima else timezone.localdate() - PRIMO


def candidate(dal: date, al: date) -> list[Novita]:
    """What is new between two days, both counted, that no number has told; the newest first."""
    inizio = timezone.make_aware(datetime.combine(dal, time.min))
    fine = timezone.make_aware(datetime.combine(al + timedelta(days=1), time.min))
    dette = {
        voce["chiave"]
        for voci in NumeroNewsletter.objects.filter(al__gte=dal).values_list("voci", flat=True)
        for voce in voci
    }
    return [una for una in novita_dal(inizio) if una.quando < fine and una.chiave not in dette]


def di_solito(novita: list[Novita]) -> list[str]:
    """The keys of those a new number starts with."""
    return [una.chiave for una in novita if GENERI[una.genere].di_solito]


def voci(numero: NumeroNewsletter) -> list[Novita]:
    """The news of a number in their order: as they were when it left; of a draft, as they are."""
    if numero.fermo:
        return [Novita.da_json(voce) for voce in numero.voci]
    per_chiave = {una.chiave: una for una in candidate(numero.dal, numero.al)}
    return [per_chiave[chiave] for chiave in numero.scelte if chiave in per_chiave]


def lettera(numero: NumeroNewsletter, *, base: str, disdetta: str, lingua: str = "", righe: Any = None) -> Lettera:
    """The mail, with its frame in `lingua`; `base` is the address of the portal, `disdetta` the whole one that unsubscribes."""
    con_nomi = [(una, GENERI[una.genere].nome) for una in (voci(numero) if righe is None else righe)]
    with translation.override(lingua or settings.LANGUAGE_CODE):
        contesto = {
            "numero": numero,
            "righe": con_nomi,
            "base": base,
            "disdetta": disdetta,
            "lingua": lingua or settings.LANGUAGE_CODE,
        }
        return Lettera(
            posta.oggetto(numero.titolo),
            render_to_string("incontri/email/newsletter.txt", contesto),
            render_to_string("incontri/email/newsletter.html", contesto),
        )


def quanti_iscritti() -> int:
    """How many will be written to."""
    return IscrizioneNewsletter.objects.filter(stato=StatoIscrizione.CONFERMATA).exclude(email="").count()


@transaction.atomic
def avvia(numero: Any, *, autore: Any) -> int:
    """Freeze the number and write down a mail for each subscription; gives how many. `manage.py invia_newsletter` sends them.

    Raises PassaggioNonPossibile if it has begun already, nothing is chosen, or another is still leaving.
    """
    numero.refresh_from_db(from_queryset=NumeroNewsletter.objects.select_for_update())
    scelte = voci(numero)
    valori = {
        "voci": [una.in_json() for una in scelte],
        "scelte": [una.chiave for una in scelte],
        "avviato_il": timezone.now(),
    }
    # What was chosen and is not public any more does not leave: with nothing left, the passage says so.
    compi(numero, "avvia", autore=autore, valori=valori)
    quante = 0
    for iscrizione in IscrizioneNewsletter.objects.filter(stato=StatoIscrizione.CONFERMATA).exclude(email=""):
        InvioNewsletter.objects.create(numero=numero, iscrizione=iscrizione)
        quante += 1
    return quante


@transaction.atomic
def riprova(numero: NumeroNewsletter, *, autore: Any) -> int:
    """Put the mails that did not leave among those to send; gives how many."""
    fallite = list(numero.invii.filter(stato=StatoInvio.FALLITA))
    for invio in fallite:
        compi(invio, "riprova", autore=autore, valori={"errore": ""})
    return len(fallite)
