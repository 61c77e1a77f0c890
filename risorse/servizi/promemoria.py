"""Reminders: who is asked to confirm which cards, and whom the portal tells when nobody does.

Each step about a card and a due date is a Sollecito, written in the transaction that sends its mail. The step is unique,
so that a second run, even at the same moment, mails nothing; a mail that does not leave takes its steps back with it,
and the next run tries again. A run killed after the mail left and before the commit repeats that one mail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from referenti.models import Ente
from referenti.servizi.destinatari import coordinamento, persone_per_ente
from risorse.models import Freschezza, Gradino, Risorsa, Sollecito
from risorse.servizi.link_conferma import indirizzo
from tavolo.base import posta
from tavolo.base.indirizzi import portale

Passo = tuple[Risorsa, str]
DELL_ENTE: tuple[str, ...] = (Gradino.IN_SCADENZA, Gradino.SCADUTA)
DEL_COORDINAMENTO: tuple[str, ...] = (Gradino.AL_COORDINAMENTO, Gradino.NASCOSTA)


@dataclass(frozen=True)
class Riga:
    """A card as a mail tells it, with whole addresses."""

    risorsa: Risorsa
    pagina: str
    conferma: str


@dataclass
class Lettera:
    """One mail: for whom, with which words, and the steps it is the consequence of."""

    per: str
    indirizzi: list[str]
    oggetto: str
    testo: str
    schede: int
    passi: list[Passo] = field(default_factory=list)


@dataclass(frozen=True)
class Spedizione:
    """What became of a letter: `errore` says in Italian why it did not leave; `gia` that another run has sent it."""

    lettera: Lettera
    errore: str = ""
    gia: bool = False


def gradini(risorsa: Risorsa, giorno: date) -> list[str]:
    """The steps that a card calls for on `giorno`, whether taken already or not, in their order."""
    if risorsa.verificare_entro >= giorno:
        return [Gradino.IN_SCADENZA]
    passi: list[str] = [Gradino.SCADUTA]
    if risorsa.verificare_entro + timedelta(days=settings.GIORNI_AL_COORDINAMENTO) <= giorno:
        passi.append(Gradino.AL_COORDINAMENTO)
    if risorsa.nascosta_dal <= giorno:
        passi.append(Gradino.NASCOSTA)
    return passi


def lettere(giorno: date) -> list[Lettera]:
    """The mails to write on `giorno`: one for each ente with a step not taken yet, then one for who coordinates.

    A unit without referenti is asked through the ente it is part of; what has no referente at all goes to who
    coordinates. Letters without addressees come out too: whoever sends them says so.
    """
    schede = list(Risorsa.objects.con_scadenza(giorno).da_confermare(giorno).select_related("ente"))
    persone = persone_per_ente()
    gruppi: dict[Ente, list[Risorsa]] = {}
    orfane: list[Risorsa] = []
    enti = {ente.pk: ente for ente in Ente.objects.filter(pk__in=persone)}
    for scheda in schede:
        chi = enti.get(scheda.ente_id) or enti.get(scheda.ente.padre_id)
        (gruppi.setdefault(chi, []) if chi else orfane).append(scheda)
    fatti = set(Sollecito.objects.filter(risorsa__in=schede).values_list("risorsa_id", "scadenza", "gradino"))

    def nuovi(righe: Iterable[Risorsa], ammessi: tuple[str, ...]) -> list[Passo]:
        passi = ((scheda, passo) for scheda in righe for passo in gradini(scheda, giorno) if passo in ammessi)
        # In one order for every run: of two at once the second waits for the first instead of blocking it.
        return sorted(
            (p for p in passi if (p[0].pk, p[0].verificare_entro, p[1]) not in fatti), key=lambda p: (p[0].pk, p[1])
        )

    scritte = [
        _all_ente(ente, persone[ente.pk], gruppi[ente], nuovi(gruppi[ente], DELL_ENTE))
        for ente in sorted(gruppi, key=lambda ente: (ente.ordine, ente.denominazione))
    ]
    passi = nuovi(schede, DEL_COORDINAMENTO) + nuovi(orfane, DELL_ENTE)
    scritte.append(_al_coordinamento(giorno, schede, orfane, sorted(passi, key=lambda p: (p[0].pk, p[1]))))
    return [lettera for lettera in scritte if lettera.passi]


def spedisci(da_spedire: Iterable[Lettera]) -> Iterator[Spedizione]:
    """Send each letter in a transaction of its own, and tell what became of it; one that fails does not stop the rest."""
    for lettera in da_spedire:
        if not lettera.indirizzi:
            yield Spedizione(lettera, errore="non c'è nessuna persona attiva a cui mandarla")
            continue
        messaggio = EmailMessage(lettera.oggetto, lettera.testo, None, lettera.indirizzi)
        esito = posta.manda_una_volta(partial(_segna, lettera), messaggio)
        yield Spedizione(lettera, gia=esito is None, errore=esito or "")


def _segna(lettera: Lettera) -> None:
    for risorsa, gradino in lettera.passi:
        Sollecito.objects.create(risorsa=risorsa, scadenza=risorsa.verificare_entro, gradino=gradino)


def _righe(schede: Iterable[Risorsa]) -> list[Riga]:
    base = portale()
    return [Riga(s, base + s.get_absolute_url(), base + indirizzo(s)) for s in schede]


def _all_ente(ente: Ente, persone: list[str], schede: list[Risorsa], passi: list[Passo]) -> Lettera:
    quante = len(schede)
    oggetto = posta.oggetto(f"{'una scheda' if quante == 1 else f'{quante} schede'} da confermare")
    testo = _testo("promemoria", ente=ente, righe=_righe(schede), quante=quante)
    return Lettera(str(ente), persone, oggetto, testo, quante, passi)


def _al_coordinamento(giorno: date, schede: list[Risorsa], orfane: list[Risorsa], passi: list[Passo]) -> Lettera:
    ferme = [s for s in schede if Gradino.AL_COORDINAMENTO in gradini(s, giorno)]
    nascoste = [s for s in schede if Gradino.NASCOSTA in gradini(s, giorno)]
    sole = [s for s in orfane if s not in ferme and s not in nascoste]
    testo = _testo(
        "coordinamento",
        nascoste=_righe(nascoste),
        ferme=_righe(s for s in ferme if s not in nascoste),
        sole=_righe(sole),
        fresche={nome: Freschezza[nome].value for nome in ("SCADUTA", "NASCOSTA", "IN_SCADENZA")},
    )
    oggetto = posta.oggetto("schede che nessuno conferma")
    return Lettera("Coordinamento", coordinamento(), oggetto, testo, len({*ferme, *nascoste, *sole}), passi)


def _testo(nome: str, **contesto) -> str:
    contesto |= {
        "base": portale(),
        "giorni_link": settings.GIORNI_LINK,
        "giorni_nascosta": settings.GIORNI_NASCOSTA,
    }
    return render_to_string(f"risorse/email/{nome}.txt", contesto)
