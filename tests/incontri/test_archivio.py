"""What the public reads about the meetings and the themes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.factories import IncontroFactory, TemaFactory, VerbaleFactory, VoceFactory

QUERY = 7  # two are the savepoint of ATOMIC_REQUESTS
INDIRIZZO = "/tavolo/incontri/"


@pytest.mark.parametrize("quanti", [1, 30])
def test_query_costanti(client, db, django_assert_num_queries, quanti):
    for _ in range(quanti):
        IncontroFactory(pubblico=True).temi.add(TemaFactory())

    with django_assert_num_queries(QUERY):
        client.get(INDIRIZZO)


def test_prossimi_svolti_e_annullati(client, db):
    adesso, giorno = timezone.now(), timedelta(days=1)
    lontano = IncontroFactory(pubblico=True, inizio=adesso + 9 * giorno)
    vicino = IncontroFactory(pubblico=True, inizio=adesso + giorno, stato="convocato")
    senza_data = IncontroFactory(pubblico=True)
    annullato = IncontroFactory(pubblico=True, stato="annullato", inizio=adesso + giorno)
    primo, secondo = (IncontroFactory(pubblico=True, stato="svolto", ordine=n) for n in (1, 2))
    passato = IncontroFactory(pubblico=True, inizio=adesso - giorno)
    IncontroFactory(titolo="Riservato", inizio=adesso + giorno)

    risposta = client.get(INDIRIZZO)

    assert risposta.context["gruppi"] == [
        ("Prossimi incontri", [vicino, lontano, senza_data]),
        ("Incontri svolti", [passato, secondo, primo]),
        ("Incontri annullati", [annullato]),
    ]
    assert "Riservato" not in risposta.text


def test_la_data_come_la_dicono_le_persone(client, db):
    IncontroFactory(pubblico=True, stato="svolto", inizio=datetime(2026, 6, 9, 10, 30, tzinfo=ZoneInfo("Europe/Rome")))

    assert "9 giugno 2026, ore 10:30" in " ".join(client.get(INDIRIZZO).text.split())


@pytest.mark.parametrize(
    ("campi", "attese"),
    [
        ({"stato": "svolto"}, 1),  # the date
        ({"inizio": datetime(2020, 1, 1, tzinfo=ZoneInfo("Europe/Rome"))}, 1),  # whether it was held
        ({"stato": "svolto", "inizio": datetime(2020, 1, 1, tzinfo=ZoneInfo("Europe/Rome"))}, 0),
    ],
)
def test_quello_che_non_si_sa_e_da_verificare(client, db, campi, attese):
    IncontroFactory(pubblico=True, **campi)

    assert client.get(INDIRIZZO).text.count("da verificare</span>") == attese


def test_i_temi_per_stato(client, db):
    conclusi, previsto, in_corso = (
        TemaFactory(stato=stato, ordine=n) for n, stato in enumerate(("concluso", "previsto", "in-corso"))
    )

    assert client.get(INDIRIZZO).context["temi"] == [
        ("In corso", [in_corso]),
        ("Previsti", [previsto]),
        ("Conclusi", [conclusi]),
    ]


def test_i_temi_di_un_incontro(client, db):
    incontro, tema = IncontroFactory(pubblico=True), TemaFactory(nome="Salute mentale")
    incontro.temi.add(tema)

    assert client.get(INDIRIZZO).text.count("Salute mentale") == 2


def test_dei_verbali_non_si_legge_niente(client, bruno):
    incontro = IncontroFactory(pubblico=True, collegamento="https://example.org/stanza", luogo="Sala civica")
    VerbaleFactory(incontro=incontro, verbalizzante=bruno, stato="condiviso")
    VoceFactory(punto__incontro=incontro, testo="Parole riservate")

    testo = client.get(INDIRIZZO).text

    assert "I verbali degli incontri si pubblicano qui quando il Tavolo li ha approvati." in testo
    riservate = ("Parole riservate", "Bruno", "example.org/stanza", str(incontro.pk))
    assert [parola for parola in riservate if parola in testo] == []


def test_vuoto_lo_dice(client, db):
    testo = client.get(INDIRIZZO).text

    assert "Nessun incontro da mostrare" in testo
    assert "Il Tavolo non ha ancora scelto i temi." in testo


@pytest.mark.parametrize("lingua", ["en", "ar"])
def test_in_ogni_lingua(client, db, lingua):
    IncontroFactory(pubblico=True, inizio=timezone.now()).temi.add(TemaFactory())

    assert client.get(f"/{lingua}{INDIRIZZO}").status_code == 200
