"""The page of the signed link, and the button of the reserved area: only a POST confirms."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.formats import date_format

from risorse.models import PropostaModifica, Risorsa, Verifica
from risorse.servizi.link_conferma import SALE, LinkNonValido, LinkScaduto, apri, firma, indirizzo
from risorse.servizi.verifiche import conferma_risorsa
from tests.factories import (
    CategoriaFactory,
    ContattoFactory,
    EnteFactory,
    LinguaParlataFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
)

OGGI = timezone.localdate()
QUERY_PAGINA = 22


@pytest.fixture
def risorsa(comune_di_bollate):
    return RisorsaFactory(nome="Sportello", ente=comune_di_bollate, verificare_entro=OGGI - timedelta(days=1))


def scadenze():
    return list(Risorsa.objects.values_list("verificata_il", "verificare_entro"))


def test_si_legge_la_scheda_e_si_conferma_con_un_pulsante(client, risorsa):
    ContattoFactory(ente=None, risorsa=risorsa, valore="02 5550123")
    dove = indirizzo(risorsa)
    pagina = client.get(dove)
    assert pagina.status_code == 200
    assert [t in pagina.text for t in ("Sportello", "02 5550123", "È tutto giusto, confermo")] == [True] * 3

    risposta = client.post(dove, follow=True)

    assert scadenze() == [(OGGI, OGGI + timedelta(days=180))]
    verifica = Verifica.objects.get()
    assert (verifica.modo, verifica.autore, verifica.ente) == ("link", None, risorsa.ente)
    assert "Grazie, la scheda è confermata" in risposta.text


@pytest.mark.parametrize("metodo", ["get", "head", "options"])
def test_aprire_il_collegamento_non_conferma_niente(client, risorsa, metodo):
    """As mail scanners and browsers that fetch ahead do."""
    prima = scadenze()
    for _ in range(2):
        getattr(client, metodo)(indirizzo(risorsa), headers={"sec-purpose": "prefetch"})
    assert (scadenze(), Verifica.objects.count()) == (prima, 0)


def test_serve_il_modulo_della_pagina(risorsa):
    cliente, dove = Client(enforce_csrf_checks=True), indirizzo(risorsa)
    assert cliente.post(dove).status_code == 403
    gettone = cliente.get(dove).context["csrf_token"]
    assert cliente.post(dove, {"csrfmiddlewaretoken": str(gettone)}).status_code == 302
    assert Verifica.objects.count() == 1


def test_confermata_una_volta_il_collegamento_ha_finito(client, risorsa):
    dove = indirizzo(risorsa)
    for _ in range(2):
        assert client.post(dove)["Location"] == dove
    assert Verifica.objects.count() == 1
    assert "Grazie, la scheda è confermata" in client.get(dove).text
    # and it does not confirm the next time either
    Risorsa.objects.update(verificare_entro=OGGI - timedelta(days=1), verificata_il=OGGI - timedelta(days=181))
    Verifica.objects.all().delete()
    vecchio = signing.dumps([risorsa.pk.hex, (OGGI - timedelta(days=200)).isoformat()], salt=SALE)
    client.post(reverse("conferma:risorsa-conferma", args=[vecchio]))
    assert Verifica.objects.count() == 0


def test_chi_ha_gia_confermato_dal_portale_trova_grazie(client, bruno, risorsa):
    dove = indirizzo(risorsa)
    conferma_risorsa(risorsa, autore=bruno, modo="accesso")
    assert "Grazie, la scheda è confermata" in client.get(dove).text


def manomessi(risorsa):
    """Tokens nobody signed: cut, changed, of another salt, of a card that is gone."""
    buono = firma(risorsa)
    testa, _, firmato = buono.rpartition(":")
    return {
        "tagliato": buono[:-3],
        "cambiato": f"{'X' if testa[0] != 'X' else 'Y'}{testa[1:]}:{firmato}",
        "di altro uso": signing.dumps([risorsa.pk.hex, str(OGGI)], salt="altro"),
        "inventato": "ciao",
        "sparita": signing.dumps(["0" * 32, str(OGGI)], salt=SALE),
    }


@pytest.mark.parametrize("come_mai", ["tagliato", "cambiato", "di altro uso", "inventato", "sparita"])
def test_un_collegamento_che_non_e_nostro(client, risorsa, come_mai):
    token = manomessi(risorsa)[come_mai]
    with pytest.raises(LinkNonValido):
        apri(token)
    dove, prima = reverse("conferma:risorsa-conferma", args=[token]), scadenze()
    for risposta in (client.get(dove), client.post(dove)):
        assert risposta.status_code == 404
        assert "Il collegamento non è valido" in risposta.text
    assert scadenze() == prima


def test_un_collegamento_troppo_vecchio(client, risorsa, settings):
    token = firma(risorsa)
    settings.GIORNI_LINK = -1
    with pytest.raises(LinkScaduto):
        apri(token)
    dove = reverse("conferma:risorsa-conferma", args=[token])
    for risposta in (client.get(dove), client.post(dove)):
        assert risposta.status_code == 410
        assert "Il collegamento è scaduto" in risposta.text
    assert Verifica.objects.count() == 0


@pytest.mark.parametrize(
    ("campi", "motivo"),
    [
        ({"stato": "sospesa"}, "La scheda adesso non è pubblicata"),
        ({"valida_al": OGGI - timedelta(days=1)}, "Il servizio è finito"),
    ],
)
def test_quando_non_si_puo_la_pagina_dice_perche(client, risorsa, campi, motivo):
    Risorsa.objects.update(**campi)
    dove = indirizzo(risorsa)
    pagina = client.get(dove)
    assert (motivo in pagina.text, "confermo</button>" in pagina.text) == (True, False)
    assert client.post(dove).status_code == 302
    assert Verifica.objects.count() == 0


def test_una_scheda_nascosta_torna_pubblica_con_la_conferma(client, comune_di_bollate):
    risorsa = RisorsaFactory(ente=comune_di_bollate, verificare_entro=OGGI - timedelta(days=90))
    assert list(Risorsa.objects.attive()) == []
    client.post(indirizzo(risorsa))
    assert list(Risorsa.objects.attive()) == [risorsa]


def test_fuori_dai_motori_di_ricerca_e_dalla_memoria(client, risorsa):
    risposta = client.get(indirizzo(risorsa))
    assert '<meta name="robots" content="noindex, nofollow">' in risposta.text
    assert risposta["Referrer-Policy"] == "same-origin"
    assert "no-store" in risposta["Cache-Control"]
    assert "Disallow: /conferma/" in client.get("/robots.txt").text


def test_un_collegamento_rotto_dice_a_chi_scrivere(client, db, settings):
    assert "mailto:redazione@example.org" in client.get(reverse("conferma:risorsa-conferma", args=["ciao"])).text
    settings.EMAIL_REDAZIONE = ""
    assert "mailto:" not in client.get(reverse("conferma:risorsa-conferma", args=["ciao"])).text


# --- From the reserved area -------------------------------------------------------------------------------------------


def messaggi(cliente, risorsa):
    risposta = cliente.post(reverse("cura:risorsa-conferma", args=[risorsa.slug]), follow=True)
    return [str(m) for m in risposta.context["messages"]]


def test_dalla_propria_area(come, bruno, risorsa):
    fino_al = OGGI + timedelta(days=180)
    assert messaggi(come(bruno), risorsa) == [f"Grazie: «Sportello» è confermata fino al {fino_al:%d/%m/%Y}."]
    assert list(Verifica.objects.values_list("modo", "autore")) == [("accesso", bruno.pk)]


def test_una_unita_la_conferma_anche_chi_e_dell_ente(come, bruno, senait, comune_di_bollate):
    risorsa = RisorsaFactory(ente=EnteFactory(padre=comune_di_bollate))
    dove = reverse("cura:risorsa-conferma", args=[risorsa.slug])
    assert come(senait).post(dove).status_code == 403
    assert come(bruno).post(dove).status_code == 302


def test_dall_area_dice_perche_non_si_puo(come, bruno, risorsa):
    Risorsa.objects.update(stato="archiviata")
    assert messaggi(come(bruno), risorsa) == ["La scheda è archiviata: non c'è più niente da confermare."]


def pulsanti(risposta):
    return risposta.text.count("È tutto giusto<")


def test_nell_elenco_si_conferma_solo_quello_che_e_dovuto(come, bruno, risorsa, comune_di_bollate):
    for campi in ({"stato": "sospesa"}, {"stato": "bozza"}, {"valida_al": OGGI - timedelta(days=1)}):
        RisorsaFactory(ente=comune_di_bollate, verificare_entro=OGGI, **campi)
    RisorsaFactory(nome="Fresca", ente=comune_di_bollate, verificata_il=OGGI)
    risposta = come(bruno).get(reverse("cura:risorsa-list"))
    attese = (f"scaduta il {date_format(risorsa.verificare_entro, 'j F Y')}", "confermata il", "mai confermata")
    assert (pulsanti(risposta), [a in risposta.text for a in attese]) == (1, [True, True, False])


def test_chi_conferma_una_dopo_l_altra_va_alla_prossima_e_poi_torna_all_area(come, bruno, risorsa, comune_di_bollate):
    altra = RisorsaFactory(ente=comune_di_bollate, verificare_entro=OGGI)
    RisorsaFactory(nome="Fresca", ente=comune_di_bollate)
    cliente, elenco = come(bruno), f"{reverse('cura:risorsa-list')}?da_confermare=1"
    risposta = cliente.get(elenco)
    assert (pulsanti(risposta), [r.nome for r in risposta.context["object_list"]]) == (2, [altra.nome, risorsa.nome])
    dopo = [
        cliente.post(reverse("cura:risorsa-conferma", args=[una.slug]), {"da_confermare": "1"})["Location"]
        for una in (risorsa, altra)
    ]
    assert dopo == [elenco, reverse("area")]


# --- Corrections with the link ----------------------------------------------------------------------------------------


def corretta(client, risorsa, **campi):
    """The form of corrections as the page gives it, with some fields changed, sent back."""
    dove = reverse("conferma:proposta-create", args=[firma(risorsa)])
    form = client.get(dove).context["form"]
    dati = {c.html_name: v for c in form if (v := c.value()) not in (None, False, [])}
    return client.post(dove, {n: v() if callable(v) else v for n, v in dati.items()} | campi)


def test_con_il_collegamento_si_propone_una_correzione(client, risorsa):
    risorsa.categorie.add(CategoriaFactory())
    risposta = corretta(client, risorsa, in_breve="Adesso fa altro.", nota="Da settembre")
    arrivo = resolve(risposta["Location"])
    assert (arrivo.view_name, apri(arrivo.kwargs["token"]).risorsa) == ("conferma:risorsa-conferma", risorsa)
    proposta = PropostaModifica.objects.get()
    assert (proposta.dopo, proposta.nota) == ({"in_breve": "Adesso fa altro."}, "Da settembre")
    assert (proposta.da_link, proposta.autore, proposta.ente) == (True, None, risorsa.ente)
    pagina = client.get(indirizzo(risorsa))
    assert ["Grazie: la scheda cambia quando" in pagina.text, "già una proposta" in pagina.text] == [True, True]
    assert (Risorsa.objects.get().in_breve, Verifica.objects.count()) == ("Che cosa fa", 0)


def test_con_il_collegamento_si_dice_che_il_servizio_non_c_e_piu(client, risorsa):
    dove = reverse("conferma:ritiro-create", args=[firma(risorsa)])
    assert client.post(dove, {"nota": ""}).status_code == 200
    client.post(dove, {"nota": "Il progetto è finito"})
    assert list(PropostaModifica.objects.values_list("tipo", "nota", "da_link")) == [
        ("ritiro", "Il progetto è finito", True)
    ]


def test_chi_scriveva_mentre_un_altra_persona_confermava_non_perde_niente(client, bruno, risorsa):
    dove = reverse("conferma:ritiro-create", args=[firma(risorsa)])
    conferma_risorsa(risorsa, autore=bruno, modo="accesso")
    assert client.get(dove)["Location"] == dove.removesuffix("ritira/")
    assert client.post(dove, {"nota": "Il progetto è finito"}).status_code == 302
    assert PropostaModifica.objects.count() == 1


def test_una_scheda_archiviata_rida_quello_che_si_era_scritto(client, risorsa):
    dove = reverse("conferma:ritiro-create", args=[firma(risorsa)])
    Risorsa.objects.update(stato="archiviata")
    risposta = client.post(dove, {"nota": "Il progetto è finito"})
    assert (risposta.status_code, risposta.context["form"]["nota"].value()) == (200, "Il progetto è finito")
    assert risposta.context["form"].non_field_errors() == [
        "Su una scheda nello stato «Archiviata» non si propone niente."
    ]


def test_un_collegamento_che_non_e_nostro_non_propone(client, risorsa):
    for nome in ("proposta-create", "ritiro-create"):
        assert client.post(reverse(f"conferma:{nome}", args=["ciao"]), {"nota": "x"}).status_code == 404
    assert PropostaModifica.objects.count() == 0


@pytest.mark.parametrize("quanti", [1, 30])
def test_domande_costanti(client, risorsa, django_assert_num_queries, quanti):
    for _ in range(quanti):
        ContattoFactory(ente=None, risorsa=risorsa)
        LinguaParlataFactory(risorsa=risorsa)
        RisorsaInSedeFactory(risorsa=risorsa)
        risorsa.categorie.add(CategoriaFactory())
    with django_assert_num_queries(QUERY_PAGINA):
        client.get(indirizzo(risorsa))
