"""What an import would change, said by name before it changes anything; and what it leaves in the history."""

from datetime import time

import pytest

from risorse.hsds.pacchetto.anteprima import per_nome
from risorse.hsds.pacchetto.porta import importa
from risorse.models import Orario, Risorsa
from tests import factories as f
from tests.risorse.hsds.test_in_amministrazione import manda
from tests.risorse.hsds.test_pacchetto import da_fuori, esporta, pacco

pytestmark = pytest.mark.django_db


@pytest.fixture
def vecchio(rubrica):
    """A package, and what somebody wrote here after it: hours, a name, a list, an address."""
    contenuto = esporta()
    f.OrarioFactory(risorsa=rubrica.ricca, giorno=4, dalle=time(9), alle=time(12), nota="Dal retro")
    nuda = Risorsa.objects.get(pk=rubrica.nuda.pk)
    nuda.nome = "Corso con un nome nuovo"
    nuda.save()
    rubrica.ricca.categorie.add(f.CategoriaFactory(nome="Casa", slug="casa"))
    sede = rubrica.ricca.in_sedi.get(sede__nome="Palazzina B").sede
    sede.indirizzo = "via Piave 22"
    sede.save()
    return contenuto


def test_l_anteprima_dice_che_cosa_cambia_e_che_cosa_si_toglie(rubrica, vecchio):
    esito = importa(vecchio, prova=True)
    detto = {g.nome: {m.oggetto: [str(c) for c in m.cambi] for m in g.prime} for g in esito.modifiche}
    assert detto == {
        "sedi": {"Palazzina B": ["via e numero: via Piave 22 → via Piave 20"]},
        "servizi": {
            "Corso con un nome nuovo": ["nome: Corso con un nome nuovo → Corso senza orari"],
            rubrica.ricca.nome: [
                "categorie: Casa, Salute → Salute",
                "orari: giovedì 09:00-12:00, Dal retro → (niente)",
            ],
        },
    }
    assert {c.nome: (c.nuove, c.invariate, c.tolte) for c in esito.conti}["orari"] == (0, 4, 1)
    assert Orario.objects.filter(giorno=4).count() == 1


def test_l_anteprima_avverte_di_quello_che_e_cambiato_qui_dopo(rubrica, vecchio, come, anna):
    esito = importa(vecchio, prova=True)
    assert esito.cambiate_qui == 3
    riga = next(r for r in per_nome(esito.modifiche)["servizi"] if "nome nuovo" in r)
    assert ", dopo il pacchetto]: nome: Corso con un nome nuovo → Corso senza orari" in riga
    pagina = manda(come(anna), vecchio).content.decode()
    assert "3 schede cambiate dopo che il pacchetto è stato fatto" in pagina
    assert "<del>via Piave 22</del> → <ins>via Piave 20</ins>" in pagina
    assert "giovedì 09:00-12:00, Dal retro" in pagina


def test_un_pacchetto_di_adesso_non_cambia_niente_e_lo_dice(rubrica, come, anna):
    assert importa(esporta(), prova=True).modifiche == []
    assert "Niente di quello che c'è già cambia" in manda(come(anna), esporta()).content.decode()


def test_un_pacchetto_di_altri_rimandato_piu_nuovo_non_avverte(db):
    tavole = da_fuori()
    importa(pacco(tavole), pubblica=True)
    tavole["services"][0] |= {"fees_description": "6 dollars"}
    esito = importa(pacco(tavole), prova=True)
    assert per_nome(esito.modifiche)["servizi"] == ["Food bank: costo, in parole: 5 dollars → 6 dollars"]
    assert esito.cambiate_qui == 0


def test_un_nome_con_una_parentesi_in_piu_e_un_altro_nome(rubrica):
    contenuto = esporta()
    nuda = Risorsa.objects.get(pk=rubrica.nuda.pk)
    nuda.nome = "Corso senza orari (sospeso)"
    nuda.save()
    esito = importa(contenuto, prova=True)
    cambi = [str(c) for g in esito.modifiche for m in g.prime for c in m.cambi]
    assert cambi == ["nome: Corso senza orari (sospeso) → Corso senza orari"]


def test_un_testo_lungo_si_vede_da_dove_e_diverso(db):
    tavole = da_fuori()
    importa(pacco(tavole), pubblica=True)
    tavole["services"][2]["description"] = "x" * 250 + "y" * 50
    (modifica,) = next(g for g in importa(pacco(tavole), prova=True).modifiche if g.nome == "servizi").prime
    assert {c.campo: c.poi for c in modifica.cambi}["descrizione"] == "…" + "x" * 40 + "y" * 50


def test_la_storia_dice_gli_orari_tolti_e_le_schede_toccate(rubrica, vecchio, anna):
    tolto = Orario.objects.get(giorno=4)
    prima = rubrica.nuda.storia.count()
    importa(vecchio, autore=anna)
    via = Orario.storia.filter(uuid=tolto.pk).latest()
    assert (via.history_type, via.history_change_reason, via.history_user) == ("-", "Pacchetto HSDS", anna)
    versione = rubrica.ricca.storia.latest()
    assert (versione.history_change_reason, versione.history_user) == ("Pacchetto HSDS: elenchi e orari", anna)
    assert [voce.categoria.nome for voce in versione.categorie.all()] == ["Salute"]
    assert rubrica.nuda.storia.count() == prima + 1
