"""The pages with which who coordinates brings a request to join from its arrival to its end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from incontri.models import DiscussioneAdesione
from referenti.models import Ente, RichiestaAdesione, Utente
from tests.factories import (
    DiscussioneAdesioneFactory,
    EnteFactory,
    IncontroFactory,
    PuntoOdgFactory,
    RichiestaAdesioneFactory,
    VerbaleFactory,
    VoceFactory,
)

ELENCO = "/area/adesioni/"


@pytest.fixture
def richiesta(db):
    return RichiestaAdesioneFactory(denominazione="Scuola La Porta", email="irene@example.org")


@pytest.fixture
def decisione(richiesta):
    """The entry of shared minutes that decides on the request."""
    incontro = IncontroFactory(stato="svolto", inizio=timezone.now() - timedelta(days=3), titolo="Tenuto")
    punto = PuntoOdgFactory(incontro=incontro)
    DiscussioneAdesioneFactory(richiesta=richiesta, punto=punto)
    RichiestaAdesione.objects.filter(pk=richiesta.pk).update(stato="in-discussione")
    richiesta.refresh_from_db()
    VerbaleFactory(incontro=incontro, stato="condiviso")
    return VoceFactory(punto=punto, tipo="decisione", testo="Si accoglie.")


def persone(*righe):
    campi = {"persone-TOTAL_FORMS": "3", "persone-INITIAL_FORMS": "0"}
    for numero, riga in enumerate(righe):
        campi |= {
            f"persone-{numero}-{nome}": valore for nome, valore in zip(("nome", "cognome", "email"), riga, strict=True)
        }
    return campi


IRENE = ("Irene", "Chiede", "irene@example.org")


def modulo(voce, /, *righe, **altro):
    return {
        "decisione": voce.pk,
        "ente": "",
        "denominazione": "Scuola La Porta",
        "tipo": "associazione",
        "seggio": "Referente de La Porta",
        "area": "altri",
        **persone(*(righe or (IRENE,))),
        **altro,
    }


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_ha_domande_costanti(quante, come, anna, django_assert_num_queries):
    for _ in range(quante):
        DiscussioneAdesioneFactory()
    cliente = come(anna)
    with django_assert_num_queries(9):
        pagina = cliente.get(ELENCO)
    assert pagina.text.count('class="scheda-servizio"') == quante


def test_nell_elenco_quelle_che_aspettano_prima_e_mai_quelle_non_confermate(come, anna):
    chiusa = RichiestaAdesioneFactory(stato="ritirata", chiusa_il=timezone.now())
    RichiestaAdesioneFactory(stato="ricevuta")
    dopo, prima = RichiestaAdesioneFactory(), RichiestaAdesioneFactory(confermata_il=timezone.now() - timedelta(days=9))
    assert list(come(anna).get(ELENCO).context["object_list"]) == [prima, dopo, chiusa]
    assert list(come(anna).get(f"{ELENCO}?stato=ritirata").context["object_list"]) == [chiusa]


def test_chi_non_coordina_non_sa_nemmeno_se_c_e(come, bruno, richiesta):
    assert come(bruno).get(richiesta.get_absolute_url()).status_code == 403
    assert come(bruno).get(f"{ELENCO}8b2a5a6e-7f0c-4c39-9f0e-3f3a3c5f2a11/").status_code == 403


def test_dalla_bacheca_all_ordine_del_giorno(come, anna, richiesta):
    prossimo = IncontroFactory(titolo="Prossimo", inizio=timezone.now() + timedelta(days=9))
    cliente = come(anna)
    assert "1 richiesta di adesione aspetta" in cliente.get("/area/").text
    dove = f"{richiesta.get_absolute_url()}discussione/"
    assert "selected>Prossimo" in cliente.get(dove).text
    assert cliente.post(dove, {"incontro": ""}).status_code == 200
    assert cliente.post(dove, {"incontro": prossimo.pk})["Location"] == richiesta.get_absolute_url()
    assert DiscussioneAdesione.objects.get().punto.incontro == prossimo
    assert "richiesta di adesione aspetta" not in cliente.get("/area/").text
    pagina = cliente.get(richiesta.get_absolute_url()).text
    assert "la decisione si registra dopo" in pagina
    assert "/accogli/" not in pagina
    # The day has gone by, and nobody wrote what was decided: it waits again for who coordinates.
    prossimo.inizio, prossimo.stato = timezone.now() - timedelta(days=2), "svolto"
    prossimo.save()
    assert "non ha ancora il verbale: la decisione si scrive lì" in cliente.get("/area/").text


def test_senza_decisione_la_pagina_dice_perche(come, anna, richiesta):
    for verbo in ("accogli", "respingi"):
        pagina = come(anna).get(f"{richiesta.get_absolute_url()}{verbo}/", follow=True)
        assert "prima metti la richiesta all'ordine del giorno" in pagina.context["messages"]._loaded_data[0].message


def test_si_accoglie_dalla_pagina(come, anna, richiesta, decisione):
    cliente, dove = come(anna), f"{richiesta.get_absolute_url()}accogli/"
    assert "Il Tavolo ha deciso" in cliente.get("/area/").text
    assert f'value="{decisione.pk}"' in cliente.get(dove).text
    meta = cliente.post(dove, modulo(decisione, IRENE, ("Ada", "Aiuta", "ada@example.org")))
    assert meta["Location"] == richiesta.get_absolute_url()
    ente = Ente.objects.get(denominazione="Scuola La Porta")
    assert sorted(ente.utenti.values_list("email", flat=True)) == ["ada@example.org", "irene@example.org"]
    assert cliente.get(dove)["Location"] == richiesta.get_absolute_url()


@pytest.mark.parametrize(
    ("righe", "altro", "stato", "parole"),
    [
        ((IRENE, ("Ada", "", "")), {}, 200, "Serve per mandare l&#x27;invito."),
        ((IRENE, ("Ada", "Aiuta", "IRENE@example.org")), {}, 200, "due volte la stessa e-mail"),
        ((("", "", ""),), {}, 200, "obbligatorio"),
        ((IRENE,), {"decisione": ""}, 200, "Scegli la decisione"),
        ((IRENE,), {"denominazione": ""}, 200, "Serve per creare l&#x27;ente."),
        ((IRENE,), {"denominazione": "Comune di Bollate"}, 409, "C&#x27;è già una scheda"),
    ],
)
def test_quello_che_non_va_torna_com_era(come, anna, bruno, richiesta, decisione, righe, altro, stato, parole):
    pagina = come(anna).post(f"{richiesta.get_absolute_url()}accogli/", modulo(decisione, *righe, **altro))
    assert (pagina.status_code, parole in pagina.text) == (stato, True)
    assert 'value="Referente de La Porta"' in pagina.text
    assert (Utente.objects.filter(email="irene@example.org").count(), richiesta.discussione.decisione) == (0, None)


def test_un_doppione_si_sceglie_con_un_tocco(come, anna, richiesta, decisione):
    gia = EnteFactory(denominazione="La Porta, scuola")
    cliente, dove = come(anna), f"{richiesta.get_absolute_url()}accogli/"
    assert f"?ente={gia.slug}" in cliente.get(dove).text
    assert f'value="{gia.pk}" selected' in cliente.get(f"{dove}?ente={gia.slug}").text
    cliente.post(dove, modulo(decisione, ente=gia.pk))
    richiesta.refresh_from_db()
    assert richiesta.ente == gia


def test_si_risponde_di_no_col_motivo(come, anna, richiesta, decisione):
    cliente, dove = come(anna), f"{richiesta.get_absolute_url()}respingi/"
    assert "Scrivi il motivo" in cliente.post(dove, {"decisione": decisione.pk, "motivo": " "}).text
    cliente.post(dove, {"decisione": decisione.pk, "motivo": "Lavora lontano."})
    richiesta.refresh_from_db()
    assert (richiesta.stato, richiesta.motivo) == ("respinta", "Lavora lontano.")
    pagina = cliente.post(dove, {"decisione": decisione.pk, "motivo": "Un altro motivo."})
    richiesta.refresh_from_db()
    assert richiesta.motivo == "Lavora lontano."
    assert pagina.status_code in (200, 302)


def test_si_chiude_senza_decisione_e_senza_posta(come, anna, richiesta, mailoutbox):
    come(anna).post(f"{richiesta.get_absolute_url()}ritira/", {"motivo": "È un doppione."})
    richiesta.refresh_from_db()
    assert (richiesta.stato, richiesta.motivo, mailoutbox) == ("ritirata", "È un doppione.", [])


def test_chi_e_uscito_ritrova_quello_che_scriveva(client, richiesta, decisione):
    pagina = client.post(f"{richiesta.get_absolute_url()}respingi/", {"motivo": "Lavora lontano da qui."})
    assert (pagina.status_code, "Lavora lontano da qui." in pagina.text) == (403, True)
