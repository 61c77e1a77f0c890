"""Order of the entries and commitments they tell of: two people at once lose nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incontri.models import Impegno, Voce
from incontri.servizi.verbali import VoceLegata, salva_voci
from incontri.servizi.voci import DatiImpegno, RigaVoce, intreccia
from tavolo.base.concorrenza import VersioneSuperata
from tests.factories import (
    EnteFactory,
    ImpegnoFactory,
    IstanzaFactory,
    PuntoOdgFactory,
    RilevazioneFactory,
    VerbaleFactory,
    VoceFactory,
)


@pytest.fixture
def punto(bruno):
    verbale = VerbaleFactory(verbalizzante=bruno)
    return PuntoOdgFactory(incontro=verbale.incontro)


def scrivi(punto, *testi):
    return [VoceFactory(punto=punto, testo=t, ordine=n) for n, t in enumerate(testi, start=1)]


def riga(voce=None, *, testo=None, posto=None, prima=None, **altro):
    """A row of the page: of `voce` as it stands, or new."""
    valori = {"tipo": "discussione", "testo": testo} if testo else {}
    if voce is not None:
        altro = {"pk": voce.pk, "versione": str(voce.versione)} | altro
    chiave = altro.pop("chiave", voce.testo if voce is not None else testo)
    return RigaVoce(chiave=chiave, valori=altro.pop("valori", valori), posto=posto, posto_prima=prima, **altro)


def in_ordine(punto):
    return "".join(voce.testo for voce in punto.voci.all())


@pytest.mark.parametrize(
    ("posti", "attesi"),
    [([1, 2, 3], "ABC"), ([2, 1, 3], "BAC"), ([3, 1, 2], "BCA"), ([3, 2, 1], "CBA"), ([None, 2, 1], "ACB")],
)
def test_le_voci_nell_ordine_della_pagina(punto, bruno, posti, attesi):
    voci = scrivi(punto, "A", "B", "C")

    salva_voci(
        punto, [riga(v, posto=p, prima=n) for n, (v, p) in enumerate(zip(voci, posti, strict=True), 1)], autore=bruno
    )

    assert in_ordine(punto) == attesi
    assert {voce.versione for voce in voci} == {1}


def test_una_voce_nuova_tra_due_e_in_fondo(punto, bruno):
    a, b = scrivi(punto, "A", "B")

    salvate = salva_voci(
        punto,
        [riga(a, posto=2, prima=2), riga(b, posto=4, prima=4), riga(testo="N", posto=3), riga(testo="F")],
        autore=bruno,
    )

    assert in_ordine(punto) == "ANBF"
    assert [salvate[c].testo for c in ("A", "B", "N", "F")] == ["A", "B", "N", "F"]


def test_chi_salva_senza_spostare_non_disfa_l_ordine_di_altri(punto, bruno, senait):
    a, b, c = scrivi(punto, "A", "B", "C")
    salva_voci(punto, [riga(a, posto=3, prima=1), riga(b, posto=1, prima=2), riga(c, posto=2, prima=3)], autore=senait)

    righe = [riga(a, posto=1, prima=1, testo="a"), riga(b, posto=2, prima=2), riga(c, posto=3, prima=3)]
    salva_voci(punto, righe, autore=bruno)

    assert in_ordine(punto) == "BCa"


def test_chi_sposta_lascia_dov_e_la_voce_che_non_ha_visto(punto, bruno, senait):
    a, b = scrivi(punto, "A", "B")
    salva_voci(punto, [riga(a, posto=1, prima=1), riga(testo="N", posto=2), riga(b, posto=3, prima=2)], autore=senait)

    salva_voci(punto, [riga(a, posto=2, prima=1), riga(b, posto=1, prima=2)], autore=bruno)

    assert in_ordine(punto) == "BAN"


def test_spostare_e_togliere_insieme(punto, bruno):
    a, b, c = scrivi(punto, "A", "B", "C")

    salva_voci(
        punto,
        [riga(a, posto=3, prima=1), riga(b, posto=1, prima=2, rimuovi=True), riga(c, posto=2, prima=3)],
        autore=bruno,
    )

    assert in_ordine(punto) == "CA"


@given(st.data())
def test_nessuna_voce_si_perde_nel_riordinare(data):
    """Whatever the page shows and whatever is saved: each saved entry once, those of the page in its order."""
    salvate = data.draw(st.lists(st.uuids(), unique=True, max_size=8))
    pagina = data.draw(st.permutations(salvate))[: data.draw(st.integers(0, len(salvate)))]

    ordinate = intreccia(pagina, salvate)

    assert sorted(ordinate) == sorted(salvate)
    assert [pk for pk in ordinate if pk in pagina] == pagina


def di_impegno(voce=None, *, ente=None, visto=None, testo="Scrive", **altro):
    valori = {"tipo": "impegno", "testo": testo}
    return riga(voce, chiave="v", valori=valori, impegno=DatiImpegno(ente=ente, **altro), visto=visto or DatiImpegno())


def test_un_impegno_nasce_cambia_e_si_toglie_con_la_sua_voce(punto, bruno):
    bollate, senago = EnteFactory.create_batch(2)
    salva_voci(punto, [di_impegno(ente=bollate, scadenza=date(2026, 12, 1))], autore=bruno)
    impegno, voce = Impegno.objects.get(), Voce.objects.get()
    assert (impegno.voce, impegno.testo, impegno.ente, impegno.scadenza) == (voce, "Scrive", bollate, date(2026, 12, 1))

    visto = DatiImpegno(ente=bollate, scadenza=date(2026, 12, 1))
    salva_voci(punto, [di_impegno(voce, ente=senago, persona=bruno, visto=visto, testo="Scrive a tutti")], autore=bruno)
    impegno.refresh_from_db()
    assert (impegno.testo, impegno.ente, impegno.persona, impegno.scadenza) == ("Scrive a tutti", senago, bruno, None)

    voce.refresh_from_db()
    salva_voci(punto, [riga(voce, chiave="v", valori={"tipo": "discussione"})], autore=bruno)
    assert (Impegno.objects.count(), Voce.objects.get().tipo) == (0, "discussione")


def test_si_toglie_la_voce_con_il_suo_impegno(punto, bruno):
    voce = VoceFactory(punto=punto, tipo="impegno")
    ImpegnoFactory(voce=voce)

    salva_voci(punto, [riga(voce, rimuovi=True)], autore=bruno)

    assert (Impegno.objects.count(), Voce.objects.count()) == (0, 0)


def test_un_impegno_senza_ente_resta_solo_scritto(punto, bruno):
    salva_voci(punto, [di_impegno()], autore=bruno)

    assert (Impegno.objects.count(), Voce.objects.get().tipo) == (0, "impegno")


def test_chi_corregge_il_testo_non_disfa_il_responsabile_scelto_da_altri(punto, bruno):
    prima, poi = EnteFactory.create_batch(2)
    voce = VoceFactory(punto=punto, tipo="impegno")
    ImpegnoFactory(voce=voce, ente=poi)

    salva_voci(punto, [di_impegno(voce, ente=prima, visto=DatiImpegno(ente=prima), testo="Nuovo")], autore=bruno)

    assert (Impegno.objects.get().ente, Impegno.objects.get().testo) == (poi, "Nuovo")


def test_due_responsabili_scelti_insieme_si_incontrano(punto, bruno):
    prima, mio, suo = EnteFactory.create_batch(3)
    voce = VoceFactory(punto=punto, tipo="impegno", testo="Scrive")
    ImpegnoFactory(voce=voce, ente=suo)

    with pytest.raises(VersioneSuperata) as superata:
        salva_voci(punto, [di_impegno(voce, ente=mio, visto=DatiImpegno(ente=prima), testo="Nuovo")], autore=bruno)

    assert superata.value.salvate == {"v": voce}
    assert (Impegno.objects.get().ente, Voce.objects.get().testo) == (suo, "Scrive")


def test_non_si_toglie_la_voce_di_un_istanza_inviata(punto, bruno):
    voce = VoceFactory(punto=punto, tipo="istanza")
    IstanzaFactory(voce=voce)

    with pytest.raises(VoceLegata):
        salva_voci(punto, [riga(voce, rimuovi=True), riga(testo="N")], autore=bruno)

    assert Voce.objects.get() == voce


def test_la_decisione_di_una_graduatoria_resta_e_si_dice_perche(punto, bruno):
    voce = VoceFactory(punto=punto, tipo="decisione")
    RilevazioneFactory(decisione=voce)

    with pytest.raises(VoceLegata, match="la decisione di una graduatoria"):
        salva_voci(punto, [riga(voce, rimuovi=True)], autore=bruno)

    assert Voce.objects.get() == voce
