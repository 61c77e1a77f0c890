"""The survey of resources: calls, answers, progress, the figures that stay."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from risorse.models import (
    EnteInRicognizione,
    PropostaModifica,
    Ricognizione,
    RicognizioneChiusa,
    Risorsa,
    RispostaRicognizione,
    Verifica,
)
from risorse.servizi.cifre import cifre
from risorse.servizi.ricognizioni import (
    RispostaNonPossibile,
    apri_ricognizione,
    chiama_enti_con_servizi,
    chiudi_ricognizione,
    concludi,
    conferma_nella_ricognizione,
    ricorda,
    rispondi,
)
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    CategoriaFactory,
    EnteFactory,
    EnteInRicognizioneFactory,
    RicognizioneFactory,
    RisorsaFactory,
    RispostaRicognizioneFactory,
    UtenteFactory,
)
from tests.risorse.test_views_proposte import inviato

DOMANI = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def aperta(db):
    return RicognizioneFactory(titolo="Autunno", stato="aperta", scadenza=DOMANI)


@pytest.fixture
def chiamato(aperta, comune_di_bollate):
    return EnteInRicognizioneFactory(ricognizione=aperta, ente=comune_di_bollate)


def pagina(nome, chiamato, *altri):
    return reverse(f"cura:ricognizione-{nome}", args=[chiamato.ricognizione.slug, chiamato.ente.slug, *altri])


# Opening


def test_si_apre_con_almeno_un_ente_e_una_scadenza_futura(anna, comune_di_bollate):
    ricognizione = RicognizioneFactory(scadenza=timezone.localdate())
    with pytest.raises(PassaggioNonPossibile, match="La scadenza è già arrivata"):
        apri_ricognizione(ricognizione, autore=anna)
    ricognizione.scadenza = DOMANI
    ricognizione.save()
    with pytest.raises(PassaggioNonPossibile, match="nessun ente chiamato"):
        apri_ricognizione(ricognizione, autore=anna)
    EnteInRicognizioneFactory(ricognizione=ricognizione, ente=comune_di_bollate)

    apri_ricognizione(ricognizione, autore=anna)

    assert Ricognizione.objects.get().stato == "aperta"


def test_aprendo_si_scrive_alle_persone_di_ogni_ente_e_si_sa_chi_non_ne_ha(
    anna, bruno, settings, comune_di_bollate, django_capture_on_commit_callbacks
):
    ricognizione = RicognizioneFactory(titolo="Autunno", scadenza=DOMANI, istruzioni="Guardate gli orari.")
    unita = EnteFactory(tipo="unita", padre=comune_di_bollate)
    senza = EnteFactory()
    for ente in (comune_di_bollate, unita, senza):
        EnteInRicognizioneFactory(ricognizione=ricognizione, ente=ente)

    with django_capture_on_commit_callbacks(execute=True):
        assert apri_ricognizione(ricognizione, autore=anna) == [senza]

    assert [lettera.to for lettera in mail.outbox] == [["bruno@example.org"]] * 2
    indirizzi = [
        f"{settings.INDIRIZZO_PORTALE}/area/ricognizioni/autunno/{e.slug}/" for e in (comune_di_bollate, unita)
    ]
    assert sorted(i for i in indirizzi for lettera in mail.outbox if f"{i}\n" in lettera.body) == sorted(indirizzi)
    assert all("Guardate gli orari." in lettera.body for lettera in mail.outbox)


def test_il_promemoria_va_solo_a_chi_non_ha_finito(aperta, chiamato, bruno, senait, django_capture_on_commit_callbacks):
    EnteInRicognizioneFactory(ricognizione=aperta, ente=senait.ente, concluso_il=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        assert ricorda(aperta) == (1, [])

    assert [lettera.to for lettera in mail.outbox] == [["bruno@example.org"]]
    assert "manca ancora la risposta di Comune di Bollate" in mail.outbox[0].body
    with pytest.raises(RispostaNonPossibile):
        ricorda(RicognizioneFactory())


def test_chiamare_tutti_gli_enti_con_servizi(anna, bruno, comune_di_bollate):
    con_persone = UtenteFactory(ente=EnteFactory(padre=comune_di_bollate), gruppi=["Referenti"]).ente
    senza_persone = EnteFactory(padre=comune_di_bollate)
    for ente in (con_persone, senza_persone):
        RisorsaFactory(ente=ente)
    RisorsaFactory(ente=EnteFactory(), stato="bozza")
    RisorsaFactory(ente=EnteFactory(), esempio=True)
    ricognizione = RicognizioneFactory()

    assert chiama_enti_con_servizi(ricognizione, autore=anna) == 2
    assert chiama_enti_con_servizi(ricognizione, autore=anna) == 0
    assert set(ricognizione.enti.all()) == {comune_di_bollate, con_persone}


# Answering


def test_confermare_e_una_risposta_e_una_verifica(chiamato, bruno):
    risorsa = RisorsaFactory(ente=chiamato.ente)

    conferma_nella_ricognizione(chiamato, risorsa, autore=bruno)
    rispondi(chiamato, risorsa, "ritirata", autore=bruno)

    assert RispostaRicognizione.objects.values_list("risorsa", "esito", "autore").get() == (
        risorsa.pk,
        "ritirata",
        bruno.pk,
    )
    assert Verifica.objects.values_list("risorsa", "modo", "autore").get() == (risorsa.pk, "ricognizione", bruno.pk)


def test_non_si_risponde_per_i_servizi_di_altri_ne_di_una_unita_chiamata_da_se(chiamato, bruno):
    unita = EnteInRicognizioneFactory(ricognizione=chiamato.ricognizione, ente=EnteFactory(padre=chiamato.ente))
    for risorsa in (
        RisorsaFactory(),
        RisorsaFactory(ente=unita.ente),
        RisorsaFactory(ente=chiamato.ente, stato="bozza"),
    ):
        with pytest.raises(RispostaNonPossibile):
            rispondi(chiamato, risorsa, "confermata", autore=bruno)
    assert RispostaRicognizione.objects.count() == 0


def test_si_finisce_quando_ogni_servizio_ha_una_risposta_e_le_bozze_partono(chiamato, bruno):
    risorsa = RisorsaFactory(ente=chiamato.ente)
    bozza = RisorsaFactory(ente=chiamato.ente, stato="bozza")
    rispondi(chiamato, bozza, "aggiunta", autore=bruno)
    with pytest.raises(RispostaNonPossibile, match=f"Manca ancora la risposta per «{risorsa}»."):
        concludi(chiamato, autore=bruno)
    rispondi(chiamato, risorsa, "confermata", autore=bruno)

    assert concludi(chiamato, autore=bruno) == 1
    assert Risorsa.objects.get(pk=bozza.pk).stato == "in-revisione"
    assert EnteInRicognizione.objects.get().concluso_il is not None


def test_dopo_la_chiusura_non_si_risponde_piu(chiamato, anna, bruno):
    risorsa = RisorsaFactory(ente=chiamato.ente)
    chiudi_ricognizione(chiamato.ricognizione, autore=anna)

    for fa in (
        lambda: rispondi(chiamato, risorsa, "confermata", autore=bruno),
        lambda: concludi(chiamato, autore=bruno),
        lambda: ricorda(chiamato.ricognizione),
        lambda: chiama_enti_con_servizi(chiamato.ricognizione, autore=anna),
    ):
        with pytest.raises(RispostaNonPossibile):
            fa()


# The figures


@pytest.fixture
def risposte(chiamato, bollate, senago):
    casa, salute = CategoriaFactory(slug="casa", nome="Casa"), CategoriaFactory(slug="salute", nome="Salute")
    for nome, esito, comuni in (
        ("A", "confermata", [bollate, senago]),
        ("B", "corretta", [bollate]),
        ("C", "ritirata", []),
        ("D", "", [senago]),
    ):
        risorsa = RisorsaFactory(ente=chiamato.ente, nome=nome, comuni=comuni, categorie=[casa])
        if esito:
            RispostaRicognizioneFactory(chiamato=chiamato, risorsa=risorsa, esito=esito)
    # already archived by who coordinates, after the ente had said so
    Risorsa.objects.filter(nome="C").update(stato="archiviata", area_servita="ambito")
    nuova = RisorsaFactory(ente=chiamato.ente, stato="bozza", comuni=[bollate], categorie=[casa, salute])
    RispostaRicognizioneFactory(chiamato=chiamato, risorsa=nuova, esito="aggiunta")
    return chiamato


def conta(nome, prima, confermati, corretti, ritirati, aggiunti, senza):
    return {
        "nome": nome,
        "prima": prima,
        "confermati": confermati,
        "corretti": corretti,
        "ritirati": ritirati,
        "aggiunti": aggiunti,
        "senza_risposta": senza,
        "risposti": prima - senza,
    }


def test_cifre_per_ente_comune_e_categoria(risposte):
    trovate = cifre(risposte.ricognizione)

    assert trovate == {
        "al": timezone.localdate().isoformat(),
        "totale": conta("", 4, 1, 1, 1, 1, 1),
        "enti": [
            {"ente": risposte.ente.slug, "concluso_il": "", **conta("Comune di Bollate", 4, 1, 1, 1, 1, 1)},
        ],
        "comuni": [
            {"comune": "bollate", **conta("Bollate", 2, 1, 1, 0, 1, 0)},
            {"comune": "senago", **conta("Senago", 2, 1, 0, 0, 0, 1)},
            {"comune": "ambito", **conta("Tutto l'Ambito", 1, 0, 0, 1, 0, 0)},
        ],
        "categorie": [
            {"categoria": "casa", **conta("Casa", 4, 1, 1, 1, 1, 1)},
            {"categoria": "salute", **conta("Salute", 0, 0, 0, 0, 1, 0)},
        ],
    }


def test_alla_chiusura_le_cifre_restano_qualunque_cosa_accada(risposte, anna, come):
    ricognizione = risposte.ricognizione
    prima = cifre(ricognizione)
    chiudi_ricognizione(ricognizione, autore=anna)
    RispostaRicognizione.objects.all().delete()
    Risorsa.objects.all().delete()

    chiusa = Ricognizione.objects.get()
    assert (chiusa.stato, chiusa.cifre) == ("chiusa", prima)
    assert come(anna).get(chiusa.get_absolute_url()).context["cifre"] == prima


@pytest.mark.parametrize(
    "tenta",
    [
        lambda r: Ricognizione.objects.update(cifre={}),
        lambda r: Ricognizione.objects.filter(pk=r.pk).delete(),
        lambda r: Ricognizione.objects.bulk_update([r], ["titolo"]),
        lambda r: r.save(),
        lambda r: r.delete(),
        lambda r: Ricognizione.objects.get(pk=r.pk).save(update_fields=["cifre"]),
    ],
)
def test_una_ricognizione_chiusa_non_si_scrive_in_nessun_modo(chiamato, anna, tenta):
    ricognizione = chiamato.ricognizione
    chiudi_ricognizione(ricognizione, autore=anna)
    prima = Ricognizione.objects.values().get()
    ricognizione.cifre, ricognizione.titolo = {}, "Altro"

    with pytest.raises(RicognizioneChiusa), transaction.atomic():
        tenta(ricognizione)

    assert Ricognizione.objects.values().get() == prima


def test_non_si_chiude_due_volte(chiamato, anna):
    copia = Ricognizione.objects.get()
    chiudi_ricognizione(chiamato.ricognizione, autore=anna)

    with pytest.raises(PassaggioNonPossibile):
        chiudi_ricognizione(copia, autore=anna)


# The pages


def test_la_pagina_dell_ente_dall_inizio_alla_fine(come, bruno, chiamato, comune_di_bollate):
    for nome in ("Giusto", "Sbagliato", "Finito"):
        RisorsaFactory(ente=comune_di_bollate, nome=nome, categorie=[CategoriaFactory()])
    cliente, qui = come(bruno), chiamato.get_absolute_url()
    assert cliente.get(qui).context["mancano"] == 3

    assert cliente.post(pagina("conferma", chiamato, "giusto"))["Location"] == qui
    correggi = pagina("correggi", chiamato, "sbagliato")
    assert cliente.post(correggi, inviato(cliente, correggi, requisiti="ISEE"))["Location"] == qui
    assert cliente.post(pagina("ritira", chiamato, "finito"), {"nota": "Chiuso a giugno"})["Location"] == qui
    aggiungi = pagina("aggiungi", chiamato)
    dati = inviato(cliente, aggiungi, nome="Nuovo", in_breve="Fa", categorie=[str(CategoriaFactory().pk)])
    dati["area_servita"] = "ambito"
    assert cliente.post(aggiungi, dati)["Location"] == qui

    contesto = cliente.get(qui).context
    assert (contesto["mancano"], contesto["risposti"], [r.nome for r in contesto["aggiunte"]]) == (0, 3, ["Nuovo"])
    assert cliente.post(pagina("concludi", chiamato))["Location"] == chiamato.ricognizione.get_absolute_url()
    assert dict(RispostaRicognizione.objects.values_list("risorsa__nome", "esito")) == {
        "Giusto": "confermata",
        "Sbagliato": "corretta",
        "Finito": "ritirata",
        "Nuovo": "aggiunta",
    }
    assert sorted(PropostaModifica.objects.values_list("risorsa__nome", "tipo")) == [
        ("Finito", "ritiro"),
        ("Sbagliato", "modifica"),
    ]


def test_un_modulo_sbagliato_non_e_una_risposta(come, bruno, chiamato, comune_di_bollate):
    RisorsaFactory(ente=comune_di_bollate, nome="Uno", categorie=[CategoriaFactory()])
    cliente, correggi = come(bruno), pagina("correggi", chiamato, "uno")

    assert cliente.post(correggi, inviato(cliente, correggi)).status_code == 200
    assert RispostaRicognizione.objects.count() == 0


def test_quando_non_e_aperta_la_pagina_dell_ente_rimanda_alle_cifre(come, bruno, anna, chiamato):
    chiudi_ricognizione(chiamato.ricognizione, autore=anna)
    assert come(bruno).get(chiamato.get_absolute_url())["Location"] == chiamato.ricognizione.get_absolute_url()


def test_una_ricognizione_in_preparazione_la_vede_solo_chi_coordina(come, bruno, mira, anna):
    RicognizioneFactory()
    elenco = reverse("cura:ricognizione-list")
    assert [len(come(chi).get(elenco).context["object_list"]) for chi in (bruno, mira, anna)] == [0, 0, 1]


@pytest.mark.parametrize("quanti", [1, 30])
def test_interrogazioni_costanti(come, bruno, chiamato, django_assert_num_queries, quanti):
    for _ in range(quanti):
        altro = EnteInRicognizioneFactory(ricognizione=chiamato.ricognizione)
        RispostaRicognizioneFactory(chiamato=altro, risorsa=RisorsaFactory(ente=altro.ente))
        RisorsaFactory(ente=chiamato.ente, categorie=[CategoriaFactory()])
    cliente = come(bruno)

    with django_assert_num_queries(16):
        cliente.get(chiamato.ricognizione.get_absolute_url())
    with django_assert_num_queries(20):
        cliente.get(chiamato.get_absolute_url())


# The back office


@pytest.fixture
def cliente_di_anna(come, anna, settings):
    settings.MFA_PER_AMMINISTRARE = False
    return come(anna)


def passo(ricognizione, nome):
    return reverse("admin:risorse_ricognizione_passo", args=[ricognizione.pk, nome])


def test_chiudere_con_chi_manca_vuole_una_conferma(cliente_di_anna, chiamato):
    domanda = cliente_di_anna.post(passo(chiamato.ricognizione, "chiudi"))
    assert domanda.context["mancanti"] == ["Comune di Bollate"]
    assert Ricognizione.objects.get().aperta

    cliente_di_anna.post(passo(chiamato.ricognizione, "chiudi"), {"comunque": "1"})
    assert Ricognizione.objects.get().chiusa


def test_quella_chiusa_nell_amministrazione_si_legge_soltanto(cliente_di_anna, anna, chiamato):
    chiudi_ricognizione(chiamato.ricognizione, autore=anna)
    indirizzo = reverse("admin:risorse_ricognizione_change", args=[chiamato.ricognizione.pk])

    assert cliente_di_anna.get(indirizzo).status_code == 200
    assert cliente_di_anna.post(indirizzo, {"titolo": "Altro"}).status_code == 403
    elimina = reverse("admin:risorse_ricognizione_delete", args=[chiamato.ricognizione.pk])
    assert cliente_di_anna.post(elimina, {"post": "yes"}).status_code == 403


def test_aprire_vuole_una_conferma_che_dice_a_quanti_si_scrive(
    cliente_di_anna, bruno, comune_di_bollate, django_capture_on_commit_callbacks
):
    ricognizione = RicognizioneFactory(scadenza=DOMANI)
    muto = EnteFactory(denominazione="Ente senza persone")
    for ente in (comune_di_bollate, muto):
        EnteInRicognizioneFactory(ricognizione=ricognizione, ente=ente)

    domanda = cliente_di_anna.post(passo(ricognizione, "apri"))

    assert (domanda.context["con"], domanda.context["senza"]) == ([comune_di_bollate], [muto])
    assert Ricognizione.objects.get().stato == "bozza"
    with django_capture_on_commit_callbacks(execute=True):
        fatto = cliente_di_anna.post(passo(ricognizione, "apri"), {"comunque": "1"}, follow=True)
    assert "abbiamo scritto a un ente su 2." in fatto.content.decode()
    assert [lettera.to for lettera in mail.outbox] == [["bruno@example.org"]]
    assert f"http://testserver/area/ricognizioni/{ricognizione.slug}/" in mail.outbox[0].body


def test_chi_sta_fuori_dal_tavolo_e_non_ha_persone_non_e_chiamato(anna):
    RisorsaFactory(ente=EnteFactory(denominazione="Numero nazionale", ruolo="nessuno"))
    rete = RisorsaFactory(ente=EnteFactory(ruolo="rete")).ente
    ricognizione = RicognizioneFactory()

    assert chiama_enti_con_servizi(ricognizione, autore=anna) == 1
    assert list(ricognizione.enti.all()) == [rete]


def test_i_pulsanti_dicono_che_cosa_non_si_puo(cliente_di_anna, chiamato):
    risposta = cliente_di_anna.post(passo(chiamato.ricognizione, "apri"), follow=True)
    assert "«Apri la ricognizione» non si può fare" in risposta.content.decode()
    assert cliente_di_anna.post(passo(chiamato.ricognizione, "boh")).status_code == 404
