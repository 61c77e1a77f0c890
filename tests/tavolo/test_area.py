"""The dashboard: what waits for each person, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Verbale
from tavolo.base.passi import in_giorno
from tests.factories import (
    EnteFactory,
    EnteInRicognizioneFactory,
    IncontroFactory,
    PresenzaFactory,
    PropostaModificaFactory,
    PuntoOdgFactory,
    RicognizioneFactory,
    RisorsaFactory,
    SedeFactory,
    SeggioFactory,
    TraduzioneFactory,
    UtenteFactory,
    VerbaleFactory,
)

AREA = reverse("area")
ORA = timezone.now()


def attese(cliente):
    return [(str(a.oggetto), a.passo.etichetta) for a in cliente.get(AREA).context["attese"]]


@pytest.fixture
def incontri(bruno, senait):
    """Meetings in every situation, titled by it."""
    giorni = iter(range(1, 20))

    def incontro(titolo, *, fra=-20, **altro):
        return IncontroFactory(titolo=titolo, inizio=ORA + timedelta(days=fra + next(giorni)), **altro)

    VerbaleFactory(incontro=incontro("scrive bruno", stato="svolto"), verbalizzante=bruno)
    VerbaleFactory(incontro=incontro("scrive senait", stato="svolto"), verbalizzante=senait)
    VerbaleFactory(incontro=incontro("bruno con senait", stato="svolto"), verbalizzante=senait).redattori.add(bruno)
    VerbaleFactory(incontro=incontro("condiviso", stato="svolto"), verbalizzante=senait, stato="condiviso")
    antico = VerbaleFactory(incontro=incontro("letto", stato="svolto"), verbalizzante=senait, stato="condiviso")
    Verbale.objects.filter(pk=antico.pk).update(aggiornato=ORA - timedelta(days=60))
    PresenzaFactory(incontro=PuntoOdgFactory(incontro=incontro("tenuto", stato="svolto")).incontro)
    incontro("annullato", stato="annullato")
    PuntoOdgFactory(incontro=incontro("pronto", fra=20, autore=bruno, stato="convocato"))
    incontro("senza odg", fra=20, autore=bruno)
    incontro("di senait", fra=20, autore=senait)
    IncontroFactory(titolo="senza data", autore=bruno)
    IncontroFactory(titolo="di prima del portale", stato="svolto")


@pytest.mark.parametrize(
    ("chi", "attesi"),
    [
        (
            "bruno",
            [
                ("scrive bruno", "Continua il verbale"),
                ("bruno con senait", "Continua il verbale"),
                ("condiviso", "Leggi il verbale"),
                ("tenuto", "Inizia il verbale"),
                ("senza odg", "Scrivi l'ordine del giorno"),
                ("senza data", "Fissa la data"),
            ],
        ),
        (
            "senait",
            [
                ("scrive senait", "Continua il verbale"),
                ("bruno con senait", "Continua il verbale"),
                ("tenuto", "Inizia il verbale"),
                ("di senait", "Scrivi l'ordine del giorno"),
            ],
        ),
        ("anna", [("condiviso", "Leggi il verbale"), ("tenuto", "Inizia il verbale")]),
        ("mira", []),
    ],
)
def test_che_cosa_aspetta_a_chi(request, come, incontri, chi, attesi):
    assert attese(come(request.getfixturevalue(chi))) == attesi


def test_il_prossimo_incontro_lo_vedono_tutti(come, mira, incontri):
    assert come(mira).get(AREA).context["prossimo"].titolo == "pronto"


def test_porte(db, client, come):
    assert client.get(AREA)["Location"] == f"{reverse('account_login')}?next={AREA}"
    assert come(UtenteFactory()).get(AREA).status_code == 403


def test_conteggi_dell_amministrazione_solo_a_chi_coordina(come, anna, bruno):
    RisorsaFactory.create_batch(2, stato="in-revisione")
    SedeFactory(da_verificare=True)

    SeggioFactory()

    assert [(a.quante, a.etichetta) for a in come(anna).get(AREA).context["da_sbrigare"]] == [
        (2, "Servizi in revisione"),
        (1, "Sedi da verificare"),
        (1, "Seggi vacanti"),
    ]
    assert come(bruno).get(AREA).context["da_sbrigare"] == []


def test_i_conteggi_portano_a_elenchi_della_stessa_lunghezza(come, anna, settings):
    settings.MFA_PER_AMMINISTRARE = False
    RisorsaFactory.create_batch(2, stato="in-revisione")
    RisorsaFactory()
    cliente = come(anna)

    (attesa,) = cliente.get(AREA).context["da_sbrigare"]

    assert cliente.get(attesa.indirizzo).context["cl"].result_count == attesa.quante == 2


def test_i_servizi_da_confermare_sono_una_riga_sola(come, bruno, senait, mira, comune_di_bollate):
    oggi = timezone.localdate()
    for giorni in (3, -3, 100):
        RisorsaFactory(ente=comune_di_bollate, verificare_entro=oggi + timedelta(days=giorni))
    RisorsaFactory(ente=EnteFactory(padre=comune_di_bollate), verificare_entro=oggi)

    (riga,) = come(bruno).get(AREA).context["attese"]

    assert (str(riga.oggetto), riga.giorno) == ("3 servizi da confermare", oggi - timedelta(days=3))
    assert riga.detto == f"il primo è scaduto il {in_giorno(oggi - timedelta(days=3))}"
    assert riga.passo.url.startswith(reverse("cura:risorsa-list"))
    assert come(senait).get(AREA).context["attese"] == []
    assert [str(a.oggetto)[:10] for a in come(mira).get(AREA).context["attese"]] == ["Traduzioni"] * 5


@pytest.mark.parametrize("quanti", [1, 30])
def test_interrogazioni_costanti(come, bruno, django_assert_num_queries, quanti):
    for _ in range(quanti):
        VerbaleFactory(verbalizzante=bruno)
        PuntoOdgFactory(incontro=IncontroFactory(stato="svolto", inizio=ORA - timedelta(days=1)))
        IncontroFactory(autore=bruno)
        PuntoOdgFactory(incontro=IncontroFactory(inizio=ORA + timedelta(days=1)))
    cliente = come(bruno)

    with django_assert_num_queries(24):
        cliente.get(AREA)


def test_ricognizione_da_rispondere_e_proposta_decisa(come, bruno, senait):
    ricognizione = RicognizioneFactory(titolo="Autunno", stato="aperta")
    EnteInRicognizioneFactory(ricognizione=ricognizione, ente=bruno.ente)
    EnteInRicognizioneFactory(ricognizione=ricognizione, ente=senait.ente, concluso_il=ORA)
    EnteInRicognizioneFactory(ricognizione=RicognizioneFactory(), ente=bruno.ente)
    risorsa = RisorsaFactory(nome="Sportello", ente=senait.ente)
    detta = PropostaModificaFactory(risorsa=risorsa, autore=senait, stato="accolta", decisa_il=ORA)
    PropostaModificaFactory(risorsa=risorsa, autore=senait, stato="respinta", decisa_il=ORA - timedelta(days=20))
    PropostaModificaFactory(risorsa=risorsa, autore=senait)

    assert attese(come(bruno)) == [("Autunno", "Rispondi")]
    letta = " ".join(come(bruno).get(AREA).content.decode().split())
    assert f"rispondi entro il {in_giorno(ricognizione.scadenza)}<" in letta
    assert attese(come(senait)) == [("Sportello", "Guarda l'esito")]
    detta.motivazione = "Grazie"
    detta.save()
    assert attese(come(senait)) == [("Sportello", "Leggi la risposta")]


def test_a_chi_media_le_traduzioni_da_fare_una_riga_per_lingua(come, mira, anna):
    TraduzioneFactory(oggetto=RisorsaFactory(nome="Sportello", in_breve="Aiuto"), lingua="ar")
    righe = [(a.oggetto, a.perche, a.indirizzo) for a in come(mira).get(AREA).context["attese"]]
    assert righe[:2] == [
        ("Traduzioni: English", "Testi: 2 da tradurre", "/area/traduzioni/en/"),
        ("Traduzioni: Español", "Testi: 2 da tradurre", "/area/traduzioni/es/"),
    ]
    assert righe[2] == ("Traduzioni: العربية", "Testi: 1 da tradurre, 1 da rivedere", "/area/traduzioni/ar/")
    assert come(anna).get(AREA).context["attese"] == []
