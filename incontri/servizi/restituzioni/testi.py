"""What people write in the sections, and how a text of theirs meets a newer one of the data."""

import re
from typing import Any

from django.db import transaction

from incontri.models import SezioneRestituzione
from incontri.servizi.restituzioni.compilazione import aperta
from tavolo.base.concorrenza import VersioneSuperata, rivendica
from tavolo.base.fusione import Fusione, fondi, irrisolto
from tavolo.base.stati import PassaggioNonPossibile

DEI_DATI = "dai dati"
QUALUNQUE_SEGNO = re.compile(r"\[\^([^\]\n]*)\]")


def scrivi_sezione(sezione: SezioneRestituzione, *, testo: str, versione: str, autore: Any) -> SezioneRestituzione:
    """Save the text of a section over the version the person saw.

    Raises VersioneSuperata, with nothing written, if it was saved meanwhile; PassaggioNonPossibile once the document is
    published, or where the text cites a source that the section does not have.
    """
    return _scrivi(sezione, testo, versione, autore, risolve=False)


def risolvi_contesa(sezione: SezioneRestituzione, *, testo: str, versione: str, autore: Any) -> SezioneRestituzione:
    """Save the text that puts an end to the contest: what the data say now becomes what it is compared with.

    Raises as `scrivi_sezione` does, and PassaggioNonPossibile while marks of a merge are still in the text.
    """
    return _scrivi(sezione, testo, versione, autore, risolve=True)


def proposta_di_fusione(sezione: SezioneRestituzione) -> Fusione:
    """One text made of the edited one and of what the data say now, with marks where somebody has to choose."""
    return fondi(sezione.compilato, sezione.contesa, sezione.testo, nome=DEI_DATI)


def _scrivi(sezione: SezioneRestituzione, testo: str, versione: str, autore: Any, *, risolve: bool) -> Any:
    if irrisolto(testo):
        raise PassaggioNonPossibile("Nel testo ci sono ancora i segni ⟦…⟧: scegli una delle due parti e toglili.")
    with transaction.atomic():
        aperta(sezione.restituzione)
        salvata: Any = SezioneRestituzione.objects.select_related("restituzione").get(pk=sezione.pk)
        if str(salvata.versione) != versione and salvata.testo != testo:
            raise VersioneSuperata({salvata.pk: salvata})
        if ignoti := [segno for segno in QUALUNQUE_SEGNO.findall(testo) if segno not in salvata.fonti]:
            raise PassaggioNonPossibile(_ignoti(ignoti))
        rivendica(salvata)
        salvata.testo = testo
        if risolve and salvata.contesa:
            salvata.compilato, salvata.contesa = salvata.contesa, ""
        salvata._history_user = autore
        salvata.save()
    return salvata


def _ignoti(segni: list[str]) -> str:
    detti = ", ".join(f"[^{segno}]" for segno in dict.fromkeys(segni))
    return (
        f"Queste fonti la sezione non le ha: {detti}. Correggi il segno come nell'elenco delle fonti, oppure toglilo."
    )
