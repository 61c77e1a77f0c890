"""The versions of the minutes: found in the history, compared, taken up again, with nothing lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from incontri.models import Impegno, Voce
from incontri.servizi.confronti import confronto
from incontri.servizi.impegni import aggiorna_da_voce, rivedi_impegno
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.ripristini import CambiatoNelFrattempo, ripristina
from incontri.servizi.verbali import salva_voci
from incontri.servizi.versioni import com_era, versioni
from incontri.servizi.voci import DatiImpegno, RigaVoce
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tests.factories import (
    BuonaPrassiFactory,
    EnteFactory,
    IstanzaFactory,
    OrigineBisognoFactory,
    PuntoOdgFactory,
    VerbaleFactory,
)

OGGI = timezone.now().replace(microsecond=0)


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno)


@pytest.fixture
def punto(verbale):
    return PuntoOdgFactory(incontro=verbale.incontro, titolo="Orari", ordine=1)


@pytest.fixture
def alle(monkeypatch):
    """`alle(3)`: from now on it is so many minutes past; saves of the same instant stay in their order."""

    def _alle(minuti):
        monkeypatch.setattr(timezone, "now", lambda: OGGI + timedelta(minutes=minuti))
        return OGGI + timedelta(minutes=minuti)

    return _alle


def scrivi(punto, chi, *testi, **cambia):
    """Save the point as a page would: an entry per text, in this order; existing ones by their text, changed by `cambia`."""
    presenti = {voce.testo: voce for voce in punto.voci.all()}
    fila = list(presenti)
    righe = []
    for posto, testo in enumerate(testi, start=1):
        voce = presenti.get(testo)
        valori = {"testo": testo} | cambia.get(testo, {})
        sopra = {"pk": voce.pk, "versione": timbro(voce), "posto_prima": fila.index(testo) + 1} if voce else {}
        righe.append(RigaVoce(chiave=testo, valori=valori, posto=posto, **sopra))
    righe += [
        RigaVoce(chiave=t, valori={}, rimuovi=True, pk=v.pk, versione=timbro(v))
        for t, v in presenti.items()
        if t not in testi
    ]
    return salva_voci(punto, righe, autore=chi)


def letti(punto):
    return [voce.testo for voce in punto.voci.all()]


def allora(verbale, momento):
    return {punto.titolo: [voce.testo for voce in punto.voci] for punto in com_era(verbale, momento)}


def test_ogni_salvataggio_e_una_versione_la_piu_nuova_per_prima(verbale, punto, bruno, senait, alle):
    altro = PuntoOdgFactory(incontro=verbale.incontro, titolo="Varie", ordine=99)
    alle(1)
    scrivi(punto, bruno, "A", "B")
    scrivi(altro, bruno, "C")
    alle(2)
    scrivi(punto, senait, "B", "A2", A={"testo": "A"})
    alle(3)
    scrivi(punto, bruno, "B", "A2", B={"testo": "B", "tipo": "decisione"})
    alle(4)
    scrivi(punto, bruno, "A2", "B")

    trovate = [(v.momento, v.chi, v.aggiunte, v.cambiate, v.tolte, v.spostate, v.punti) for v in versioni(verbale)]

    m = [OGGI + timedelta(minutes=n) for n in range(5)]
    assert trovate == [
        (m[4], "Bruno Bollate", 0, 0, 0, True, ("Orari",)),
        (m[3], "Bruno Bollate", 0, 1, 0, False, ("Orari",)),
        (m[2], "Senait Senago", 1, 0, 1, False, ("Orari",)),
        (m[1], "Bruno Bollate", 3, 0, 0, False, ("Orari", "Varie")),
    ]


def test_righe_vicine_di_persone_diverse_sono_due_versioni(verbale, punto, bruno, senait):
    scrivi(punto, bruno, "A")
    scrivi(punto, senait, "A", "B")

    assert [v.chi for v in versioni(verbale)] == ["Senait Senago", "Bruno Bollate"]


def test_chi_cambia_e_torna_subito_indietro_non_perde_quello_che_c_era_in_mezzo(verbale, punto, bruno, alle):
    alle(1)
    scrivi(punto, bruno, "A")
    scrivi(punto, bruno, "A", A={"testo": "B"})
    scrivi(punto, bruno, "B", B={"testo": "A"})

    assert [(v.aggiunte, v.cambiate) for v in versioni(verbale)] == [(0, 1), (0, 1), (1, 0)]


def test_quello_che_non_si_legge_non_e_una_versione(verbale, punto, bruno, alle):
    alle(1)
    (voce,) = scrivi(punto, bruno, "A").values()
    alle(2)
    voce.save()

    assert len(versioni(verbale)) == 1


def test_senza_voci_non_ci_sono_versioni(verbale, punto):
    assert (versioni(verbale), allora(verbale, OGGI)) == ([], {"Orari": []})


def test_il_verbale_com_era(verbale, punto, bruno, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A", "B", "C")
    due = alle(2)
    scrivi(punto, bruno, "C", "A", "D")

    assert allora(verbale, uno - timedelta(seconds=1)) == {"Orari": []}
    assert allora(verbale, uno) == {"Orari": ["A", "B", "C"]}
    assert allora(verbale, due) == {"Orari": ["C", "A", "D"]}


def test_il_confronto_dice_di_ogni_voce_che_cosa_e_successo(verbale, punto, bruno, alle):
    fermo = PuntoOdgFactory(incontro=verbale.incontro, titolo="Varie", ordine=99)
    uno = alle(1)
    scrivi(fermo, bruno, "Ferma")
    scrivi(punto, bruno, "Resta", "Cambia qui", "Via", "Si sposta")
    due = alle(2)
    voce = punto.voci.get(testo="Cambia qui")
    salva_voci(
        punto,
        [RigaVoce(chiave="c", pk=voce.pk, versione="1", valori={"testo": "Cambia là", "tipo": "decisione"})],
        autore=bruno,
    )
    scrivi(punto, bruno, "Si sposta", "Resta", "Cambia là", "Nuova")

    orari, varie = confronto(verbale, uno, due)

    assert [(r.voce.testo, r.come, r.altri_dati) for r in orari.righe] == [
        ("Si sposta", "spostata", False),
        ("Resta", "uguale", False),
        ("Cambia là", "cambiata", True),
        ("Via", "tolta", False),
        ("Nuova", "aggiunta", False),
    ]
    segno = '<{0}><span class="visually-hidden">[{1}: </span>{2}<span class="visually-hidden">]</span></{0}>'
    diverse = segno.format("del", "tolto", "qui") + segno.format("ins", "aggiunto", "là")
    assert orari.righe[2].testo == f"Cambia {diverse}"
    assert (orari.cambiato, varie.cambiato, varie.titolo) == (True, False, "Varie")


def test_riprendere_rida_tutto_e_tornare_indietro_anche(verbale, punto, bruno, senait, alle):
    altro = PuntoOdgFactory(incontro=verbale.incontro, titolo="Varie", ordine=99)
    uno = alle(1)
    scrivi(punto, bruno, "A", "B", "C", B={"tipo": "decisione", "esito": "unanimita", "pubblica": True})
    scrivi(altro, bruno, "Z")
    prime = list(punto.voci.values_list("pk", flat=True))
    due = alle(2)
    scrivi(punto, bruno, "D", "C", "A")
    scrivi(altro, bruno)
    alle(3)

    lasciate = ripristina(verbale, uno, autore=senait)

    assert (lasciate, letti(punto), letti(altro)) == ([], ["A", "B", "C"], ["Z"])
    assert list(punto.voci.values_list("pk", flat=True)) == prime
    tornata = punto.voci.get(testo="B")
    assert (tornata.tipo, tornata.esito, tornata.pubblica, tornata.versione) == ("decisione", "unanimita", True, 3)
    assert [(v.chi, v.aggiunte, v.tolte) for v in versioni(verbale)][:2] == [
        ("Senait Senago", 2, 1),
        ("Bruno Bollate", 1, 2),
    ]
    alle(4)
    ripristina(verbale, due, autore=senait)
    assert (letti(punto), letti(altro)) == (["D", "C", "A"], [])
    assert not any(p.cambiato for p in confronto(verbale, due, timezone.now()))


def test_riprendere_un_punto_solo(verbale, punto, bruno, alle):
    altro = PuntoOdgFactory(incontro=verbale.incontro, ordine=99)
    uno = alle(1)
    scrivi(punto, bruno, "A")
    scrivi(altro, bruno, "Z")
    alle(2)
    scrivi(punto, bruno, "A2")
    scrivi(altro, bruno, "Z2")
    alle(3)

    ripristina(verbale, uno, punto=punto, autore=bruno)

    assert (letti(punto), letti(altro)) == (["A"], ["Z2"])


def test_dove_niente_e_cambiato_non_si_scrive_niente(verbale, punto, bruno, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A", "B")
    righe = Voce.storia.count()
    alle(2)

    ripristina(verbale, uno, autore=bruno)

    assert Voce.storia.count() == righe


@pytest.mark.parametrize("stato", ["condiviso", "approvato"])
def test_un_verbale_che_non_si_scrive_non_si_riprende(verbale, punto, bruno, stato, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A")
    alle(2)
    scrivi(punto, bruno, "B")
    verbale.stato = stato
    if stato == "approvato":
        verbale.approvato_il, verbale.approvato_in = timezone.now(), verbale.incontro
    verbale.save()

    with pytest.raises(NonModificabile):
        ripristina(verbale, uno, autore=bruno)

    assert letti(punto) == ["B"]


def test_chi_ha_visto_una_versione_che_non_e_piu_l_ultima(verbale, punto, bruno, senait, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A")
    due = alle(2)
    scrivi(punto, bruno, "B")
    alle(3)
    scrivi(punto, senait, "B", "C")

    with pytest.raises(CambiatoNelFrattempo):
        ripristina(verbale, uno, visto=due, autore=bruno)

    assert letti(punto) == ["B", "C"]
    ripristina(verbale, uno, visto=OGGI + timedelta(minutes=3), autore=bruno)
    assert letti(punto) == ["A"]


def test_chi_ha_aperta_la_voce_di_prima_incontra_quella_ripresa(verbale, punto, bruno, senait, alle):
    uno = alle(1)
    (voce,) = scrivi(punto, bruno, "A").values()
    alle(2)
    scrivi(punto, bruno, "B")
    alle(3)
    ripristina(verbale, uno, autore=bruno)
    mio = RigaVoce(chiave="v", pk=voce.pk, versione="1", valori={"testo": "Di Senait"})
    alle(4)
    ripresa = punto.voci.get()
    salva_voci(
        punto,
        [RigaVoce(chiave="v", pk=ripresa.pk, versione=timbro(ripresa), valori={"testo": "Ancora altro"})],
        autore=bruno,
    )

    with pytest.raises(VersioneSuperata):
        salva_voci(punto, [mio], autore=senait)


def test_un_istanza_gia_inviata_resta_al_suo_posto(verbale, punto, bruno, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A", "B")
    alle(2)
    scrivi(punto, bruno, "A", "Chiediamo", "C")
    Voce.objects.filter(testo="Chiediamo").update(tipo="istanza")
    IstanzaFactory(voce=punto.voci.get(testo="Chiediamo"))
    alle(3)

    lasciate = ripristina(verbale, uno, autore=bruno)

    assert [voce.testo for voce in lasciate] == ["Chiediamo"]
    assert letti(punto) == ["A", "Chiediamo", "B"]


def test_la_voce_da_cui_e_nato_un_bisogno_resta_al_suo_posto(verbale, punto, bruno, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A", "B")
    alle(2)
    scrivi(punto, bruno, "A", "Manca chi media", "C")
    OrigineBisognoFactory(tipo="verbale", voce=punto.voci.get(testo="Manca chi media"))
    alle(3)

    lasciate = ripristina(verbale, uno, autore=bruno)

    assert [voce.testo for voce in lasciate] == ["Manca chi media"]
    assert letti(punto) == ["A", "Manca chi media", "B"]


def test_la_voce_in_cui_e_raccontata_una_buona_prassi_resta(verbale, punto, bruno, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A")
    alle(2)
    scrivi(punto, bruno, "A", "Chi media è in segreteria")
    BuonaPrassiFactory(voce=punto.voci.get(testo="Chi media è in segreteria"))
    alle(3)

    lasciate = ripristina(verbale, uno, autore=bruno)

    assert [voce.testo for voce in lasciate] == ["Chi media è in segreteria"]


def impegno_in(punto, chi, ente):
    preso = DatiImpegno(ente=ente, persona=chi, scadenza=OGGI.date())
    riga = RigaVoce(chiave="i", valori={"tipo": "impegno", "testo": "Apriamo."}, impegno=preso)
    return salva_voci(punto, [riga], autore=chi)["i"]


def test_un_impegno_tolto_con_la_sua_voce_torna_con_lei(verbale, punto, bruno, alle):
    ente = EnteFactory()
    uno = alle(1)
    voce = impegno_in(punto, bruno, ente)
    alle(2)
    scrivi(punto, bruno)
    assert not Impegno.objects.exists()
    alle(3)

    ripristina(verbale, uno, autore=bruno)

    tornato = Impegno.objects.get()
    assert (tornato.voce_id, tornato.ente, tornato.persona, tornato.scadenza) == (voce.pk, ente, bruno, OGGI.date())


def test_chi_se_ne_occupava_torna_anche_se_il_testo_e_uguale(verbale, punto, bruno, alle):
    prima, dopo = EnteFactory(), EnteFactory()
    uno = alle(1)
    voce = impegno_in(punto, bruno, prima)
    due = alle(2)
    aggiorna_da_voce(voce, ente=dopo, persona=None, scadenza=None, autore=bruno)
    alle(3)

    assert [(v.momento, v.cambiate) for v in versioni(verbale)] == [(due, 1), (uno, 0)]
    ripristina(verbale, uno, autore=bruno)

    impegno = Impegno.objects.get()
    assert (impegno.ente, impegno.persona, impegno.scadenza) == (prima, bruno, OGGI.date())


def test_un_impegno_gia_rivisto_si_lega_di_nuovo_alla_sua_voce(verbale, punto, bruno, alle):
    uno = alle(1)
    voce = impegno_in(punto, bruno, EnteFactory())
    impegno = Impegno.objects.get()
    alle(2)
    rivedi_impegno(impegno, stato="in-corso", scadenza=None, nota="", autore=bruno)
    alle(3)
    scrivi(punto, bruno)
    impegno.refresh_from_db()
    assert impegno.voce is None
    alle(4)

    ripristina(verbale, uno, autore=bruno)

    legato = Impegno.objects.get()
    assert (legato.pk, legato.voce_id, legato.stato, legato.scadenza) == (impegno.pk, voce.pk, "in-corso", None)


def test_un_punto_tolto_dall_ordine_del_giorno_si_legge_ancora(verbale, punto, bruno, alle):
    uno = alle(1)
    scrivi(punto, bruno, "A")
    due = alle(2)
    scrivi(punto, bruno)
    punto.delete()

    (tolto,) = confronto(verbale, uno, due)

    assert (tolto.titolo, tolto.numero, [r.come for r in tolto.righe]) == ("Orari", None, ["tolta"])
    assert [v.tolte for v in versioni(verbale)] == [1, 0]
    assert ripristina(verbale, uno, autore=bruno) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_interrogazioni_costanti(verbale, bruno, quanti, django_assert_num_queries, alle):
    for numero in range(quanti):
        punto = PuntoOdgFactory(incontro=verbale.incontro)
        alle(numero + 1)
        scrivi(punto, bruno, *(f"{numero} {n}" for n in range(quanti)))
        impegno_in(punto, bruno, EnteFactory())

    with django_assert_num_queries(4):
        trovate = versioni(verbale)
    with django_assert_num_queries(4):
        confronto(verbale, trovate[-1].momento, trovate[0].momento)

    assert len(trovate) == quanti
