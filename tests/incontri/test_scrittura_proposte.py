"""What of a proposal may still be written: not the words a meeting approved, nothing of what is over but its outcomes."""

import pytest
from django.urls import reverse

from incontri.models import EsitoProposta, Impegno, PassoProposta, Proposta
from tavolo.base.concorrenza import timbro
from tests.factories import (
    EsitoPropostaFactory,
    EvidenzaFactory,
    PassoPropostaFactory,
    PropostaFactory,
    VoceFactory,
)

pytestmark = pytest.mark.django_db
DECISA = "Un incontro ha approvato questa proposta: le sue parole le cambia solo chi coordina."


def pagina(nome, proposta, *altri):
    return reverse(f"proposte:{nome}", args=[proposta.pk, *altri])


def proposta_di(persona, stato):
    """A proposal led by the person's ente, in that state, with a step and an evidence to measure again."""
    evidenza = EvidenzaFactory(testo="Famiglie in attesa", valore=35, unita="persone")
    return PropostaFactory(
        titolo="Mediatrici in consultorio",
        stato=stato,
        capofila=persona.ente,
        bisogni=[evidenza.bisogno],
        decisione=VoceFactory(tipo="decisione"),
    )


def parole(proposta, **altre):
    dati = {"titolo": proposta.titolo, "descrizione": proposta.descrizione, "capofila": proposta.capofila_id}
    dati["bisogni"] = list(proposta.bisogni.values_list("pk", flat=True))
    return dati | {"timbro": timbro(proposta)} | altre


def test_approvata_la_riscrive_solo_chi_coordina(come, anna, bruno):
    proposta = proposta_di(bruno, "approvata")
    modulo = pagina("proposta-update", proposta)

    testo = come(bruno).get(proposta.get_absolute_url()).content.decode()
    assert (modulo in testo, DECISA in testo, pagina("passo-create", proposta) in testo) == (False, True, True)
    assert come(bruno).get(modulo).url == proposta.get_absolute_url()
    rifiutata = come(bruno).post(modulo, parole(proposta, titolo="Un'altra cosa"))
    assert (rifiutata.status_code, rifiutata.context["form"]["titolo"].value()) == (409, "Un'altra cosa")
    assert rifiutata.context["form"].non_field_errors()[0].startswith(DECISA)
    assert Proposta.objects.get().titolo == "Mediatrici in consultorio"

    assert modulo in come(anna).get(proposta.get_absolute_url()).content.decode()
    assert come(anna).post(modulo, parole(proposta, titolo="Mediatrici nei consultori")).status_code == 302
    assert Proposta.objects.get().titolo == "Mediatrici nei consultori"


@pytest.mark.parametrize("stato", ["idea", "co-progettazione"])
def test_prima_di_una_decisione_la_scrivono_i_suoi_enti(come, bruno, stato):
    proposta = proposta_di(bruno, stato)
    assert come(bruno).post(pagina("proposta-update", proposta), parole(proposta, titolo="Nuova")).status_code == 302
    assert Proposta.objects.get().titolo == "Nuova"


@pytest.mark.parametrize(
    ("stato", "si_misura", "perche"),
    [
        ("conclusa", True, "La proposta è conclusa: non si cambia più. Gli esiti si possono ancora misurare."),
        ("abbandonata", False, "La proposta è stata abbandonata: per lavorarci ancora, riprendila."),
    ],
)
def test_finita_non_si_cambia_nemmeno_da_chi_coordina(come, anna, bruno, stato, si_misura, perche):
    proposta = proposta_di(bruno, stato)
    passo = PassoPropostaFactory(proposta=proposta, testo="Scrivere il bando")
    esito = EsitoPropostaFactory(proposta=proposta, evidenza=proposta.bisogni.get().evidenze.get(), valore=20)
    togli = pagina("passo-delete", proposta, passo.pk)
    moduli = [
        pagina("proposta-update", proposta),
        pagina("passo-create", proposta),
        pagina("passo-update", proposta, passo.pk),
        pagina("impegno-create", proposta),
    ]

    testo = come(anna).get(proposta.get_absolute_url()).content.decode()
    assert [modulo for modulo in [*moduli, togli] if f'"{modulo}' in testo] == []
    assert (pagina("esito-create", proposta) in testo, perche in testo) == (si_misura, True)
    assert [come(anna).get(modulo).status_code for modulo in [*moduli, togli]] == [302] * 5
    assert come(anna).post(togli, {"timbro": timbro(passo)}).status_code == 302
    mandati = [
        (moduli[0], parole(proposta, titolo="Altro")),
        (moduli[1], {"testo": "Altro passo", "ordine": 2}),
        (moduli[2], {"testo": "Altro", "ordine": 1, "timbro": timbro(passo)}),
        (moduli[3], {"testo": "Un impegno", "ente": bruno.ente_id}),
    ]
    assert [come(anna).post(modulo, dati).status_code for modulo, dati in mandati] == [409] * 4
    assert (Proposta.objects.get().titolo, Impegno.objects.count()) == ("Mediatrici in consultorio", 0)
    assert list(PassoProposta.objects.values_list("testo", flat=True)) == ["Scrivere il bando"]
    misura = {"valore": "8", "riferimento": "2026", "fonte": "Sportello", "evidenza": esito.evidenza_id}
    come(anna).post(pagina("esito-create", proposta), misura)
    assert EsitoProposta.objects.count() == 1 + si_misura


def test_senza_un_numero_da_misurare_lo_dice(come, bruno):
    proposta = PropostaFactory(capofila=bruno.ente)
    risposta = come(bruno).get(pagina("esito-create", proposta), follow=True)
    assert risposta.redirect_chain == [(proposta.get_absolute_url(), 302)]
    assert [str(detto) for detto in risposta.context["messages"]] == [
        "Nessun bisogno di questa proposta ha un'evidenza con un numero da misurare di nuovo: prima aggiungila alla pagina "
        "del bisogno."
    ]
