"""Two people on the same minutes: who saves second loses nothing and covers nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from incontri.models import Incontro, Verbale, Voce
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.verbali import VerbaleGiaIniziato, inizia_verbale, salva_voci
from tavolo.base.concorrenza import Riga, VersioneSuperata, rivendica
from tests.factories import IncontroFactory, PuntoOdgFactory, VerbaleFactory, VoceFactory


def riga(testo=None, voce=None, *, tipo="discussione", chiave="voci-0", **altro):
    """A row as the form sends it, seen at the present version of `voce`."""
    valori = {} if testo is None else {"tipo": tipo, "testo": testo}
    if voce is not None:
        altro = {"pk": voce.pk, "versione": str(voce.versione)} | altro
    return Riga(chiave=chiave, valori=valori, **altro)


def voci_di(punto):
    return [(voce.testo, voce.versione) for voce in punto.voci.all()]


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno)


@pytest.fixture
def punto(verbale):
    return PuntoOdgFactory(incontro=verbale.incontro)


def test_voci_nuove_si_aggiungono_in_fondo_con_autore_e_storia(punto, bruno):
    salva_voci(punto, [riga("Prima"), riga("Seconda", tipo="impegno", chiave="voci-1")], autore=bruno)
    salva_voci(punto, [riga("Terza")], autore=bruno)

    assert [(v.tipo, v.testo, v.autore) for v in punto.voci.all()] == [
        ("discussione", "Prima", bruno),
        ("impegno", "Seconda", bruno),
        ("discussione", "Terza", bruno),
    ]
    assert {(h.testo, h.history_user) for h in Voce.storia.all()} == {(t, bruno) for t in ("Prima", "Seconda", "Terza")}


def test_ogni_salvataggio_alza_la_versione_e_lascia_storia(punto, bruno):
    salva_voci(punto, [riga("Primo testo")], autore=bruno)
    salva_voci(punto, [riga("Secondo testo", punto.voci.get())], autore=bruno)

    assert voci_di(punto) == [("Secondo testo", 2)]
    storia = Voce.storia.order_by("history_id").values_list("testo", "versione", "history_user")
    assert list(storia) == [("Primo testo", 1, bruno.pk), ("Secondo testo", 2, bruno.pk)]


def test_chi_salva_sopra_un_testo_piu_nuovo_e_fermato_e_niente_e_salvato_a_meta(punto, bruno, senait):
    contesa, libera = VoceFactory(punto=punto, testo="Base"), VoceFactory(punto=punto, testo="Libera", ordine=1)
    salva_voci(punto, [riga("Testo di Senait", contesa)], autore=senait)

    with pytest.raises(VersioneSuperata) as superata:
        salva_voci(
            punto,
            [
                riga("Libera, corretta", libera, chiave="voci-1"),
                riga("Testo di Bruno", contesa),
                riga("Nuova", chiave="voci-2"),
            ],
            autore=bruno,
        )

    assert {chiave: voce.testo for chiave, voce in superata.value.salvate.items()} == {"voci-0": "Testo di Senait"}
    assert voci_di(punto) == [("Testo di Senait", 2), ("Libera", 1)]


def test_dopo_aver_visto_i_due_testi_si_salva_sopra_il_nuovo(punto, bruno, senait):
    voce = VoceFactory(punto=punto, testo="Base")
    salva_voci(punto, [riga("Testo di Senait", voce)], autore=senait)

    salva_voci(punto, [riga("Senait e Bruno insieme", Voce.objects.get())], autore=bruno)

    assert voci_di(punto) == [("Senait e Bruno insieme", 3)]


def test_due_persone_su_voci_diverse_dello_stesso_punto_non_si_disturbano(punto, bruno, senait):
    prima, seconda = VoceFactory(punto=punto, testo="A"), VoceFactory(punto=punto, testo="B", ordine=1)
    salva_voci(punto, [riga("A di Senait", prima), riga("B", seconda, chiave="voci-1")], autore=senait)

    salva_voci(punto, [riga("A", prima), riga("B di Bruno", seconda, chiave="voci-1")], autore=bruno)

    assert voci_di(punto) == [("A di Senait", 2), ("B di Bruno", 2)]


def test_lo_stesso_testo_scritto_da_due_non_e_un_conflitto(punto, bruno, senait):
    voce = VoceFactory(punto=punto, testo="Base")
    salva_voci(punto, [riga("Uguale", voce)], autore=senait)

    salva_voci(punto, [riga("Uguale", voce)], autore=bruno)

    assert voci_di(punto) == [("Uguale", 2)]


def test_una_voce_tolta_da_altri_torna_solo_se_la_persona_lo_vuole(punto, bruno, senait):
    voce = VoceFactory(punto=punto, testo="Base")
    vista = riga("Base corretta", voce)
    salva_voci(punto, [riga("Base", voce, rimuovi=True)], autore=senait)

    with pytest.raises(VersioneSuperata) as superata:
        salva_voci(punto, [vista], autore=bruno)

    assert superata.value.salvate == {"voci-0": None}
    assert Voce.storia.filter(history_type="-").get().history_user == senait


def test_non_si_toglie_una_voce_che_altri_hanno_appena_cambiato(punto, bruno, senait):
    voce = VoceFactory(punto=punto, testo="Base")
    salva_voci(punto, [riga("Testo di Senait", voce)], autore=senait)

    with pytest.raises(VersioneSuperata):
        salva_voci(punto, [riga("Base", voce, rimuovi=True)], autore=bruno)

    assert voci_di(punto) == [("Testo di Senait", 2)]


@pytest.mark.parametrize("versione", ["", "0", "99", "-1", "uno", "9" * 30])
def test_una_versione_inventata_non_apre_la_porta(punto, bruno, versione):
    voce = VoceFactory(punto=punto, testo="Base")

    with pytest.raises(VersioneSuperata):
        salva_voci(punto, [riga("Altro", voce, versione=versione)], autore=bruno)

    assert voci_di(punto) == [("Base", 1)]


def test_i_campi_non_mandati_restano_come_sono(punto, bruno):
    voce = VoceFactory(punto=punto, testo="Base", tipo="decisione")

    salva_voci(punto, [Riga(chiave="v", pk=voce.pk, versione="1", valori={"tipo": "impegno"})], autore=bruno)

    assert [(v.tipo, v.testo) for v in punto.voci.all()] == [("impegno", "Base")]


def test_la_voce_di_un_altro_punto_non_si_tocca(punto, bruno):
    altrove = VoceFactory(testo="Di un altro incontro")

    with pytest.raises(VersioneSuperata):
        salva_voci(punto, [riga("Mio", altrove)], autore=bruno)

    altrove.refresh_from_db()
    assert altrove.testo == "Di un altro incontro"


def test_di_due_che_rivendicano_la_stessa_riga_ne_vince_uno(punto):
    voce = VoceFactory(punto=punto)
    mia, sua = Voce.objects.get(pk=voce.pk), Voce.objects.get(pk=voce.pk)

    rivendica(mia)

    with pytest.raises(VersioneSuperata) as superata:
        rivendica(sua)
    assert [v.versione for v in superata.value.salvate.values()] == [2]


def test_un_verbale_condiviso_non_si_scrive(verbale, punto, bruno):
    verbale.stato = "condiviso"
    verbale.save()

    with pytest.raises(NonModificabile):
        salva_voci(punto, [riga("Tardi")], autore=bruno)

    assert voci_di(punto) == []


def test_chi_inizia_il_verbale_verbalizza(bruno):
    incontro = IncontroFactory(stato="svolto")

    assert inizia_verbale(incontro, autore=bruno).verbalizzante == bruno


def test_di_due_inizi_simultanei_uno_vince_e_all_altra_si_dice_chi(bruno, senait):
    incontro = IncontroFactory(stato="svolto")
    inizia_verbale(incontro, autore=bruno)

    with pytest.raises(VerbaleGiaIniziato, match="Bruno Bollate"):
        inizia_verbale(incontro, autore=senait)

    assert Verbale.objects.get().verbalizzante == bruno


def test_iniziare_due_volte_il_proprio_verbale_non_e_un_errore(bruno):
    incontro = IncontroFactory(stato="svolto")

    assert inizia_verbale(incontro, autore=bruno) == inizia_verbale(incontro, autore=bruno)


@pytest.mark.parametrize(
    ("stato", "fra", "si_puo"),
    [
        ("pianificato", timedelta(days=2), False),
        ("convocato", timedelta(minutes=-1), True),
        ("svolto", None, True),
        ("pianificato", None, False),
        ("annullato", timedelta(days=-1), False),
    ],
)
def test_il_verbale_si_inizia_dal_giorno_dell_incontro(bruno, stato, fra, si_puo):
    incontro = IncontroFactory(stato=stato, inizio=timezone.now() + fra if fra else None)

    if si_puo:
        inizia_verbale(incontro, autore=bruno)
    else:
        with pytest.raises(NonModificabile):
            inizia_verbale(incontro, autore=bruno)

    assert Verbale.objects.exists() == si_puo


def test_riga_sconosciuta_come_se_fosse_tolta(punto, bruno):
    with pytest.raises(VersioneSuperata) as superata:
        salva_voci(punto, [Riga(chiave="v", pk=uuid4(), versione="1", valori={"testo": "x"})], autore=bruno)

    assert superata.value.salvate == {"v": None}


def test_su_un_incontro_annullato_non_si_scrive(verbale, punto, bruno):
    Incontro.objects.update(stato="annullato")

    with pytest.raises(NonModificabile, match="annullato"):
        salva_voci(punto, [riga("Tardi")], autore=bruno)

    assert voci_di(punto) == []


def test_chi_inizia_con_la_pagina_vecchia_trova_l_incontro_annullato(bruno):
    incontro = IncontroFactory(inizio=timezone.now())
    Incontro.objects.update(stato="annullato")

    with pytest.raises(NonModificabile):
        inizia_verbale(incontro, autore=bruno)

    assert not Verbale.objects.exists()
