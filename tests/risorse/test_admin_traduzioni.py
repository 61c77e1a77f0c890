"""The translations in the back office: what is outdated, what waits to be checked, the way to the desk."""

import pytest
from django.urls import reverse

from risorse.models import Traduzione
from tavolo.servizi.attese import attese
from tests.factories import CategoriaFactory, RisorsaFactory, TraduzioneFactory

pytestmark = pytest.mark.django_db
ELENCO = "/amministrazione/risorse/traduzione/"


@pytest.fixture
def cliente(come, anna, settings):
    settings.MFA_PER_AMMINISTRARE = False
    return come(anna)


@pytest.fixture
def superata():
    risorsa = RisorsaFactory(nome="Sportello")
    traduzione = TraduzioneFactory(oggetto=risorsa, testo="Desk")
    risorsa.nome = "Sportello nuovo"
    risorsa.save()
    return traduzione


def test_le_superate_si_contano_e_si_ritrovano(cliente, superata):
    buona = TraduzioneFactory(oggetto=CategoriaFactory())
    (attesa,) = [a for a in attese() if a.etichetta.startswith("Traduzioni")]
    assert list(cliente.get(attesa.indirizzo).context["cl"].result_list) == [superata]
    assert attesa.quante == 1
    assert list(cliente.get(ELENCO, {"superata": "no"}).context["cl"].result_list) == [buona]
    assert len(cliente.get(ELENCO).context["cl"].result_list) == 2


def test_in_blocco_si_verifica_cio_che_e_dell_italiano_di_adesso(cliente, superata, anna):
    buona = TraduzioneFactory(oggetto=CategoriaFactory())
    scelte = {"action": "verifica", "_selected_action": [str(superata.pk), str(buona.pk)]}
    messaggi = [str(m) for m in cliente.post(ELENCO, scelte, follow=True).context["messages"]]
    assert ("fatto per 1" in messaggi[0], "L'italiano è cambiato" in messaggi[1]) == (True, True)
    assert Traduzione.objects.get(stato="verificata") == buona
    assert buona.storia.first().history_user == anna


def test_dalla_scheda_e_dalla_traduzione_si_va_al_banco(cliente, superata):
    banco = reverse("traduzioni:scheda", args=["en", "risorsa", superata.oggetto_id])
    for indirizzo in (
        f"{ELENCO}{superata.pk}/change/",
        f"/amministrazione/risorse/risorsa/{superata.oggetto_id}/change/",
    ):
        assert f'href="{banco}"' in cliente.get(indirizzo).text
    assert "Prima salva." in cliente.get("/amministrazione/risorse/categoria/add/").text


@pytest.mark.parametrize("quante", [1, 30])
def test_interrogazioni_costanti(cliente, django_assert_max_num_queries, quante):
    for _ in range(quante):
        TraduzioneFactory()
    cliente.get(ELENCO)
    with django_assert_max_num_queries(20):
        cliente.get(ELENCO)


def test_si_esportano(cliente, superata):
    risposta = cliente.post(
        f"{ELENCO}export/",
        {"format": "0", "resource": "0"}
        | dict.fromkeys(
            [f"traduzione_{nome}" for nome in ("tipo", "oggetto_id", "campo", "lingua", "italiano", "testo", "stato")],
            "on",
        ),
    )
    assert risposta.text.splitlines()[1] == f"risorsa,{superata.oggetto_id},nome,en,Sportello,Desk,da-rivedere"
