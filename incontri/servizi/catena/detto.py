"""The first links of the story: where a need was heard, what shows it, how far it came, where it stands in the rounds."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incontri.models import Bisogno, Rilevazione, StatoBisogno, StatoRilevazione, StatoVerbale, TipoOrigine, Verbale
from incontri.priorita.statistica import arrotonda
from incontri.servizi.catena.momenti import Anello, Momento, misura, pagina

SENZA_VERBALE: dict[TipoOrigine, Any] = {
    TipoOrigine.SEGNALAZIONE: gettext_lazy("Lo ha segnalato chi usa i servizi"),
    TipoOrigine.RICERCHE: "Lo hanno cercato, senza trovare niente",
    TipoOrigine.A_MANO: "Lo racconta chi lo ha scritto",
}


def origini(bisogno: Bisogno, utente: Any) -> Iterator[Momento]:
    """Where it was heard. The words of an entry are for who reads its minutes; everybody (`utente` None) reads the published ones."""
    righe = list(bisogno.origini.select_related("voce__punto__incontro", "segnalazione__risorsa"))
    letti = _verbali_letti([riga.voce.punto.incontro_id for riga in righe if riga.voce], utente)
    for riga in righe:
        if riga.voce is None:
            if utente is not None:
                testo = riga.nota or (f"«{riga.parole}», {riga.quante} volte" if riga.parole else "")
                yield Momento(
                    timezone.localdate(riga.creato),
                    Anello.CRITICITA,
                    SENZA_VERBALE[TipoOrigine(riga.tipo)],
                    testo=testo,
                )
            elif riga.tipo == TipoOrigine.SEGNALAZIONE:
                yield Momento(timezone.localdate(riga.creato), Anello.CRITICITA, _("Lo ha segnalato chi usa i servizi"))
            continue
        incontro, voce = riga.voce.punto.incontro, riga.voce
        si_legge = incontro.pk in letti and (utente is not None or (voce.pubblica and voce.punto.pubblico))
        if utente is None and not si_legge:
            continue
        giorno = timezone.localdate(incontro.inizio or riga.creato)
        if utente is None:
            url = incontro.pagina_pubblica
        else:
            url = f"{reverse('incontri:verbale-detail', args=[incontro.pk])}#voce-{voce.pk}" if si_legge else ""
        yield Momento(
            giorno,
            Anello.CRITICITA,
            _("Se ne parla: %(incontro)s") % {"incontro": incontro},
            testo=voce.testo if si_legge else "",
            url=url or pagina(incontro),
            dettaglio=str(voce.get_tipo_display()),
        )


def _verbali_letti(incontri: list[Any], utente: Any) -> set[Any]:
    """Of these meetings, those whose minutes the person (everybody, for None) reads."""
    verbali = Verbale.objects.filter(incontro__in=incontri)
    verbali = verbali.filter(stato=StatoVerbale.PUBBLICATO) if utente is None else verbali.visibili_a(utente)
    return set(verbali.values_list("incontro", flat=True)) if incontri else set()


def evidenze(bisogno: Bisogno) -> Iterator[Momento]:
    """What shows it, on the day it was brought: those of a day together."""
    per_giorno: dict[date, list[str]] = {}
    for riga in bisogno.evidenze.select_related("comune").order_by("creato"):
        conto = _("meno di cinque") if riga.soppresso else misura(riga.valore, riga)
        detta = f"{riga.testo}: {conto}" if conto else riga.testo
        fonte = f"{riga.territorio}, {riga.riferimento}. {riga.fonte}"
        per_giorno.setdefault(timezone.localdate(riga.creato), []).append(f"{detta} ({fonte})")
    for giorno, dette in per_giorno.items():
        if len(dette) == 1:
            yield Momento(giorno, Anello.EVIDENZA, dette[0])
        else:
            titolo = _("Si aggiungono %(quante)s evidenze") % {"quante": len(dette)}
            yield Momento(
                giorno, Anello.EVIDENZA, titolo, testo="\n".join(f"- {detta}" for detta in dette), quanti=len(dette)
            )


def stati(bisogno: Bisogno, utente: Any) -> Iterator[Momento]:
    """The day it was written, and those on which its state changed."""
    prima = None
    versioni = bisogno.storia.order_by("history_date", "history_id")
    for stato, quando, motivo in versioni.values_list("stato", "history_date", "motivo"):
        if prima is None:
            yield Momento(timezone.localdate(quando), Anello.BISOGNO, _("Il Tavolo lo scrive fra i bisogni"))
        elif stato != prima:
            yield Momento(
                timezone.localdate(quando),
                Anello.BISOGNO,
                _("Ora è: %(stato)s") % {"stato": StatoBisogno(stato).label.lower()},
                testo=motivo if utente is not None and stato == StatoBisogno.SUPERATO else "",
            )
        prima = stato


def valutazioni(bisogno: Bisogno, utente: Any) -> Iterator[Momento]:
    """Each round that scored it, at its end, with its place; one still open is told, without a vote."""
    si_legge = Q(stato=StatoRilevazione.PUBBLICATA)
    if utente is not None:
        si_legge |= Q(pk__in=Rilevazione.objects.visibili_a(utente).values("pk"))
    for rilevazione in Rilevazione.objects.filter(si_legge, bisogni=bisogno).order_by("creato"):
        giorno = timezone.localdate(rilevazione.chiusa_il or rilevazione.aperta_il or rilevazione.creato)
        if rilevazione.stato == StatoRilevazione.BOZZA:
            continue
        chiusa = rilevazione.stato in (StatoRilevazione.CHIUSA, StatoRilevazione.PUBBLICATA)
        titolo = _("Gli enti lo hanno valutato: %(nome)s") if chiusa else _("Gli enti lo stanno valutando: %(nome)s")
        yield Momento(
            giorno,
            Anello.VALUTAZIONE,
            titolo % {"nome": rilevazione},
            dettaglio=_posto(rilevazione, bisogno) if chiusa else "",
            url=pagina(rilevazione) if utente is not None and utente.has_perm("incontri.leggi_rilevazioni") else "",
        )


def _posto(rilevazione: Rilevazione, bisogno: Bisogno) -> str:
    """Its place among those of its part of the ranking, and its priority."""
    righe = rilevazione.risultati.get("righe", [])
    riga = next((riga for riga in righe if riga.get("bisogno") == str(bisogno.pk)), None)
    if riga is None:
        return ""
    if riga["posto"] is None:
        return _("Non valutato: mancano i voti.")
    quanti = sum(altra["parte"] == riga["parte"] and altra["posto"] is not None for altra in righe)
    detto = _("Posto %(posto)s di %(quanti)s") % {"posto": riga["posto"], "quanti": quanti}
    if riga["p"] is None:
        return _("%(posto)s fra quelli di cui non si sa chi risponde.") % {"posto": detto}
    priorita = arrotonda(Fraction(riga["p"]))
    return _("%(posto)s. Priorità %(p)s su 100.") % {"posto": detto, "p": number_format(priorita or 0)}
