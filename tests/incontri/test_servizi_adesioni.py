"""A request to join, from the agenda to the ente, its seat and its people: all of it, or nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from incontri.models import DiscussioneAdesione, PuntoOdg
from incontri.servizi.adesioni.accoglienza import Accoglienza, AdesioneNonPossibile, Persona, accogli
from incontri.servizi.adesioni.decisioni import DecisioneMancante, decisioni_possibili, impedimento, respingi
from incontri.servizi.adesioni.discussioni import incontri_possibili, metti_all_ordine_del_giorno
from incontri.servizi.adesioni.doppioni import possibili_doppioni
from incontri.servizi.odg import RigaOdg, salva_odg
from referenti.models import AvvisoAdesione, Ente, Incarico, RichiestaAdesione, Seggio, Utente
from referenti.servizi.adesioni import ritira
from risorse.models import Contatto
from tavolo.base.permessi import REFERENTI
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    ContattoFactory,
    DiscussioneAdesioneFactory,
    EnteFactory,
    IncaricoFactory,
    IncontroFactory,
    OsservazioneFactory,
    PuntoOdgFactory,
    RichiestaAdesioneFactory,
    SeggioFactory,
    UtenteFactory,
    VerbaleFactory,
    VoceFactory,
)

BASE = "https://portale.example.org"
IRENE = Persona(nome="Irene", cognome="Chiede", email="irene@example.org")


@pytest.fixture
def richiesta(bollate):
    return RichiestaAdesioneFactory(
        denominazione="Scuola La Porta",
        email="irene@example.org",
        comuni=[bollate],
        sito_web="https://laporta.example.org/chi",
        codice_fiscale="01234567890",
    )


@pytest.fixture
def prossimo(db):
    return IncontroFactory(stato="convocato", inizio=timezone.now() + timedelta(days=9), titolo="Prossimo")


def decisa(richiesta, *, stato="condiviso", esito="unanimita", tipo="decisione"):
    """A meeting held that had the request on its agenda, with minutes in that state and an entry of that kind."""
    incontro = IncontroFactory(stato="svolto", inizio=timezone.now() - timedelta(days=3), titolo="Tenuto")
    punto = PuntoOdgFactory(incontro=incontro, titolo="Richiesta di adesione")
    voce = VoceFactory(punto=punto, tipo=tipo, testo="Si accoglie.", esito=esito if tipo == "decisione" else "")
    DiscussioneAdesioneFactory(richiesta=richiesta, punto=punto)
    RichiestaAdesione.objects.filter(pk=richiesta.pk).update(stato="in-discussione")
    richiesta.refresh_from_db()
    VerbaleFactory(incontro=incontro, stato=stato)
    return voce


def accoglienza(**altro):
    valori = {
        "ente": None,
        "denominazione": "Scuola La Porta",
        "nome_breve": "La Porta",
        "tipo": "associazione",
        "comune": None,
        "seggio": "Referente de La Porta",
        "area": "altri",
        "persone": [IRENE],
    }
    return Accoglienza(**valori | altro)


def test_all_ordine_del_giorno_prima_delle_varie_e_senza_chi_scrive(richiesta, prossimo, anna):
    for titolo, tipo in (("Primo", "ordinario"), ("Varie", "varie")):
        salva_odg(prossimo, [RigaOdg(chiave=titolo, valori={"titolo": titolo, "tipo": tipo})], autore=anna)
    prossimo.refresh_from_db()
    prima = prossimo.sequenza
    discussione = metti_all_ordine_del_giorno(richiesta, prossimo, autore=anna, base=BASE)
    assert metti_all_ordine_del_giorno(richiesta, prossimo, autore=anna, base=BASE) == discussione
    punti = list(PuntoOdg.objects.filter(incontro=prossimo))
    assert [p.titolo for p in punti] == ["Primo", "Richiesta di adesione: Scuola La Porta", "Varie"]
    assert "Lavora a: Bollate." in punti[1].descrizione
    assert not any(chi in punti[1].descrizione for chi in ("Irene", "irene@"))
    richiesta.refresh_from_db()
    prossimo.refresh_from_db()
    assert (richiesta.stato, prossimo.sequenza) == ("in-discussione", prima + 1)
    assert punti[1].storia.latest().history_user == anna
    assert [a.genere for a in richiesta.avvisi.all()] == ["discussione"]


def test_non_in_un_incontro_passato_ne_una_richiesta_chiusa(richiesta, prossimo, anna):
    passato = IncontroFactory(stato="svolto", inizio=timezone.now() - timedelta(days=1))
    with pytest.raises(PassaggioNonPossibile, match="ancora da tenere"):
        metti_all_ordine_del_giorno(richiesta, passato, autore=anna, base=BASE)
    ritira(richiesta, autore=anna, motivo="Doppione.")
    with pytest.raises(PassaggioNonPossibile):
        metti_all_ordine_del_giorno(richiesta, prossimo, autore=anna, base=BASE)
    assert (PuntoOdg.objects.count(), DiscussioneAdesione.objects.count()) == (0, 0)


def test_tolto_il_punto_la_richiesta_torna_da_mettere(richiesta, prossimo, anna):
    discussione = metti_all_ordine_del_giorno(richiesta, prossimo, autore=anna, base=BASE)
    assert list(incontri_possibili(richiesta)) == []
    discussione.punto.delete()
    richiesta.refresh_from_db()
    assert impedimento(richiesta).startswith("Il suo punto è stato tolto")
    assert list(incontri_possibili(richiesta)) == [prossimo]
    metti_all_ordine_del_giorno(richiesta, prossimo, autore=anna, base=BASE)


@pytest.mark.parametrize(
    ("come", "parole"),
    [
        ({"stato": "bozza"}, "ancora una bozza"),
        ({"esito": "rinvio"}, "non c'è una decisione"),
        ({"tipo": "discussione"}, "non c'è una decisione"),
    ],
)
def test_senza_una_decisione_letta_dagli_enti_non_si_decide(richiesta, anna, come, parole):
    voce = decisa(richiesta, **come)
    assert parole in impedimento(richiesta)
    with pytest.raises(DecisioneMancante):
        accogli(richiesta, decisione=voce, accoglienza=accoglienza(), autore=anna, base=BASE)
    with pytest.raises(DecisioneMancante):
        respingi(richiesta, decisione=voce, motivo="No.", autore=anna, base=BASE)
    richiesta.refresh_from_db()
    assert (richiesta.stato, Ente.objects.filter(denominazione="Scuola La Porta").exists()) == ("in-discussione", False)


def test_un_osservazione_sul_punto_si_decide_prima(richiesta, anna):
    voce = decisa(richiesta)
    OsservazioneFactory(verbale=voce.punto.incontro.verbale, punto=voce.punto)
    assert "un'osservazione su questo punto" in impedimento(richiesta)


def test_la_decisione_di_un_altro_incontro_non_vale(richiesta, anna):
    decisa(richiesta)
    altra = decisa(RichiestaAdesioneFactory())
    assert altra not in decisioni_possibili(richiesta)
    with pytest.raises(DecisioneMancante, match="Scegli la decisione"):
        accogli(richiesta, decisione=altra, accoglienza=accoglienza(), autore=anna, base=BASE)


def test_accolta_in_un_passo(richiesta, anna, mailoutbox, django_capture_on_commit_callbacks):
    voce = decisa(richiesta)
    with django_capture_on_commit_callbacks(execute=True):
        ente = accogli(richiesta, decisione=voce, accoglienza=accoglienza(), autore=anna, base=BASE)
    with django_capture_on_commit_callbacks(execute=True):  # sent twice: once done
        assert accogli(richiesta, decisione=voce, accoglienza=accoglienza(), autore=anna, base=BASE) == ente
    richiesta.refresh_from_db()
    assert (richiesta.stato, richiesta.ente, richiesta.discussione.decisione) == ("accolta", ente, voce)
    assert (ente.ruolo, ente.codice_fiscale, ente.nome_breve) == ("aderente", "01234567890", "La Porta")
    seggio, irene = Seggio.objects.get(ente=ente), Utente.objects.get(email="irene@example.org")
    assert (seggio.nome, irene.ente, irene.has_usable_password()) == ("Referente de La Porta", ente, False)
    assert [g.name for g in irene.groups.all()] == [REFERENTI]
    assert Incarico.objects.in_corso().get(seggio=seggio).utente == irene
    sito = Contatto.objects.get(ente=ente)
    assert (sito.valore, sito.da_verificare) == ("https://laporta.example.org/chi", True)
    for riga in (ente, seggio, irene, sito, richiesta):
        assert riga.storia.latest().history_user == anna
    assert sorted((m.to[0], m.subject.partition(": ")[2] or m.subject) for m in mailoutbox) == [
        ("irene@example.org", "Il tuo accesso al portale del Tavolo Intercultura"),
        ("irene@example.org", "la tua richiesta è stata accolta"),
    ]
    assert f"{BASE}/accesso/password/nuova/" in "".join(m.body for m in mailoutbox)


def test_un_ente_che_c_e_gia_tiene_quello_che_il_portale_ne_dice(richiesta, anna):
    voce, gia = decisa(richiesta), EnteFactory(denominazione="La Porta APS", ruolo="sottoscrittore", dal="2022-09")
    seggio = SeggioFactory(nome="Referente de La Porta", ente=gia)
    ente = accogli(richiesta, decisione=voce, accoglienza=accoglienza(ente=gia), autore=anna, base=BASE)
    assert (ente.pk, ente.denominazione, ente.ruolo, ente.dal) == (gia.pk, "La Porta APS", "sottoscrittore", "2022-09")
    assert (Seggio.objects.get(ente=gia), seggio.incarichi.get().utente.email) == (seggio, "irene@example.org")


def _persona_di_un_altro():
    UtenteFactory(email="irene@example.org", ente=EnteFactory())


def _persona_disattivata():
    UtenteFactory(email="irene@example.org", is_active=False)


def _nome_preso():
    EnteFactory(denominazione="Scuola La Porta")


def _seggio_preso():
    SeggioFactory(nome="Referente de La Porta")


@pytest.mark.parametrize(
    ("prima", "parole"),
    [
        (_persona_di_un_altro, "ha già un accesso"),
        (_persona_disattivata, "non è una persona attiva"),
        (_nome_preso, "C'è già una scheda"),
        (_seggio_preso, "C'è già una scheda"),
    ],
)
def test_se_qualcosa_non_va_non_cambia_niente(richiesta, anna, prima, parole):
    voce = decisa(richiesta)
    prima()
    enti, persone, seggi = Ente.objects.count(), Utente.objects.count(), Seggio.objects.count()
    with pytest.raises(AdesioneNonPossibile, match=parole):
        accogli(richiesta, decisione=voce, accoglienza=accoglienza(), autore=anna, base=BASE)
    richiesta.refresh_from_db()
    assert (richiesta.stato, richiesta.discussione.decisione) == ("in-discussione", None)
    assert (Ente.objects.count(), Utente.objects.count(), Seggio.objects.count()) == (enti, persone, seggi)
    assert AvvisoAdesione.objects.count() == 0


def test_un_seggio_occupato_resta_di_chi_lo_occupa(richiesta, anna):
    voce, gia = decisa(richiesta), EnteFactory()
    IncaricoFactory(seggio=SeggioFactory(nome="Referente de La Porta", ente=gia), utente=UtenteFactory())
    with pytest.raises(AdesioneNonPossibile, match="è già di un'altra persona"):
        accogli(richiesta, decisione=voce, accoglienza=accoglienza(ente=gia), autore=anna, base=BASE)


def test_non_accolta_con_il_motivo(richiesta, anna, mailoutbox, django_capture_on_commit_callbacks):
    voce = decisa(richiesta)
    with pytest.raises(PassaggioNonPossibile, match="Scrivi il motivo"):
        respingi(richiesta, decisione=voce, motivo="  ", autore=anna, base=BASE)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            respingi(richiesta, decisione=voce, motivo="Lavora lontano da qui.", autore=anna, base=BASE)
    richiesta.refresh_from_db()
    assert (richiesta.stato, richiesta.discussione.decisione) == ("respinta", voce)
    assert [(m.to, "Lavora lontano da qui." in m.body) for m in mailoutbox] == [(["irene@example.org"], True)]


@pytest.mark.parametrize(
    ("sito", "altro", "lo_stesso"),
    [
        ("https://www.facebook.com/laporta", "https://facebook.com/LaPorta/", True),
        ("https://www.facebook.com/laporta", "https://facebook.com/tutt-altro", False),
        ("https://www.example.org/uno", "https://example.org/due", False),
        ("https://laporta.it/chi", "https://www.laporta.it", True),
    ],
)
def test_un_sito_che_e_di_tanti_non_dice_chi_e(richiesta, sito, altro, lo_stesso):
    richiesta.sito_web = sito
    ContattoFactory(ente=EnteFactory(denominazione="Altro"), tipo="web", valore=altro)
    assert [d.perche for d in possibili_doppioni(richiesta)] == ["stesso sito"] * lo_stesso


def test_i_possibili_doppioni_i_piu_sicuri_prima(richiesta):
    nome = EnteFactory(denominazione="Associazione La Porta Scuola")
    sito = ContattoFactory(
        ente=EnteFactory(denominazione="Altro"), tipo="web", valore="http://www.laporta.example.org/"
    )
    codice = EnteFactory(denominazione="Tutt'altro", codice_fiscale="01234567890")
    EnteFactory(denominazione="Comune di Arese", tipo="comune")
    assert [(d.ente, d.perche) for d in possibili_doppioni(richiesta)] == [
        (codice, "stesso codice fiscale"),
        (sito.ente, "stesso sito"),
        (nome, "nome simile"),
    ]
