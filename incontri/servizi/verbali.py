"""Writing the minutes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from incontri.models import Incontro, PuntoOdg, Verbale, Voce
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica
from incontri.servizi.voci import impegni_contesi, riordina_voci, salva_impegni, togli_impegni
from tavolo.base.concorrenza import Riga, VersioneSuperata, salva_righe


class VerbaleGiaIniziato(Exception):
    """Someone else takes the minutes of this meeting: `verbale` is theirs."""

    def __init__(self, verbale: Verbale):
        super().__init__(
            f"Il verbale lo sta già scrivendo {verbale.verbalizzante}."
            if verbale.verbalizzante
            else "Il verbale è già iniziato, ma chi lo scriveva non ha più un account: chi coordina sceglie chi continua."
        )
        self.verbale = verbale


def inizia_verbale(incontro: Incontro, *, autore: Any) -> Verbale:
    """The minutes of the meeting, taken by `autore`; the same ones if this person had started them already.

    Raises VerbaleGiaIniziato if another person was first, NonModificabile if the meeting was not held yet.
    """
    try:
        with transaction.atomic():
            # Held, so that nobody cancels it meanwhile.
            incontro = Incontro.objects.select_for_update().get(pk=incontro.pk)
            if not incontro.si_verbalizza:
                raise NonModificabile("Il verbale si inizia dal giorno dell'incontro.")
            # Di due inizi simultanei ne vince uno: il verbale di un incontro è unico per vincolo.
            return Verbale.objects.create(incontro=incontro, verbalizzante=autore, autore=autore)
    except IntegrityError:
        verbale = Verbale.objects.select_related("verbalizzante").get(incontro=incontro)
        if verbale.verbalizzante_id != autore.pk:
            raise VerbaleGiaIniziato(verbale) from None
        return verbale


class VoceLegata(Exception):
    """An entry that was to be removed has something that hangs on it."""


def salva_voci(punto: PuntoOdg, righe: Sequence[Riga], *, autore: Any) -> dict[Any, Voce]:
    """Write, add, remove and put in order the entries of one point of the minutes, all or none.

    Of rows that are `RigaVoce` also the commitments are kept, and the order. Gives the entries as they are saved, by the
    `chiave` of their rows. Raises VersioneSuperata if an entry was changed by someone else after the version it was
    written over, VoceLegata if something hangs on one to be removed (an instance, a need), NonModificabile if the minutes are no longer
    (or not yet) a draft or the meeting is cancelled.
    """
    with transaction.atomic():
        apri_per_modifica(punto.incontro)
        if not Verbale.objects.filter(incontro=punto.incontro_id).exists():
            raise NonModificabile("Il verbale di questo incontro non è ancora iniziato.")
        voci = Voce.objects.filter(punto=punto)
        presenti = {v.pk: v for v in voci.select_related("impegno__ente", "impegno__persona")}
        ultimo = max((voce.ordine for voce in presenti.values()), default=0)
        nascite = [{"punto": punto, "autore": autore, "ordine": ultimo + numero} for numero in range(1, len(righe) + 1)]
        nate = [
            replace(riga, alla_nascita=nascita | riga.alla_nascita)
            for riga, nascita in zip(righe, nascite, strict=True)
        ]
        contesi = impegni_contesi(presenti, righe)
        togli_impegni(presenti, righe, autore=autore)
        try:
            scritte = {riga.chiave: voce for riga, voce in salva_righe(voci, nate, autore=autore)}
        except VersioneSuperata as superata:
            raise VersioneSuperata(contesi | superata.salvate) from None
        except ProtectedError as errore:
            raise VoceLegata(
                "Una voce che vuoi togliere serve altrove: è un'istanza già inviata, la decisione di una graduatoria o di una "
                "proposta, o l'origine di un bisogno, di un'evidenza o di una buona prassi. Deve restare. Non abbiamo salvato "
                "niente."
            ) from errore
        if contesi:
            raise VersioneSuperata(contesi)
        salvate = {r.chiave: presenti[r.pk] for r in righe if r.pk in presenti} | scritte
        salvate = {r.chiave: salvate[r.chiave] for r in righe if not r.rimuovi and r.chiave in salvate}
        salva_impegni(salvate, set(scritte), righe, autore=autore)
        riordina_voci(punto, righe, salvate, autore=autore)
    return salvate
