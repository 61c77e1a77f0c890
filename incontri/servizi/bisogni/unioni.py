"""Two needs that are one: evidence and origins move, both histories stay, votes stay where they were given."""

from typing import Any

from django.db import transaction

from incontri.models import APERTE_AL_VOTO, Bisogno, BisognoInRilevazione, OrigineBisogno, StatoRilevazione
from incontri.servizi.bisogni.nascita import BisognoNonPossibile
from incontri.servizi.bisogni.passaggi import MOTIVO_LUNGO

INSIEMI = ("destinatari", "comuni", "categorie", "risorse")
RISPOSTE = ("proposte", "buone_prassi")
IN_VOTAZIONE = (*APERTE_AL_VOTO, StatoRilevazione.FRA_I_TURNI)


def perche_non_si_unisce(doppio: Bisogno, principale: Bisogno) -> str:
    """Why `doppio` cannot be merged into `principale` now, for the person; empty if it can."""
    if doppio.pk == principale.pk:
        return "Un bisogno non si unisce a sé stesso."
    for uno in (doppio, principale):
        if uno.unito_a_id is not None:
            return f"«{uno}» è già stato unito a «{uno.unito_a}»."
    aperta = BisognoInRilevazione.objects.filter(bisogno=doppio.pk, rilevazione__stato__in=IN_VOTAZIONE).first()
    if aperta is not None:
        return f"«{doppio}» è nella votazione «{aperta.rilevazione}»: si unisce quando è chiusa."
    return ""


def unisci_bisogni(
    doppio: Bisogno, *, a: Bisogno, autore: Any, motivo: str = "", anche_insiemi: bool = True
) -> Bisogno:
    """Merge `doppio` into `a`: evidence, origins and declared coverage move there, proposals answer `a` too.

    Votes stay with `doppio`, to be read; a round in preparation asks about `a` instead. With `anche_insiemi` whom it is
    about, where and which services answer are added to those of `a`; a double that names no comune says nothing of where, and
    one that stays without any is of the whole Ambito already. `separa_bisogni` takes it back. Raises BisognoNonPossibile, with nothing written, if one of them is merged already or `doppio` is being voted.
    """
    with transaction.atomic():
        tenuti = {b.pk: b for b in Bisogno.objects.select_for_update().filter(pk__in=[doppio.pk, a.pk]).order_by("pk")}
        doppio, a = tenuti[doppio.pk], tenuti[a.pk]
        if impedimento := perche_non_si_unisce(doppio, a):
            raise BisognoNonPossibile(impedimento)
        _sposta(doppio.evidenze.all(), a, autore)
        _sposta_origini(doppio, a, autore)
        _sposta_coperture(doppio, a, autore)
        portati = _sue_risposte(doppio, a, autore)
        _nelle_preparate(doppio, a)
        if anche_insiemi:
            portati |= _aggiungi_insiemi(doppio, a, autore)
        _salva(a, autore, f"Unito qui «{doppio}»")
        doppio.unito_a, doppio.portati = a, portati
        _salva(doppio, autore, motivo)
    return a


def separa_bisogni(doppio: Bisogno, *, autore: Any, motivo: str = "") -> Bisogno:
    """Take a merging back: `doppio` is on its own again, with its evidence, origins and coverage that are still in the other one.

    What the merging had added to the other need (whom, where, services, proposals, practices) goes away from there, but for
    what another need merged into it has too. Rounds in preparation still ask about the other. Raises BisognoNonPossibile if
    `doppio` is not merged, or the other need has been merged in its turn.
    """
    with transaction.atomic():
        doppio = Bisogno.objects.select_for_update().get(pk=doppio.pk)
        if doppio.unito_a_id is None:
            raise BisognoNonPossibile("Questo bisogno non è unito a nessun altro.")
        a = Bisogno.objects.select_for_update().get(pk=doppio.unito_a_id)
        if a.unito_a_id is not None:
            raise BisognoNonPossibile(f"«{a}» è stato unito a «{a.unito_a}»: prima si separa quello.")
        _togli_portati(doppio, a, autore)
        doppio.unito_a, doppio.portati = None, {}
        for righe in (a.evidenze, a.coperture):
            sue = righe.model.storia.filter(bisogno_id=doppio.pk).values("uuid")
            _sposta(righe.filter(pk__in=sue), doppio, autore)
        for origine in a.origini.filter(pk__in=OrigineBisogno.storia.filter(bisogno_id=doppio.pk).values("uuid")):
            prima = OrigineBisogno.storia.filter(uuid=origine.pk, bisogno_id=doppio.pk).latest()
            origine.bisogno, origine.portata_da_id = doppio, prima.portata_da_id
            _salva(origine, autore)
        _salva(a, autore, f"Separato da «{doppio}»")
        _salva(doppio, autore, motivo)
    return doppio


def _salva(riga: Any, autore: Any, motivo: str = "") -> None:
    riga._history_user = autore
    riga._change_reason = motivo.strip()[:MOTIVO_LUNGO]
    riga.save()


def _sposta(righe: Any, a: Bisogno, autore: Any) -> None:
    for riga in righe:
        riga.bisogno = a
        _salva(riga, autore)


def _sposta_origini(doppio: Bisogno, a: Bisogno, autore: Any) -> None:
    # The same entry is among the origins of a need once: the second stays where it was.
    gia = set(a.origini.filter(voce__isnull=False).values_list("voce", flat=True))
    for origine in doppio.origini.all():
        if origine.voce_id not in gia:
            origine.bisogno, origine.portata_da = a, doppio
            _salva(origine, autore)


def _sposta_coperture(doppio: Bisogno, a: Bisogno, autore: Any) -> None:
    """What an ente says of both needs, in the same comune with the same service, stays with the double: nobody adds them up."""
    gia = set(a.coperture.values_list("ente", "comune", "risorsa"))
    _sposta([c for c in doppio.coperture.all() if (c.ente_id, c.comune_id, c.risorsa_id) not in gia], a, autore)


def _sue_risposte(doppio: Bisogno, a: Bisogno, autore: Any) -> dict[str, list[str]]:
    """Make what answers the double answer `a` too; gives what did not before, by relation and key."""
    portati = {}
    for nome in RISPOSTE:
        nuove = list(getattr(doppio, nome).exclude(pk__in=getattr(a, nome).values("pk")))
        for risposta in nuove:
            risposta._history_user = autore
            risposta.bisogni.add(a)
        portati[nome] = [str(risposta.pk) for risposta in nuove]
    return portati


def _nelle_preparate(doppio: Bisogno, a: Bisogno) -> None:
    preparate = BisognoInRilevazione.objects.filter(rilevazione__stato=StatoRilevazione.BOZZA)
    gia = set(preparate.filter(bisogno=a.pk).values_list("rilevazione", flat=True))
    for posto in preparate.filter(bisogno=doppio.pk):
        if posto.rilevazione_id in gia:
            posto.delete()
        else:
            posto.bisogno = a
            posto.save()


def _aggiungi_insiemi(doppio: Bisogno, a: Bisogno, autore: Any) -> dict[str, list[str]]:
    """Add the sets of the double to those of `a`; gives what was not there, by relation and key."""
    firmato: Any = a
    firmato._history_user = autore
    portati = {}
    for nome in INSIEMI:
        suoi = getattr(a, nome)
        # No comune means the whole Ambito, which holds every other one.
        tutto_l_ambito = nome == "comuni" and not suoi.exists()
        nuovi = [] if tutto_l_ambito else list(getattr(doppio, nome).exclude(pk__in=suoi.values("pk")))
        suoi.add(*nuovi)
        portati[nome] = [str(uno.pk) for uno in nuovi]
    return portati


def _togli_portati(doppio: Bisogno, a: Bisogno, autore: Any) -> None:
    """Take away from `a` what merging the double gave it, but for what comes from another of its doubles too."""
    firmato: Any = a
    firmato._history_user = autore
    altri = list(a.uniti.exclude(pk=doppio.pk))
    for nome, chiavi in doppio.portati.items():
        anche_di_altri = {str(uno.pk) for altro in altri for uno in getattr(altro, nome).all()}
        via = [chiave for chiave in chiavi if chiave not in anche_di_altri]
        for riga in getattr(a, nome).filter(pk__in=via):
            if nome in RISPOSTE:
                riga._history_user = autore
                riga.bisogni.remove(a)
            else:
                getattr(a, nome).remove(riga)


def capo(bisogno: Bisogno) -> Bisogno:
    """The need it was merged into, at the end of the line; itself if it was not."""
    while bisogno.unito_a is not None:
        bisogno = bisogno.unito_a
    return bisogno
