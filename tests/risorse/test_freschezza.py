"""Freshness: thresholds, confirmations, what the public sees of a card nobody confirms."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from risorse.models import Freschezza, Risorsa, Verifica
from risorse.servizi.demo import conferma_esempi
from risorse.servizi.verifiche import ConfermaNonPossibile, conferma_risorsa
from tavolo.base import contenuto
from tavolo.base.stati import PassaggioNonPossibile, compi
from tests.factories import CategoriaFactory, ContattoFactory, EnteFactory, RisorsaFactory, VerificaFactory

OGGI = timezone.localdate()


@pytest.fixture(autouse=True)
def giorni(settings):
    settings.GIORNI_VERIFICA, settings.GIORNI_PROMEMORIA = 180, 14
    settings.GIORNI_AL_COORDINAMENTO, settings.GIORNI_NASCOSTA = 14, 60


def scade_fra(giorni, **campi):
    """A card due in so many days (negative: overdue by as many)."""
    return RisorsaFactory(verificare_entro=OGGI + timedelta(days=giorni), **campi)


# --- Thresholds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("giorni", "attesa"),
    [
        (15, Freschezza.IN_TERMINE),
        (14, Freschezza.IN_SCADENZA),
        (0, Freschezza.IN_SCADENZA),
        (-1, Freschezza.SCADUTA),
        (-60, Freschezza.SCADUTA),
        (-61, Freschezza.NASCOSTA),
    ],
)
def test_la_riga_e_il_database_rispondono_lo_stesso(db, giorni, attesa):
    risorsa = scade_fra(giorni)
    dal_database = [f for f in Freschezza if Risorsa.objects.di_freschezza(f).exists()]
    assert (risorsa.freschezza, dal_database) == (attesa, [attesa])
    assert (risorsa.scaduta, risorsa.nascosta) == (giorni < 0, giorni < -60)
    assert list(Risorsa.objects.attive()) == ([] if giorni < -60 else [risorsa])
    assert list(Risorsa.objects.da_confermare()) == ([risorsa] if giorni <= 14 else [])


def test_il_primo_giorno_nascosta(db):
    risorsa = scade_fra(-60)
    assert risorsa.nascosta_dal == OGGI + timedelta(days=1)


def test_degli_esempi_risponde_solo_la_dimostrazione(db, settings):
    vera, esempio = RisorsaFactory(nome="1"), RisorsaFactory(nome="2", esempio=True)
    RisorsaFactory(stato="sospesa")
    assert list(Risorsa.objects.con_scadenza()) == [vera]
    settings.DEMO = True
    assert list(Risorsa.objects.con_scadenza()) == [vera, esempio]


def test_sono_di_competenza_anche_le_unita(db, bruno, mira, comune_di_bollate):
    sua = RisorsaFactory(nome="1", ente=comune_di_bollate)
    di_una_unita = RisorsaFactory(nome="2", ente=EnteFactory(padre=comune_di_bollate))
    RisorsaFactory()
    assert list(Risorsa.objects.curate_da(bruno)) == [sua, di_una_unita]
    assert list(Risorsa.objects.curate_da(mira)) == []


# --- Confirmations ----------------------------------------------------------------------------------------------------


def test_confermare_sposta_la_scadenza_e_lascia_la_storia(bruno, comune_di_bollate):
    risorsa = scade_fra(-3, ente=comune_di_bollate)
    prima = contenuto.versione()

    verifica = conferma_risorsa(risorsa, autore=bruno, modo="accesso", nota="tutto giusto")

    risorsa.refresh_from_db()
    assert (risorsa.verificata_il, risorsa.verificare_entro) == (OGGI, OGGI + timedelta(days=180))
    assert (verifica.giorno, verifica.modo, verifica.nota, verifica.autore) == (OGGI, "accesso", "tutto giusto", bruno)
    assert verifica.storia.get().history_user == bruno
    versione = risorsa.storia.first()
    assert (versione.history_user, versione.history_change_reason) == (bruno, "Informazioni confermate")
    assert contenuto.versione() > prima


def test_due_conferme_nello_stesso_giorno_sono_una(bruno):
    risorsa = RisorsaFactory()
    assert conferma_risorsa(risorsa, autore=bruno, modo="accesso") == conferma_risorsa(
        risorsa, autore=None, modo="link"
    )
    assert Verifica.objects.count() == 1


def test_una_conferma_di_prima_non_riporta_indietro_la_scadenza(db):
    risorsa = RisorsaFactory()
    conferma_risorsa(risorsa, autore=None, modo="telefono", giorno=OGGI - timedelta(days=5))
    conferma_risorsa(risorsa, autore=None, modo="telefono", giorno=OGGI - timedelta(days=9))
    assert (risorsa.verificata_il, Verifica.objects.count()) == (OGGI - timedelta(days=5), 2)


def test_una_conferma_non_cancella_quello_che_altri_hanno_salvato(db):
    risorsa = RisorsaFactory(nome="Prima")
    letta_da_un_altro = Risorsa.objects.get()
    letta_da_un_altro.nome = "Dopo"
    letta_da_un_altro.save()
    conferma_risorsa(risorsa, autore=None, modo="link")
    assert Risorsa.objects.get().nome == "Dopo"


@pytest.mark.parametrize(
    ("campi", "motivo"),
    [
        ({"stato": "archiviata"}, "La scheda è archiviata: non c'è più niente da confermare."),
        (
            {"valida_al": OGGI - timedelta(days=1)},
            "Il servizio è finito: se continua, prima va cambiata la data di fine.",
        ),
    ],
)
def test_quando_non_si_puo_lo_dice_e_non_scrive_niente(db, campi, motivo):
    risorsa = RisorsaFactory(**campi)
    with pytest.raises(ConfermaNonPossibile) as errore:
        conferma_risorsa(risorsa, autore=None, modo="link")
    assert (str(errore.value), Verifica.objects.count()) == (motivo, 0)


def test_nessuno_conferma_domani(db):
    with pytest.raises(ValueError, match="yet to come"):
        conferma_risorsa(RisorsaFactory(), autore=None, modo="telefono", giorno=OGGI + timedelta(days=1))


def test_una_scheda_che_nessuno_vedrebbe_si_pubblica_solo_confermata(anna):
    risorsa = scade_fra(-61, stato="in-revisione")
    with pytest.raises(PassaggioNonPossibile, match="prima confermala"):
        compi(risorsa, "pubblica", autore=anna)
    conferma_risorsa(risorsa, autore=anna, modo="telefono")
    compi(risorsa, "pubblica", autore=anna)
    assert risorsa.stato == "pubblicata"


# --- What the public reads --------------------------------------------------------------------------------------------


def fonte(risposta):
    """The paragraph of the sources, in one line."""
    inizio = risposta.text.index('<p class="fonte mt-4">')
    return " ".join(risposta.text[inizio : risposta.text.index("</p>", inizio)].split())


def test_la_scheda_dice_da_chi_e_quando_mai_una_persona(client, bruno, comune_di_bollate):
    risorsa = RisorsaFactory(ente=comune_di_bollate, verificata_il=date(2026, 11, 3))
    VerificaFactory(risorsa=risorsa, giorno=date(2026, 11, 3), modo="accesso", autore=bruno)
    testo = fonte(client.get(risorsa.get_absolute_url()))
    assert (
        'Verificato il <time datetime="2026-11-03">3 novembre 2026</time> (<bdi lang="it">Comune di Bollate</bdi>).'
        in testo
    )
    assert "Bruno" not in testo


@pytest.mark.parametrize(
    ("modo", "attesa"), [("link", "Comune di Senago"), ("accesso", "ASC Comuni Insieme per lo Sviluppo Sociale")]
)
def test_chi_coordina_conferma_a_nome_del_proprio_ente(anna, comune_di_senago, modo, attesa):
    risorsa = RisorsaFactory(ente=comune_di_senago)
    assert str(conferma_risorsa(risorsa, autore=anna, modo=modo).ente) == attesa


def test_chi_non_ha_mai_confermato_e_chi_lo_ha_letto_altrove(client, db):
    risorsa = RisorsaFactory()
    assert "Non ancora verificato dall'ente." in fonte(client.get(risorsa.get_absolute_url()))
    conferma_risorsa(risorsa, autore=None, modo="fonte")
    assert "</time> su una fonte pubblica." in fonte(client.get(risorsa.get_absolute_url()))


@pytest.mark.parametrize(("giorni", "volte"), [(0, 0), (-1, 1)])
def test_una_scheda_scaduta_si_segna(client, bollate, giorni, volte):
    risorsa = scade_fra(giorni, comuni=[bollate], categorie=[CategoriaFactory(slug="salute")])
    ampia = scade_fra(giorni, area_servita="ambito", categorie=list(risorsa.categorie.all()))
    pagine = {
        "/servizi/": 2 * volte,
        risorsa.get_absolute_url(): volte,
        "/comuni/bollate/": 2 * volte,
        "/comuni/bollate/salute/": 2 * volte,
    }
    assert {p: client.get(p).text.count("Informazioni da riconfermare") for p in pagine} == pagine
    assert ampia.scaduta is (giorni < 0)


def test_una_scheda_nascosta_non_si_trova_e_al_suo_indirizzo_dice_perche(client, bollate):
    salute = CategoriaFactory(nome="Salute", slug="salute")
    nascosta = scade_fra(-61, nome="Sparita", comuni=[bollate], categorie=[salute])
    ContattoFactory(ente=None, risorsa=nascosta, valore="02 5550123")
    RisorsaFactory(nome="Simile", comuni=[bollate], categorie=[salute])

    elenchi = ("/", "/servizi/", "/comuni/bollate/", "/comuni/bollate/salute/", nascosta.ente.get_absolute_url())
    assert [p for p in elenchi if "Sparita" in client.get(p).text] == []
    risposta = client.get(nascosta.get_absolute_url())
    assert risposta.status_code == 200
    assert "<h1>Stiamo controllando questa scheda</h1>" in risposta.text
    assert '<meta name="robots" content="noindex">' in risposta.text
    assert ["02 5550123" in risposta.text, "Che cosa fa" in risposta.text] == [False, True]  # of the similar one
    assert [scheda.nome for scheda in risposta.context["affini"]] == ["Simile"]
    assert 'href="/servizi/?categoria=salute"' in risposta.text


def test_chi_puo_confermarla_la_vede_ancora(come, bruno, senait, anna, comune_di_bollate):
    nascosta = scade_fra(-61, ente=comune_di_bollate)
    viste = {
        u.nome: "il pubblico non vede più" in come(u).get(nascosta.get_absolute_url()).text
        for u in (bruno, senait, anna)
    }
    assert viste == {"Bruno": True, "Senait": False, "Anna": True}


def test_un_numero_di_emergenza_non_sparisce(client, db):
    risorsa = scade_fra(-400, area_servita="nazionale")
    ContattoFactory(ente=None, risorsa=risorsa, valore="112", emergenza=True)
    assert [n["numero"] for n in client.get("/").context["numeri_emergenza"]] == ["112"]


# --- The demo ---------------------------------------------------------------------------------------------------------


def test_le_schede_di_esempio_mostrano_ogni_modo(bruno, comune_di_bollate):
    RisorsaFactory.create_batch(40, esempio=True)
    RisorsaFactory.create_batch(2, esempio=True, ente=comune_di_bollate)
    vera = RisorsaFactory()

    assert conferma_esempi() == 40  # of each twenty, one was never confirmed

    quante = {f.value: Risorsa.objects.filter(esempio=True).di_freschezza(f).count() for f in Freschezza}
    assert quante == {"in-termine": 35, "in-scadenza": 3, "scaduta": 3, "nascosta": 1}
    di_bruno = Risorsa.objects.filter(ente=comune_di_bollate).order_by("slug")
    assert [r.freschezza for r in di_bruno] == [Freschezza.SCADUTA, Freschezza.IN_SCADENZA]
    assert Risorsa.objects.get(pk=vera.pk).verificata_il is None
    assert conferma_esempi() == 0
