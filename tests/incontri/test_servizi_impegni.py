"""Commitments: taken, told by an entry, reviewed; nothing is covered, nothing is half written."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from incontri.models import Impegno, RevisioneImpegno
from incontri.servizi.impegni import (
    aggiorna_da_voce,
    da_rivedere,
    impegni_del_verbale,
    registra_impegno,
    rivedi_impegno,
    rivedi_nell_incontro,
    togli_di_voce,
)
from incontri.servizi.modifiche import NonModificabile
from tavolo.base.concorrenza import Riga, VersioneSuperata, timbro
from tests.factories import (
    EnteFactory,
    ImpegnoFactory,
    IncontroFactory,
    PuntoOdgFactory,
    VerbaleFactory,
    VoceFactory,
)

OGGI = timezone.localdate
MARZO, APRILE = date(2027, 3, 1), date(2027, 4, 1)


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno)


@pytest.fixture
def voce(verbale):
    return VoceFactory(punto=PuntoOdgFactory(incontro=verbale.incontro), tipo="impegno", testo="Mandare l'elenco.")


def test_registra_un_impegno_aperto_con_la_firma(bruno):
    impegno = registra_impegno(testo="Scrivere", ente=bruno.ente, scadenza=MARZO, autore=bruno)
    impegno.refresh_from_db()
    assert (impegno.stato, impegno.scadenza, impegno.autore, impegno.incontro) == ("aperto", MARZO, bruno, None)
    assert impegno.storia.get().history_user == bruno


def test_la_voce_crea_il_suo_impegno_e_lo_aggiorna(voce, bruno, senait):
    aggiorna_da_voce(voce, ente=None, persona=None, scadenza=None, autore=bruno)
    assert Impegno.objects.count() == 0
    aggiorna_da_voce(voce, ente=bruno.ente, persona=bruno, scadenza=MARZO, autore=bruno)
    voce.testo = "Mandare l'elenco a tutti."
    aggiorna_da_voce(voce, ente=senait.ente, persona=None, scadenza=APRILE, autore=bruno)
    impegno = Impegno.objects.get()
    assert (impegno.testo, impegno.ente, impegno.persona, impegno.scadenza) == (
        "Mandare l'elenco a tutti.",
        senait.ente,
        None,
        APRILE,
    )
    assert (impegno.incontro, impegno.voce, impegno.revisioni.count()) == (voce.punto.incontro, voce, 0)


def test_di_un_impegno_gia_rivisto_la_voce_sposta_la_scadenza_con_una_revisione(voce, bruno):
    aggiorna_da_voce(voce, ente=bruno.ente, persona=None, scadenza=MARZO, autore=bruno)
    rivedi_impegno(Impegno.objects.get(), stato="in-corso", scadenza=MARZO, nota="Iniziato", autore=bruno)
    aggiorna_da_voce(voce, ente=bruno.ente, persona=None, scadenza=APRILE, autore=bruno)
    impegno = Impegno.objects.get()
    assert (impegno.stato, impegno.scadenza) == ("in-corso", APRILE)
    assert list(impegno.revisioni.values_list("stato", "scadenza_prima", "scadenza")) == [
        ("in-corso", MARZO, MARZO),
        ("in-corso", MARZO, APRILE),
    ]


def test_togliere_la_voce_toglie_l_impegno_ma_non_quello_gia_rivisto(voce, bruno):
    aggiorna_da_voce(voce, ente=bruno.ente, persona=None, scadenza=None, autore=bruno)
    togli_di_voce(voce, autore=bruno)
    assert Impegno.objects.count() == 0
    aggiorna_da_voce(voce, ente=bruno.ente, persona=None, scadenza=None, autore=bruno)
    rivedi_impegno(Impegno.objects.get(), stato="fatto", scadenza=None, nota="", autore=bruno)
    togli_di_voce(voce, autore=bruno)
    voce.delete()
    assert list(Impegno.objects.values_list("testo", "voce", "stato")) == [("Mandare l'elenco.", None, "fatto")]


def test_stato_e_scadenza_si_muovono_insieme_con_la_revisione(bruno):
    impegno = ImpegnoFactory(ente=bruno.ente, scadenza=MARZO)
    revisione = rivedi_impegno(impegno, stato="in-corso", scadenza=APRILE, nota="Manca un dato", autore=bruno)
    impegno.refresh_from_db()
    assert (impegno.stato, impegno.scadenza) == ("in-corso", APRILE)
    assert (revisione.scadenza_prima, revisione.scadenza, revisione.nota, revisione.rinviato) == (
        MARZO,
        APRILE,
        "Manca un dato",
        True,
    )
    assert (revisione.autore, impegno.storia.latest().history_user) == (bruno, bruno)


def test_un_impegno_fatto_si_puo_riaprire(bruno):
    impegno = ImpegnoFactory(ente=bruno.ente)
    rivedi_impegno(impegno, stato="fatto", scadenza=None, nota="", autore=bruno)
    rivedi_impegno(impegno, stato="aperto", scadenza=None, nota="Non era finito", autore=bruno)
    impegno.refresh_from_db()
    assert (impegno.stato, impegno.revisioni.count()) == ("aperto", 2)


def test_chi_arriva_secondo_non_copre_il_primo(bruno, senait):
    impegno = ImpegnoFactory(ente=bruno.ente)
    altro = Impegno.objects.get()
    rivedi_impegno(impegno, stato="fatto", scadenza=None, nota="Fatto", autore=bruno)
    with pytest.raises(VersioneSuperata) as superata:
        rivedi_impegno(altro, stato="superato", scadenza=None, nota="Non serve", autore=senait)
    assert superata.value.salvate[impegno.pk].stato == "fatto"
    assert list(RevisioneImpegno.objects.values_list("nota", flat=True)) == ["Fatto"]


def test_un_incontro_ha_una_revisione_sola_di_un_impegno(verbale, bruno):
    impegno = ImpegnoFactory(scadenza=MARZO)
    incontro = verbale.incontro
    rivedi_impegno(impegno, stato="in-corso", scadenza=APRILE, nota="Rinviato", incontro=incontro, autore=bruno)
    rivedi_impegno(impegno, stato="fatto", scadenza=APRILE, nota="Anzi, fatto", incontro=incontro, autore=bruno)
    assert list(RevisioneImpegno.objects.values_list("stato", "scadenza_prima", "scadenza", "nota")) == [
        ("fatto", MARZO, APRILE, "Anzi, fatto")
    ]


def test_non_si_rivede_in_un_incontro_il_cui_verbale_non_si_scrive(verbale, bruno):
    impegno = ImpegnoFactory()
    with pytest.raises(NonModificabile, match="non è ancora iniziato"):
        rivedi_impegno(impegno, stato="fatto", scadenza=None, nota="", incontro=IncontroFactory(), autore=bruno)
    condiviso = VerbaleFactory(stato="condiviso").incontro
    with pytest.raises(NonModificabile, match="condiviso"):
        rivedi_impegno(impegno, stato="fatto", scadenza=None, nota="", incontro=condiviso, autore=bruno)
    impegno.refresh_from_db()
    assert (impegno.stato, RevisioneImpegno.objects.count()) == ("aperto", 0)


def riga(impegno, **valori):
    return Riga(chiave=str(impegno), pk=impegno.pk, versione=timbro(impegno), valori=valori)


def test_molti_impegni_si_rivedono_insieme_o_nessuno(verbale, bruno):
    uno, due, tre = ImpegnoFactory.create_batch(3, scadenza=MARZO)
    dette = [
        riga(uno, stato="fatto", scadenza=MARZO, nota=""),
        riga(due, stato="aperto", scadenza=MARZO, nota=""),
        riga(tre, nota="Si aspetta la ASST"),
    ]
    rivedi_impegno(Impegno.objects.get(pk=tre.pk), stato="in-corso", scadenza=MARZO, nota="", autore=bruno)
    with pytest.raises(VersioneSuperata) as superata:
        rivedi_nell_incontro(verbale.incontro, dette, autore=bruno)
    assert list(superata.value.salvate) == [str(tre)]
    assert RevisioneImpegno.objects.filter(incontro=verbale.incontro).count() == 0
    tre.refresh_from_db()
    dette[2] = riga(tre, nota="Si aspetta la ASST")
    assert rivedi_nell_incontro(verbale.incontro, dette, autore=bruno) == 2
    scritte = RevisioneImpegno.objects.filter(incontro=verbale.incontro)
    assert sorted(scritte.values_list("impegno__testo", "stato", "nota")) == [
        (uno.testo, "fatto", ""),
        (tre.testo, "in-corso", "Si aspetta la ASST"),
    ]
    assert rivedi_nell_incontro(verbale.incontro, dette, autore=bruno) == 0


def test_un_incontro_guarda_gli_aperti_e_quelli_che_ha_gia_rivisto(verbale, bruno):
    aperto, chiuso, rivisto = ImpegnoFactory(), ImpegnoFactory(stato="fatto"), ImpegnoFactory()
    ImpegnoFactory(incontro=verbale.incontro)
    rivedi_impegno(rivisto, stato="fatto", scadenza=None, nota="", incontro=verbale.incontro, autore=bruno)
    assert set(da_rivedere(verbale.incontro)) == {aperto, rivisto}
    assert set(da_rivedere(IncontroFactory())) == {aperto, *Impegno.objects.filter(incontro=verbale.incontro)}
    assert chiuso not in da_rivedere(verbale.incontro)


def test_il_verbale_dice_gli_impegni_rivisti_e_quelli_presi(verbale, bruno, django_assert_num_queries):
    prima = IncontroFactory(titolo="Incontro di prima")
    vecchio = ImpegnoFactory(testo="Vecchio", ente=bruno.ente, persona=bruno, incontro=prima, scadenza=MARZO)
    nuovo = ImpegnoFactory(testo="Nuovo", ente=bruno.ente, incontro=verbale.incontro, scadenza=MARZO)
    ImpegnoFactory(testo="Non se ne è parlato")
    rivedi_impegno(
        vecchio, stato="in-corso", scadenza=APRILE, nota="Un mese in più", incontro=verbale.incontro, autore=bruno
    )
    rivedi_impegno(nuovo, stato="fatto", scadenza=APRILE, nota="Dopo", autore=bruno)
    with django_assert_num_queries(3):
        detti = impegni_del_verbale(verbale.incontro)
    assert detti == [
        {
            "uuid": str(vecchio.pk),
            "voce": "",
            "testo": "Vecchio",
            "ente": "Comune di Bollate",
            "persona": "Bruno Bollate",
            "preso_in": "Incontro di prima",
            "nuovo": False,
            "scadenza_prima": "2027-03-01",
            "scadenza": "2027-04-01",
            "stato": "in-corso",
            "nota": "Un mese in più",
        },
        {
            "uuid": str(nuovo.pk),
            "voce": "",
            "testo": "Nuovo",
            "ente": "Comune di Bollate",
            "persona": "",
            "preso_in": "",
            "nuovo": True,
            "scadenza_prima": "",
            "scadenza": "2027-03-01",
            "stato": "aperto",
            "nota": "",
        },
    ]


def test_le_domande_sugli_impegni(bruno):
    oggi = OGGI()
    asst = EnteFactory()
    consultorio = EnteFactory(padre=asst)
    scaduto = ImpegnoFactory(ente=consultorio, scadenza=oggi - timedelta(days=1))
    per_oggi = ImpegnoFactory(ente=asst, scadenza=oggi)
    senza = ImpegnoFactory(ente=bruno.ente)
    ImpegnoFactory(ente=bruno.ente, stato="fatto", scadenza=oggi - timedelta(days=9))
    assert list(Impegno.objects.in_piedi()) == [scaduto, per_oggi, senza]
    assert list(Impegno.objects.in_ritardo()) == [scaduto]
    assert list(Impegno.objects.in_ritardo(oggi + timedelta(days=1))) == [scaduto, per_oggi]
    assert list(Impegno.objects.in_scadenza(oggi, oggi + timedelta(days=7))) == [per_oggi]
    assert list(Impegno.objects.dell_ente(asst.pk)) == [scaduto, per_oggi]
    assert list(Impegno.objects.dell_ente(consultorio.pk)) == [scaduto]
    assert (scaduto.in_ritardo, per_oggi.in_ritardo, senza.in_ritardo) == (True, False, False)


def test_l_eta_in_giorni_e_in_incontri_e_i_rinvii(bruno, django_assert_num_queries):
    adesso = timezone.now()
    preso = IncontroFactory(stato="svolto", inizio=adesso - timedelta(days=40))
    IncontroFactory(stato="svolto", inizio=adesso - timedelta(days=50))
    IncontroFactory(stato="svolto", inizio=adesso - timedelta(days=20))
    IncontroFactory(stato="convocato", inizio=adesso - timedelta(days=1))
    IncontroFactory(stato="annullato", inizio=adesso - timedelta(days=10))
    IncontroFactory(stato="convocato", inizio=adesso + timedelta(days=10))
    impegno = ImpegnoFactory(incontro=preso, scadenza=MARZO)
    for giorno in (APRILE, MARZO, None, APRILE, date(2027, 5, 1)):
        rivedi_impegno(impegno, stato="aperto", scadenza=giorno, nota="", autore=bruno)
    ImpegnoFactory()
    with django_assert_num_queries(1):
        righe = {i.pk: (i.giorni, i.incontri_dopo, i.rinvii) for i in Impegno.objects.con_eta()}
    assert righe.pop(impegno.pk) == (40, 1, 2)
    assert list(righe.values()) == [(0, 0, 0)]


def test_chi_legge_un_impegno_di_una_bozza(voce, bruno, senait, anna, mira, superutente):
    aggiorna_da_voce(voce, ente=bruno.ente, persona=None, scadenza=None, autore=bruno)
    dal_verbale, libero = Impegno.objects.get(), ImpegnoFactory()
    tutti = (bruno, senait, anna, mira, superutente)

    def letti():
        visti = {u.nome: set(Impegno.objects.visibili_a(u)) for u in tutti}
        detti = {u.nome: {i for i in (dal_verbale, libero) if u.has_perm("incontri.view_impegno", i)} for u in tutti}
        assert visti == detti
        return {nome for nome, righe in visti.items() if dal_verbale in righe}

    assert letti() == {"Bruno", "Anna", "Super"}
    verbale = voce.punto.incontro.verbale
    verbale.redattori.add(senait)
    dal_verbale = Impegno.objects.get(pk=dal_verbale.pk)
    assert letti() == {"Bruno", "Senait", "Anna", "Super"}
    verbale.redattori.clear()
    verbale.stato = "condiviso"
    verbale.save()
    dal_verbale = Impegno.objects.get(pk=dal_verbale.pk)
    assert letti() == {"Bruno", "Senait", "Anna", "Mira", "Super"}


def test_chi_rivede_un_impegno(bruno, senait, anna, mira, superutente):
    unita = EnteFactory(padre=bruno.ente)
    for ente in (bruno.ente, unita):
        impegno = ImpegnoFactory(ente=ente)
        chi = [
            u.nome for u in (bruno, senait, anna, mira, superutente) if u.has_perm("incontri.rivedi_impegno", impegno)
        ]
        assert chi == ["Bruno", "Anna", "Super"]
