"""The form of a meeting: nothing typed is lost, nobody covers anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Incontro
from tests.factories import IncontroFactory, TemaFactory

DOMANI = timezone.now() + timedelta(days=1)
NUOVO = reverse("incontri:incontro-create")


def di(nome, incontro):
    return reverse(f"incontri:{nome}", args=[incontro.pk])


@pytest.fixture
def incontro(bruno):
    return IncontroFactory(autore=bruno, titolo="Incontro di condivisione")


def test_creare_un_incontro(come, bruno):
    tema = TemaFactory()
    dati = {
        "titolo": "Nuovo",
        "giorno": "2027-01-15",
        "dalle": "09:30",
        "alle": "12:00",
        "modalita": "mista",
        "temi": [tema.pk],
    }

    risposta = come(bruno).post(NUOVO, dati)

    incontro = Incontro.objects.get()
    assert risposta["Location"] == incontro.get_absolute_url()
    assert (incontro.inizio, incontro.fine) == (
        datetime(2027, 1, 15, 8, 30, tzinfo=UTC),
        datetime(2027, 1, 15, 11, 0, tzinfo=UTC),
    )
    assert (incontro.autore, incontro.stato, list(incontro.temi.all())) == (bruno, "pianificato", [tema])
    assert incontro.storia.get(history_type="+").history_user == bruno


@pytest.mark.parametrize(
    ("campi", "campo"),
    [
        ({"titolo": ""}, "titolo"),
        ({"giorno": "2027-01-15"}, "dalle"),
        ({"dalle": "09:30"}, "giorno"),
        ({"giorno": "2027-01-15", "dalle": "12:00", "alle": "09:30"}, "alle"),
        ({"giorno": "0001-01-01", "dalle": "09:30"}, "giorno"),
        ({"giorno": "31 giugno", "dalle": "09:30"}, "giorno"),
        ({"giorno": "2027-03-28", "dalle": "02:30"}, "dalle"),
        ({"luogo": "Sala\x00"}, "luogo"),
        ({"temi": ["nessuno"]}, "temi"),
        ({"collegamento": "javascript:alert(1)"}, "collegamento"),
    ],
)
def test_un_errore_si_dice_e_quello_che_e_scritto_resta(come, bruno, campi, campo):
    dati = {"titolo": "Titolo scritto con cura", "modalita": "in-sede", "luogo": "Sala"} | campi

    risposta = come(bruno).post(NUOVO, dati)

    form = risposta.context["form"]
    assert (risposta.status_code, list(form.errors)) == (200, [campo])
    assert {nome: form[nome].value() for nome in campi} == campi
    assert not Incontro.objects.exists()


def dati_di(incontro, cliente, **altro):
    """What the form of the page would send."""
    form = cliente.get(di("incontro-update", incontro)).context["form"]
    valori = {nome: form[nome].value() for nome in form.fields}
    return {nome: valore for nome, valore in valori.items() if valore not in (None, False)} | altro


def test_modificare_tiene_data_e_temi(come, bruno, incontro):
    incontro.inizio = DOMANI.replace(second=0, microsecond=0)
    incontro.save()
    incontro.temi.add(tema := TemaFactory())
    cliente = come(bruno)
    dati = dati_di(incontro, cliente, titolo="Titolo nuovo")

    cliente.post(di("incontro-update", incontro), dati | {"temi": [tema.pk]})

    dopo = Incontro.objects.get()
    assert (dopo.titolo, dopo.inizio, list(dopo.temi.all())) == ("Titolo nuovo", incontro.inizio, [tema])


def test_due_persone_sullo_stesso_incontro_trovano_i_due_testi(come, bruno, incontro):
    cliente = come(bruno)
    vecchi = dati_di(incontro, cliente, titolo="Scritto da Bruno")
    cliente.post(di("incontro-update", incontro), dati_di(incontro, cliente, titolo="Salvato da Senait", luogo="Sala"))

    risposta = cliente.post(di("incontro-update", incontro), vecchi)

    assert risposta.status_code == 409
    assert risposta.context["confronto"] == [("Titolo", "Salvato da Senait", "Scritto da Bruno")]
    assert risposta.context["accolti"] == ["Luogo"]
    assert risposta.context["form"]["luogo"].value() == "Sala"
    assert "Ha cambiato anche quello che tu hai lasciato com'era" in risposta.text
    assert Incontro.objects.get().titolo == "Salvato da Senait"
    form = risposta.context["form"]
    cliente.post(di("incontro-update", incontro), vecchi | {"timbro": form["timbro"].value()})
    assert Incontro.objects.get().titolo == "Scritto da Bruno"


def test_un_campo_non_mandato_non_si_svuota(come, bruno, incontro):
    Incontro.objects.update(luogo="Sala grande")
    cliente = come(bruno)
    dati = dati_di(incontro, cliente, titolo="Altro")
    del dati["luogo"]

    cliente.post(di("incontro-update", incontro), dati)

    assert Incontro.objects.values_list("titolo", "luogo").get() == ("Altro", "Sala grande")


def test_senza_sapere_quale_versione_si_e_vista_non_si_salva(come, bruno, incontro):
    cliente = come(bruno)
    dati = dati_di(incontro, cliente, titolo="Alla cieca")
    del dati["timbro"]

    assert cliente.post(di("incontro-update", incontro), dati).status_code == 409
    assert Incontro.objects.get().titolo == "Incontro di condivisione"
