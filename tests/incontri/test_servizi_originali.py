"""The original that approval leaves behind, and the approval that is undone without it."""

import pytest
from django.utils import timezone

from incontri.models import Originale, Verbale
from incontri.servizi.approvazioni import approva_verbale
from incontri.servizi.originali import documento
from incontri.servizi.pubblicazioni import pubblica_verbale
from incontri.servizi.rettifiche import approva_rettifica, proponi_rettifica
from tavolo.base import contenuto
from tavolo.base.stati import PassaggioNonPossibile
from tests.incontri.completo import verbale_completo


@pytest.mark.parametrize("quale", ["html", "pdf"])
def test_senza_il_documento_non_c_e_l_approvazione(bruno, monkeypatch, quale):
    verbale = verbale_completo(bruno)

    def non_riesce(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(documento, quale, non_riesce)

    with pytest.raises(PassaggioNonPossibile, match="niente è cambiato"):
        approva_verbale(verbale, in_incontro=verbale.incontro, esito="unanimita", autore=bruno)

    salvato = Verbale.objects.get()
    assert (salvato.stato, salvato.approvato_il, salvato.storia.count()) == ("bozza", None, 1)
    assert not Originale.objects.exists()


def test_pubblicare_e_rettificare_in_pubblico_cambiano_le_pagine_di_tutti(bruno):
    verbale = verbale_completo(bruno)
    approva_verbale(verbale, in_incontro=verbale.incontro, esito="unanimita", autore=bruno)
    prima = contenuto.versione()

    pubblica_verbale(verbale, autore=bruno)
    pubblicato = contenuto.versione()
    rettifica = proponi_rettifica(verbale, testo="Era 12.", motivo="No.", pubblica=True, autore=bruno)
    proposta = contenuto.versione()
    dopo = type(verbale.incontro).objects.create(titolo="Dopo", inizio=timezone.now(), stato="svolto")
    creato = contenuto.versione()
    approva_rettifica(rettifica, in_incontro=dopo, autore=bruno)

    assert (pubblicato > prima, proposta == pubblicato, contenuto.versione() > creato) == (True, True, True)
