"""Changes proposed to published cards: made by an ente, decided by who coordinates."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from risorse.models import ModoVerifica, PropostaModifica, Risorsa, StatoRisorsa, TipoProposta
from risorse.servizi.campi import ALTRO, ETICHETTE, scrivi, testi_di
from risorse.servizi.confronti import Differenza, differenze
from risorse.servizi.posta import manda
from risorse.servizi.verifiche import ConfermaNonPossibile, conferma_risorsa
from tavolo.base.celle import a_capo
from tavolo.base.indirizzi import portale
from tavolo.base.stati import PassaggioNonPossibile, compi

# Cards the public reads, or read until somebody suspended them: others are written directly, or are no more.
SI_PROPONE = frozenset({StatoRisorsa.PUBBLICATA, StatoRisorsa.SOSPESA})

NIENTE_DI_SCELTO = "Scegli almeno un campo da accogliere, oppure respingi la proposta."
SOLO_A_MANO = "Riporta nella scheda quello che c'è scritto e segna «L'ho riportato nella scheda», oppure respingi."


class PropostaNonPossibile(Exception):
    """The proposal cannot be made, or taken over, as it is; the message says why, in Italian."""


def proponi_modifica(
    risorsa: Risorsa,
    *,
    prima: Mapping[str, str],
    dopo: Mapping[str, str],
    autore: Any,
    nota: str = "",
    da_link: bool = False,
) -> PropostaModifica:
    """An open proposal to change the fields of `dopo` of a card, whose author saw `prima` in them.

    `autore` is None for who came by a signed link: the ente is then the card's own. Raises PropostaNonPossibile for a
    card that is not proposed upon, or if nothing changes.
    """
    if not dopo:
        raise PropostaNonPossibile("Non c'è niente di cambiato.")
    return _nuova(risorsa, TipoProposta.MODIFICA, autore, nota, da_link, prima=dict(prima), dopo=dict(dopo))


def proponi_ritiro(risorsa: Risorsa, *, nota: str, autore: Any, da_link: bool = False) -> PropostaModifica:
    """An open proposal to take the card off the portal; the one that is already open, if there is one.

    Raises PropostaNonPossibile for a card that is not proposed upon.
    """
    gia = PropostaModifica.objects.aperte().filter(risorsa=risorsa, tipo=TipoProposta.RITIRO).first()
    return gia or _nuova(risorsa, TipoProposta.RITIRO, autore, nota, da_link)


def in_attesa(risorsa: Risorsa) -> PropostaModifica | None:
    """The last change proposed to the card that nobody has decided yet."""
    return PropostaModifica.objects.aperte().filter(risorsa=risorsa, tipo=TipoProposta.MODIFICA).first()


def appunto_di(risorsa: Risorsa) -> PropostaModifica | None:
    """What its ente said in words of a card not published yet, still to be written in it by who coordinates."""
    aperte = PropostaModifica.objects.aperte().filter(risorsa=risorsa, tipo=TipoProposta.MODIFICA)
    return aperte.filter(dopo__has_key=ALTRO).first()


def annota_bozza(risorsa: Risorsa, testo: str, *, autore: Any) -> None:
    """Keep `testo`, on the hours, contacts and places of a card not published yet, as its one open proposal; none if empty."""
    testo, appunto = a_capo(testo).strip(), appunto_di(risorsa)
    if appunto is None and testo:
        _crea(risorsa, TipoProposta.MODIFICA, autore, prima={ALTRO: ""}, dopo={ALTRO: testo})
    elif appunto is not None and testo != appunto.dopo[ALTRO]:
        scritto: Any = appunto
        scritto.dopo, scritto._history_user = {ALTRO: testo}, autore
        scritto.save() if testo else scritto.delete()


def accogli_proposta(
    proposta: PropostaModifica, campi: Iterable[str] = (), *, autore: Any, motivazione: str = ""
) -> PropostaModifica:
    """Bring the chosen fields of the proposal to the card, in one transaction, and close it; gives it as it is then.

    A withdrawal archives the card, whatever `campi` are. What was proposed on a day counts as a confirmation of the
    rest of the card on that day. Raises PassaggioNonPossibile if somebody has decided meanwhile; PropostaNonPossibile,
    with nothing written, if no field is chosen or if the card would break a rule.
    """
    with transaction.atomic():
        proposta = PropostaModifica.objects.select_for_update().get(pk=proposta.pk)
        scelti = [campo for campo in proposta.dopo if campo in set(campi)]
        intera = proposta.tipo == TipoProposta.RITIRO or len(scelti) == len(proposta.dopo)
        nome = "accogli" if intera else "accogli-in-parte"
        if impedimento := proposta.impedimento(proposta.passaggio(nome)):
            raise PassaggioNonPossibile(impedimento)
        if proposta.tipo == TipoProposta.RITIRO:
            _archivia(proposta, autore)
        elif not scelti:
            raise PropostaNonPossibile(SOLO_A_MANO if set(proposta.dopo) == {ALTRO} else NIENTE_DI_SCELTO)
        else:
            _porta_nella_scheda(proposta, scelti, autore)
        _decidi(proposta, nome, autore, motivazione, accolti=scelti)
    return proposta


def respingi_proposta(proposta: PropostaModifica, *, autore: Any, motivazione: str) -> PropostaModifica:
    """Close the proposal and leave the card alone; gives it as it is then.

    Raises PropostaNonPossibile without a reason to tell the ente, PassaggioNonPossibile if it was decided meanwhile.
    """
    if not motivazione.strip():
        raise PropostaNonPossibile("Scrivi perché la respingi: l'ente leggerà la tua risposta.")
    _decidi(proposta, "respingi", autore, motivazione)
    return proposta


def differenze_di(proposta: PropostaModifica) -> list[Differenza]:
    """The proposal beside the card as it stands now, field by field."""
    adesso = testi_di(proposta.risorsa) if proposta.dopo else {}
    return differenze(proposta.prima, proposta.dopo, adesso, accolti=proposta.accolti)


def avvisa_dell_esito(proposta: PropostaModifica, *, base: str = "") -> None:
    """Tell the author by mail what became of the proposal, once the transaction is done; nobody, if it has none.

    `base` is the address of the portal, by default that of the settings.
    """
    if proposta.autore is None or not proposta.autore.is_active:
        return
    contesto = {
        "proposta": proposta,
        "accolti": [ETICHETTE.get(campo, campo) for campo in proposta.accolti],
        "a_mano": proposta.da_riportare and ETICHETTE[ALTRO],
        "indirizzo": (base or portale()) + reverse("cura:proposta-detail", args=[proposta.pk]),
    }
    oggetto = f"La tua proposta per «{proposta.risorsa}»: {proposta.get_stato_display().lower()}"
    manda(oggetto, "cura/email/esito.txt", contesto, [proposta.autore.email])


def _nuova(risorsa: Risorsa, tipo: str, autore: Any, nota: str, da_link: bool, **testi: Any) -> PropostaModifica:
    if risorsa.stato not in SI_PROPONE:
        raise PropostaNonPossibile(f"Su una scheda nello stato «{risorsa.get_stato_display()}» non si propone niente.")
    return _crea(risorsa, tipo, autore, nota=nota, da_link=da_link, **testi)


def _crea(risorsa: Risorsa, tipo: str, autore: Any, **valori: Any) -> PropostaModifica:
    # Of the ente whose card it is, also where its parent body, or who coordinates, writes for it.
    proposta: Any = PropostaModifica(risorsa=risorsa, ente=risorsa.ente, tipo=tipo, autore=autore, **valori)
    proposta._history_user = autore
    proposta.save()
    return proposta


def _decidi(proposta: Any, nome: str, autore: Any, motivazione: str, **valori: Any) -> None:
    decisione = {"decisa_da": autore, "decisa_il": timezone.now(), "motivazione": motivazione.strip()}
    compi(proposta, nome, autore=autore, valori=decisione | valori)


def _archivia(proposta: PropostaModifica, autore: Any) -> None:
    try:
        compi(proposta.risorsa, "archivia", autore=autore)
    except PassaggioNonPossibile as impossibile:
        raise PropostaNonPossibile(str(impossibile)) from impossibile


def _porta_nella_scheda(proposta: PropostaModifica, scelti: list[str], autore: Any) -> None:
    # Held: who edits the card at the same time finds it changed.
    risorsa = Risorsa.objects.select_for_update().get(pk=proposta.risorsa_id)
    chi = proposta.autore or "chi ha ricevuto il link"
    motivo = f"Proposta di {chi}, {proposta.ente.nome_corto}"
    try:
        scrivi(risorsa, {campo: proposta.dopo[campo] for campo in scelti}, autore=autore, motivo=motivo)
    except ValidationError as errore:
        raise PropostaNonPossibile(_in_una_frase(errore)) from errore
    modo = ModoVerifica.LINK if proposta.da_link else ModoVerifica.ACCESSO
    giorno = timezone.localtime(proposta.creato).date()
    # A service that is over has nothing left to confirm: what was accepted may be just that.
    with suppress(ConfermaNonPossibile):
        conferma_risorsa(risorsa, autore=proposta.autore, modo=modo, nota="Con una proposta di modifica", giorno=giorno)


def _in_una_frase(errore: ValidationError) -> str:
    if not hasattr(errore, "error_dict"):
        return " ".join(errore.messages)
    return " ".join(
        f"{ETICHETTE[campo].capitalize()}: {' '.join(messaggi)}" if campo in ETICHETTE else " ".join(messaggi)
        for campo, messaggi in errore.message_dict.items()
    )
