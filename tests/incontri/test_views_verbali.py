"""Pages of the minutes: to start, to read, to share, to choose who writes."""

import pytest
from django.test import Client
from django.urls import reverse

from incontri.models import Verbale
from tests.factories import (
    IncontroFactory,
    PresenzaFactory,
    PuntoOdgFactory,
    UtenteFactory,
    VerbaleFactory,
    VoceFactory,
)
from tests.incontri.completo import verbale_completo


def di(nome, verbale, *altro):
    return reverse(f"incontri:{nome}", args=[verbale.incontro_id, *altro])


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno, incontro__stato="svolto")


def messaggi(risposta):
    return [str(messaggio) for messaggio in risposta.context["messages"]]


def test_iniziare_porta_al_primo_punto(come, bruno):
    incontro = IncontroFactory(stato="svolto")
    primo = PuntoOdgFactory(incontro=incontro, ordine=1)
    PuntoOdgFactory(incontro=incontro, ordine=2)

    risposta = come(bruno).post(reverse("incontri:verbale-create", args=[incontro.pk]), follow=True)

    assert risposta.redirect_chain[-1][0] == reverse("incontri:voce-update", args=[incontro.pk, primo.pk])
    assert Verbale.objects.get().verbalizzante == bruno


def test_chi_arriva_seconda_sa_chi_sta_scrivendo(come, senait, verbale):
    risposta = come(senait).post(di("verbale-create", verbale), follow=True)

    assert messaggi(risposta) == ["Il verbale lo sta già scrivendo Bruno Bollate."]
    assert Verbale.objects.get() == verbale


def test_senza_punti_si_comincia_dall_ordine_del_giorno(come, bruno, verbale):
    risposta = come(bruno).get(di("verbale-scrivi", verbale))

    assert risposta["Location"] == di("odg-update", verbale)


def test_si_riprende_dal_primo_punto_vuoto(come, bruno, verbale):
    scritto, vuoto = (PuntoOdgFactory(incontro=verbale.incontro, ordine=n) for n in (1, 2))
    VoceFactory.create_batch(2, punto=scritto)

    assert come(bruno).get(di("verbale-scrivi", verbale))["Location"] == di("voce-update", verbale, vuoto.pk)
    VoceFactory(punto=vuoto)
    assert come(bruno).get(di("verbale-scrivi", verbale))["Location"] == di("voce-update", verbale, vuoto.pk)


@pytest.mark.parametrize(
    ("chi", "stato", "passi", "si_scrive"),
    [
        ("bruno", "bozza", ["Condividi con gli enti", "Continua a scrivere", "Approva seduta stante"], True),
        ("bruno", "condiviso", ["Scrivi un'osservazione", "Registra l'approvazione", "Riporta in bozza"], False),
        ("anna", "bozza", ["Condividi con gli enti", "Continua a scrivere", "Approva seduta stante"], True),
        ("senait", "condiviso", ["Scrivi un'osservazione"], False),
    ],
)
def test_leggere_il_verbale_con_i_passi_che_spettano(request, come, bruno, chi, stato, passi, si_scrive):
    verbale = verbale_completo(bruno, stato=stato)

    contesto = come(request.getfixturevalue(chi)).get(di("verbale-detail", verbale)).context

    assert ([passo.etichetta for passo in contesto["passi"]], contesto["si_scrive"]) == (passi, si_scrive)


def test_il_documento_ha_presenti_assenti_punti_e_voci(come, bruno, verbale):
    c_era = PresenzaFactory(incontro=verbale.incontro)
    non_c_era = PresenzaFactory(incontro=verbale.incontro, esito="assente")
    punto = PuntoOdgFactory(incontro=verbale.incontro)
    VoceFactory(punto=punto, testo="<b>Detto</b> questo")

    risposta = come(bruno).get(di("verbale-detail", verbale))

    assert (risposta.context["presenti"], risposta.context["assenti"]) == ([c_era], [non_c_era])
    assert "&lt;b&gt;Detto&lt;/b&gt; questo" in risposta.content.decode()


@pytest.mark.parametrize("quanti", [1, 30])
def test_documento_in_interrogazioni_costanti(come, bruno, django_assert_num_queries, verbale, quanti):
    for punto in PuntoOdgFactory.create_batch(quanti, incontro=verbale.incontro):
        VoceFactory(punto=punto)
        PresenzaFactory(incontro=verbale.incontro, utente=UtenteFactory())
    cliente = come(bruno)

    with django_assert_num_queries(25):
        cliente.get(di("verbale-detail", verbale))


def test_condiviso_tiene_fermo_il_resto(come, bruno, verbale):
    Verbale.objects.update(stato="condiviso")
    punto = PuntoOdgFactory(incontro=verbale.incontro)

    for nome in ("incontro-update", "odg-update", "presenza-update"):
        assert come(bruno).get(di(nome, verbale))["Location"] == verbale.incontro.get_absolute_url()
    assert come(bruno).get(di("voce-update", verbale, punto.pk))["Location"] == verbale.get_absolute_url()


def test_scegliere_chi_scrive(come, bruno, senait, mira, verbale):
    cliente = come(bruno)
    form = cliente.get(di("verbale-update", verbale)).context["form"]
    dati = {"timbro": form["timbro"].value(), "redattori": [senait.pk]}

    assert list(form.fields["redattori"].queryset) == [senait]
    cliente.post(di("verbale-update", verbale), dati)

    assert list(verbale.redattori.all()) == [senait]
    assert come(senait).get(di("verbale-detail", verbale)).status_code == 200
    assert come(senait).get(di("verbale-update", verbale)).status_code == 403


def test_scegliere_in_due_trova_le_due_scelte(come, bruno, senait, verbale):
    cliente = come(bruno)
    vecchio = cliente.get(di("verbale-update", verbale)).context["form"]["timbro"].value()
    cliente.post(di("verbale-update", verbale), {"timbro": vecchio, "redattori": [senait.pk]})

    risposta = cliente.post(di("verbale-update", verbale), {"timbro": vecchio})

    assert (risposta.status_code, risposta.context["confronto"]) == (409, [])
    assert risposta.context["accolti"] == ["Scrivono con te"]
    assert list(verbale.redattori.all()) == [senait]


def test_di_un_verbale_condiviso_non_si_scelgono_i_redattori(come, bruno, senait, verbale):
    timbro = come(bruno).get(di("verbale-update", verbale)).context["form"]["timbro"].value()
    Verbale.objects.update(stato="condiviso")

    lettura = come(bruno).get(di("verbale-update", verbale))
    scrittura = come(bruno).post(di("verbale-update", verbale), {"timbro": timbro, "redattori": [senait.pk]})

    assert [r["Location"] for r in (lettura, scrittura)] == [verbale.get_absolute_url()] * 2
    assert list(verbale.redattori.all()) == []


def test_chi_scrive_gia_resta_anche_fuori_dal_gruppo(come, bruno, senait, anna, verbale):
    verbale.redattori.add(anna)
    cliente = come(bruno)
    form = cliente.get(di("verbale-update", verbale)).context["form"]

    cliente.post(
        di("verbale-update", verbale), {"timbro": form["timbro"].value(), "redattori": form["redattori"].value()}
    )

    assert {u.pk for u in form.fields["redattori"].queryset} == {anna.pk, senait.pk}
    assert list(verbale.redattori.all()) == [anna]


@pytest.mark.parametrize("nome", ["verbale-create", "odg-tipo", "incontro-passaggio", "verbale-passaggio"])
def test_un_verbo_ad_accesso_scaduto_riporta_all_incontro(client, verbale, nome):
    altro = ["annulla"] if nome.endswith("passaggio") else []
    incontro = verbale.incontro.get_absolute_url()

    assert client.post(di(nome, verbale, *altro))["Location"] == f"{reverse('account_login')}?next={incontro}"


def test_un_verbo_con_la_pagina_vecchia_riporta_all_incontro(bruno, verbale):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(bruno, backend="referenti.accesso.AccessoPerEmail")

    risposta = cliente.post(di("odg-tipo", verbale), headers={"origin": "http://testserver"})

    assert (risposta.status_code, risposta.context["qui"]) == (403, verbale.incontro.get_absolute_url())
