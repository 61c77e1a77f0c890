"""Two people on the same entry: the second one meets the three texts and one made of both."""

import pytest

from tests.factories import PuntoOdgFactory, VerbaleFactory, VoceFactory
from tests.incontri.test_views_voci import dati_di, pagina

BASE, SUO, MIO = "Il corso parte lunedì.", "Il corso parte martedì.", "Nota: il corso parte lunedì."


@pytest.fixture
def punto(bruno, senait):
    verbale = VerbaleFactory(verbalizzante=bruno)
    verbale.redattori.add(senait)
    return PuntoOdgFactory(incontro=verbale.incontro)


@pytest.fixture
def conflitto(come, bruno, senait, punto):
    """`conflitto(suo, mio)`: the page Bruno meets after Senait saved first."""

    def _conflitto(suo, mio, base=BASE, **altro):
        VoceFactory(punto=punto, testo=base)
        di_bruno = dati_di(come(bruno).get(pagina(punto)), **{"voci-0-testo": mio})
        suoi = {"voci-0-testo": suo} | altro
        come(senait).post(pagina(punto), dati_di(come(senait).get(pagina(punto)), **suoi))
        risposta = come(bruno).post(pagina(punto), di_bruno)
        assert risposta.status_code == 409
        return risposta

    return _conflitto


def salva(come, chi, punto, risposta, **altro):
    return come(chi).post(pagina(punto), dati_di(risposta, **altro))


@pytest.mark.parametrize(
    ("scelta", "resta"),
    [("unito", "Nota: il corso parte martedì."), ("mio", MIO), ("loro", SUO)],
)
def test_si_conferma_con_un_pulsante(come, bruno, punto, conflitto, scelta, resta):
    risposta = conflitto(SUO, MIO)
    confronto = risposta.context["righe"].forms[0].confronto

    salva(come, bruno, punto, risposta, **{"voci-0-scelta": scelta})

    assert (confronto.base, confronto.loro, confronto.mio, confronto.unito.conflitti) == (BASE, SUO, MIO, 0)
    assert [voce.testo for voce in punto.voci.all()] == [resta]
    for testo in (BASE, "Salvato da Senait Senago", "Scritto da te", "<ins>", "<del>"):
        assert testo in risposta.content.decode()


def test_con_i_segni_non_si_salva(come, bruno, punto, conflitto):
    risposta = conflitto("Il corso parte martedì.", "Il corso parte giovedì.")

    ancora = salva(come, bruno, punto, risposta)

    riga = ancora.context["righe"].forms[0]
    assert list(riga.errors) == ["testo"]
    confronto, scritto = riga.confronto, ancora.content.decode()
    assert (confronto.chi, confronto.base, confronto.loro, confronto.mio) == (
        "Senait Senago",
        BASE,
        "Il corso parte martedì.",
        "Il corso parte giovedì.",
    )
    for testo in (
        "Salvato da Senait Senago",
        "Scritto da te",
        "Tieni il suo",
        "Non abbiamo salvato",
        "Non è ancora salvato",
    ):
        assert testo in scritto
    assert "icon-success" not in scritto.split("data-salvato")[-1].split("</p>")[0]
    assert [voce.testo for voce in punto.voci.all()] == ["Il corso parte martedì."]
    terza = salva(come, bruno, punto, ancora)
    assert terza.context["righe"].forms[0].confronto == confronto
    salva(come, bruno, punto, terza, **{"voci-0-testo": "Il corso parte martedì o giovedì."})
    assert [voce.testo for voce in punto.voci.all()] == ["Il corso parte martedì o giovedì."]


def test_il_resto_viene_da_chi_lo_ha_cambiato(come, bruno, punto, conflitto):
    risposta = conflitto(SUO, MIO, **{"voci-0-tipo": "criticita", "voci-0-pubblica": "si"})

    salva(come, bruno, punto, risposta)

    assert [(v.tipo, v.pubblica, v.testo) for v in punto.voci.all()] == [
        ("criticita", True, "Nota: il corso parte martedì.")
    ]


def test_un_terzo_che_salva_intanto_non_si_copre(come, bruno, senait, punto, conflitto):
    risposta = conflitto(SUO, MIO)
    salva(come, senait, punto, come(senait).get(pagina(punto)), **{"voci-0-testo": "Tutt'altro."})

    ancora = salva(come, bruno, punto, risposta, **{"voci-0-scelta": "mio"})

    assert ancora.status_code == 409
    assert ancora.context["righe"].forms[0]["mio"].value() == MIO
    assert [voce.testo for voce in punto.voci.all()] == ["Tutt'altro."]


def test_tolta_dall_altra_persona(come, bruno, punto, conflitto):
    risposta = conflitto(SUO, MIO, **{"voci-0-rimuovi": "on"})

    assert risposta.context["righe"].forms[0]["testo"].value() == MIO
    salva(come, bruno, punto, risposta)
    assert [voce.testo for voce in punto.voci.all()] == [MIO]


def test_tolta_dopo_che_si_era_scelto_il_proprio_testo(come, bruno, senait, punto, conflitto):
    risposta = conflitto(SUO, MIO)
    come(senait).post(pagina(punto), dati_di(come(senait).get(pagina(punto)), **{"voci-0-rimuovi": "on"}))

    ancora = salva(come, bruno, punto, risposta, **{"voci-0-scelta": "mio"})

    assert ancora.status_code == 409
    assert ancora.context["righe"].forms[0]["testo"].value() == MIO
    salva(come, bruno, punto, ancora)
    assert [voce.testo for voce in punto.voci.all()] == [MIO]


def test_toglierla_dopo_che_l_altra_persona_l_ha_cambiata(come, bruno, senait, punto):
    VoceFactory(punto=punto, testo=BASE)
    di_bruno = dati_di(come(bruno).get(pagina(punto)), **{"voci-0-rimuovi": "on"})
    salva(come, senait, punto, come(senait).get(pagina(punto)), **{"voci-0-testo": SUO})

    risposta = come(bruno).post(pagina(punto), di_bruno)

    assert (risposta.status_code, risposta.context["righe"].forms[0].salvata.testo) == (409, SUO)
    assert [voce.testo for voce in punto.voci.all()] == [SUO]
