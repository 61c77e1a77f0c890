"""How the meeting went: its hours and who chaired it, saved together; two people at once lose nothing."""

from datetime import time

import pytest
from django.urls import reverse

from incontri.models import Incontro, Verbale
from tests.factories import VerbaleFactory


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno, incontro__stato="svolto")


def pagina(verbale):
    return reverse("incontri:verbale-dati", args=[verbale.incontro_id])


def dati_di(risposta, **altro):
    moduli = risposta.context["moduli"]
    dati = {m.add_prefix(nome): m[nome].value() or "" for m in moduli for nome in m.fields}
    return dati | {nome.replace("__", "-"): valore for nome, valore in altro.items()}


def salvati(verbale):
    verbale = Verbale.objects.select_related("incontro__presiede").get(pk=verbale.pk)
    return verbale.aperto, verbale.chiuso, verbale.incontro.presiede


def test_ore_e_chi_coordina(come, bruno, anna, verbale):
    cliente = come(bruno)
    dati = dati_di(cliente.get(pagina(verbale)), verbale__aperto="10:05", verbale__chiuso="12:00")

    risposta = cliente.post(pagina(verbale), dati | {"incontro-presiede": str(anna.pk)})

    assert (risposta["Location"], salvati(verbale)) == (verbale.get_absolute_url(), (time(10, 5), time(12), anna))
    letto = " ".join(cliente.get(verbale.get_absolute_url()).content.decode().split())
    assert "Comincia alle 10:05, finisce alle 12:00. Coordina l'incontro Anna Coordina." in letto.replace("&#x27;", "'")


def test_finire_prima_di_cominciare(come, bruno, verbale):
    cliente = come(bruno)
    dati = dati_di(cliente.get(pagina(verbale)), verbale__aperto="12:00", verbale__chiuso="10:00")

    risposta = cliente.post(pagina(verbale), dati)

    orari, _ = risposta.context["moduli"]
    assert (risposta.status_code, orari.non_field_errors(), orari["aperto"].value()) == (
        200,
        ["L'incontro deve finire dopo l'inizio."],
        "12:00",
    )
    assert salvati(verbale) == (None, None, None)


def test_in_due_si_trovano_le_due_scritture_e_si_salva_di_nuovo(come, bruno, anna, verbale):
    cliente = come(bruno)
    vecchia = cliente.get(pagina(verbale))
    cliente.post(pagina(verbale), dati_di(vecchia, verbale__aperto="10:00", incontro__presiede=str(anna.pk)))

    risposta = cliente.post(
        pagina(verbale), dati_di(vecchia, verbale__aperto="10:30", incontro__presiede=str(bruno.pk))
    )

    assert (risposta.status_code, risposta.context["confronto"]) == (
        409,
        [
            ("È cominciato alle", "10:00", "10:30"),
            ("Lo ha coordinato", "Anna Coordina", "Bruno Bollate"),
        ],
    )
    assert salvati(verbale) == (time(10), None, anna)
    cliente.post(pagina(verbale), dati_di(risposta))
    assert salvati(verbale) == (time(10, 30), None, bruno)


def test_un_conflitto_su_uno_non_salva_l_altro(come, bruno, verbale):
    cliente = come(bruno)
    vecchia = cliente.get(pagina(verbale))
    Incontro.objects.get().save()

    risposta = cliente.post(pagina(verbale), dati_di(vecchia, verbale__aperto="10:30"))

    assert (risposta.status_code, salvati(verbale)) == (409, (None, None, None))
    cliente.post(pagina(verbale), dati_di(risposta))
    assert salvati(verbale) == (time(10, 30), None, None)


def test_fermo_non_si_scrive_e_il_testo_resta(come, bruno, verbale):
    cliente = come(bruno)
    dati = dati_di(cliente.get(pagina(verbale)), verbale__aperto="10:30")
    Verbale.objects.update(stato="condiviso")

    lettura, scrittura = cliente.get(pagina(verbale)), cliente.post(pagina(verbale), dati)

    assert lettura["Location"] == verbale.get_absolute_url()
    assert (scrittura.status_code, scrittura.context["moduli"][0]["aperto"].value()) == (409, "10:30")
    assert salvati(verbale) == (None, None, None)
