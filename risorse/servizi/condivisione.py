"""The card of a service as text that stands alone: for a message, an e-mail, a sheet of paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from risorse.models import Contatto, Costo, Risorsa, TipoSede
from tavolo.base.italiano import elidi


@dataclass(frozen=True)
class Condivisione:
    """What a person sends on: read when the page is written, in its language, once the rows have their translations.

    `indirizzo` is the whole address of the card.
    """

    risorsa: Risorsa
    contatti: list[Contatto]
    indirizzo: str

    @property
    def testo(self) -> str:
        """Name, ente, what it does, where, when, how to call, languages, cost, what to bring, valid on which day."""
        risorsa = self.risorsa
        righe = [risorsa.testo("nome"), str(risorsa.ente), risorsa.testo("in_breve"), ""]
        if risorsa.esempio:
            righe += [_("Dati di esempio."), ""]
        righe += [*self._dove(), *self._quando(), *self._contatti(), *self._lingue(), *self._accesso()]
        oggi = date_format(timezone.localdate(), "DATE_FORMAT")
        righe += ["", elidi(_("Valido al %(giorno)s") % {"giorno": oggi}), self.indirizzo]
        return "\n".join(righe)

    @property
    def whatsapp(self) -> str:
        """The link that opens WhatsApp with the text, to be sent to whoever one chooses; nothing is loaded from there."""
        return f"https://wa.me/?text={quote(self.testo, safe='')}"

    @property
    def email(self) -> str:
        """The link that opens a new e-mail with the text (RFC 6068)."""
        corpo = self.testo.replace("\n", "\r\n")
        return f"mailto:?subject={quote(self.risorsa.testo('nome'), safe='')}&body={quote(corpo, safe='')}"

    def _dove(self) -> Iterator[str]:
        for in_sede in self.risorsa.in_sedi_pubbliche:
            yield _voce(_("Dove"), luogo(in_sede))

    def _quando(self) -> Iterator[str]:
        gruppi = self.risorsa.orari_in_luoghi
        for gruppo in gruppi:
            luoghi = ", ".join(uno.sede.testo("nome") for uno in gruppo.in_sedi)
            righe = gruppo.in_righe if gruppo.orari.intervalli else [_("Da verificare."), *gruppo.in_righe]
            yield _voce(f"{_('Orari')} ({luoghi})" if len(gruppi) > 1 else _("Orari"), "; ".join(righe))

    def _contatti(self) -> Iterator[str]:
        for contatto in self.contatti:
            nota = contatto.testo("etichetta")
            yield _voce(contatto.get_tipo_display(), f"{contatto.valore} ({nota})" if nota else contatto.valore)

    def _lingue(self) -> Iterator[str]:
        nomi = [
            lingua_in_parole(parlata.lingua, con_mediatore=parlata.con_mediatore)
            for parlata in self.risorsa.lingue_parlate.all()
        ]
        if nomi:
            yield _voce(_("Lingue parlate"), ", ".join(nomi))

    def _accesso(self) -> Iterator[str]:
        if self.risorsa.costo != Costo.NON_NOTO:
            yield _voce(_("Quanto costa"), str(self.risorsa.get_costo_display()))
        for titolo, termini in (
            (_("Come si accede"), self.risorsa.modalita.all()),
            (_("Che cosa portare"), self.risorsa.documenti.all()),
        ):
            if nomi := _nomi(termini):
                yield _voce(titolo, nomi)


def luogo(in_sede: Any) -> str:
    """A service's place in one line: name, note, street, postcode and comune; "by phone or online" if it has none."""
    sede = in_sede.sede
    pezzi = [sede.testo("nome"), in_sede.testo("nota")]
    if sede.tipo == TipoSede.FISICA:
        pezzi += [sede.indirizzo, f"{sede.cap} {sede.comune}".strip()]
    else:
        pezzi.append(str(sede.get_tipo_display()))
    return ", ".join(pezzo for pezzo in pezzi if pezzo)


def lingua_in_parole(lingua: Any, *, con_mediatore: bool) -> str:
    """`العربية (Arabo)`, and whether it takes a mediator."""
    nome = lingua.testo("nome")
    testo = lingua.nome_proprio if lingua.nome_proprio == nome else f"{lingua.nome_proprio} ({nome})"
    return f"{testo}, {_('con mediatrice o mediatore')}" if con_mediatore else testo


def _nomi(termini: Iterable[Any]) -> str:
    return ", ".join(termine.testo("nome") for termine in termini)


def _voce(titolo: Any, testo: str) -> str:
    return f"{titolo}: {testo}"
