"""The pages of the needs: list, form, states, merging, searches; two people at once; nothing typed is lost."""

import pytest
from django.urls import reverse

from incontri.models import Bisogno
from risorse.models import RicercaVuota
from tests.factories import (
    BisognoFactory,
    CategoriaFactory,
    DestinatariFactory,
    EvidenzaFactory,
    IncontroFactory,
    OrigineBisognoFactory,
    PuntoOdgFactory,
    RisorsaFactory,
    SegnalazioneFactory,
    TemaFactory,
    VerbaleFactory,
    VoceFactory,
)

ELENCO, RICERCHE = reverse("bisogni:bisogno-list"), reverse("bisogni:ricerca-list")
NUOVO = reverse("bisogni:bisogno-create")
CODICE = "RSSMRA80A01F205X"


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def su(nome, bisogno, *altro):
    return reverse(f"bisogni:{nome}", args=[bisogno.pk, *altro])


@pytest.fixture
def tema(db):
    return TemaFactory(nome="Mediazione", slug="mediazione")


@pytest.fixture
def bisogno(tema, bruno):
    return BisognoFactory(titolo="Mediazione attivata tardi", descrizione="Settimane.", tema=tema, autore=bruno)


@pytest.fixture
def valori(tema):
    return {"titolo": "Orari impossibili", "descrizione": "Chi lavora non arriva.", "tema": tema.pk, "nota": "A voce."}


def voce_di(stato, verbalizzante, **altro):
    punto = PuntoOdgFactory(incontro=IncontroFactory(titolo="Incontro di ottobre"))
    VerbaleFactory(incontro=punto.incontro, verbalizzante=verbalizzante, stato=stato)
    return VoceFactory(punto=punto, **{"tipo": "criticita", "testo": "## Gli orari\n\nChi lavora non arriva."} | altro)


# --- List ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("filtri", "attesi"),
    [
        ({}, ["Di tutti", "Mediazione attivata tardi", "Orari"]),
        ({"stato": "superato"}, ["Vecchio"]),
        ({"stato": "uniti"}, ["Doppio"]),
        ({"stato": "tutti"}, ["Di tutti", "Doppio", "Mediazione attivata tardi", "Orari", "Vecchio"]),
        ({"comune": "bollate"}, ["Di tutti", "Mediazione attivata tardi", "Orari"]),
        ({"comune": "senago"}, ["Di tutti", "Mediazione attivata tardi"]),
        ({"per": "lavoratori"}, ["Orari"]),
        ({"tema": "mediazione", "q": "SETTIMANE tardi"}, ["Mediazione attivata tardi"]),
        ({"q": "niente"}, []),
        ({"stato": "inventato", "page": "99"}, ["Di tutti", "Mediazione attivata tardi", "Orari"]),
    ],
)
def test_elenco_e_filtri(filtri, attesi, come, mira, bisogno, tema, bollate, senago):
    chi = DestinatariFactory(nome="Chi lavora", slug="lavoratori")
    BisognoFactory(titolo="Orari", tema=tema, comuni=[bollate], destinatari=[chi], stato="prioritario")
    BisognoFactory(titolo="Di tutti", tema=tema)
    BisognoFactory(titolo="Vecchio", tema=tema, stato="superato", comuni=[senago])
    BisognoFactory(titolo="Doppio", tema=tema, unito_a=bisogno, comuni=[senago])
    for comune in (bollate, senago):
        comune.nell_ambito = True
        comune.save()
    trovati = come(mira).get(ELENCO, filtri).context["object_list"]
    assert [b.titolo for b in trovati] == attesi


@pytest.mark.parametrize("quanti", [1, 3])
def test_elenco_in_interrogazioni_costanti(quanti, come, bruno, tema, bollate, django_assert_num_queries):
    for _ in range(quanti):
        EvidenzaFactory(bisogno=BisognoFactory(tema=tema, comuni=[bollate], destinatari=[DestinatariFactory()]))
    cliente = come(bruno)
    cliente.get(ELENCO)
    with django_assert_num_queries(16):
        assert len(cliente.get(ELENCO).context["object_list"]) == quanti


def test_lelenco_vuoto_dice_che_cosa_fare(come, bruno, mira, db):
    assert "Puoi anche scriverne uno qui" in parole(come(bruno).get(ELENCO))
    assert "Quando il Tavolo ne scrive uno" in parole(come(mira).get(ELENCO))


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_in_interrogazioni_costanti(quante, come, anna, bisogno, bollate, django_assert_num_queries):
    for _ in range(quante):
        EvidenzaFactory(bisogno=bisogno, comune=bollate)
        voce = voce_di("condiviso", anna)
        OrigineBisognoFactory(bisogno=bisogno, tipo="verbale", voce=voce)
        BisognoFactory(unito_a=bisogno)
    cliente = come(anna)
    cliente.get(bisogno.get_absolute_url())
    with django_assert_num_queries(30):
        cliente.get(bisogno.get_absolute_url())


# --- A new one -----------------------------------------------------------------------------------------------------------
def test_si_scrive_con_le_sue_parole_e_la_sua_origine(come, bruno, valori, bollate):
    bollate.nell_ambito = True
    bollate.save()
    categoria = CategoriaFactory()
    risposta = come(bruno).post(NUOVO, valori | {"comuni": [bollate.pk], "categorie": [categoria.pk]})
    nato = Bisogno.objects.get()
    assert (risposta.status_code, risposta["Location"]) == (302, nato.get_absolute_url())
    assert (nato.titolo, list(nato.comuni.all()), list(nato.categorie.all())) == (
        "Orari impossibili",
        [bollate],
        [categoria],
    )
    assert (nato.autore, nato.origini.get().nota, nato.origini.get().tipo) == (bruno, "A voce.", "a-mano")


def test_se_ce_gia_qualcosa_di_simile_lo_mostra_e_non_perde_niente(come, bruno, bisogno, valori):
    valori["titolo"] = "La mediazione si attiva tardi"
    risposta = come(bruno).post(NUOVO, valori)
    assert (risposta.status_code, Bisogno.objects.count()) == (200, 1)
    assert [b.pk for b in risposta.context["form"].simili] == [bisogno.pk]
    assert "Chi lavora non arriva." in parole(risposta)
    assert come(bruno).post(NUOVO, valori | {"diverso": "on"}).status_code == 302
    assert Bisogno.objects.count() == 2


def test_chi_riconosce_quello_che_ce_gia_vi_scrive_da_dove_viene(come, bruno, bisogno, valori):
    risposta = come(bruno).post(NUOVO, valori | {"titolo": "La mediazione si attiva tardi", "gia": bisogno.pk})
    assert risposta["Location"] == f"{bisogno.get_absolute_url()}#origini"
    assert (
        Bisogno.objects.get().origini.get().nota == "A voce.\n\nLa mediazione si attiva tardi\n\nChi lavora non arriva."
    )


def test_chi_non_ha_scritto_niente_non_aggiunge_niente(come, bruno, bisogno):
    risposta = come(bruno).post(NUOVO, {"gia": bisogno.pk})
    assert (risposta.status_code, bisogno.origini.count()) == (200, 0)


@pytest.mark.parametrize("gia", [False, True])
def test_un_codice_fiscale_non_entra(gia, come, bruno, bisogno, valori):
    valori["descrizione"] = f"Il caso di {CODICE}."
    risposta = come(bruno).post(NUOVO, valori | ({"gia": bisogno.pk} if gia else {}))
    assert (risposta.status_code, Bisogno.objects.count(), bisogno.origini.count()) == (200, 1, 0)
    assert "Qui c&#x27;è un codice fiscale" in parole(risposta)


def test_cio_che_sembra_una_persona_chiede_di_guardare_meglio(come, bruno, valori):
    valori["nota"] = "Lo dice la signora Rossi."
    risposta = come(bruno).post(NUOVO, valori)
    assert "Non l&#x27;abbiamo ancora salvato." in parole(risposta)
    assert come(bruno).post(NUOVO, valori | {"controllato": "on"}).status_code == 302


# --- From where it was heard ---------------------------------------------------------------------------------------------
def test_da_una_voce_arrivano_le_sue_parole(come, senait, bruno, tema):
    voce = voce_di("condiviso", bruno)
    voce.punto.incontro.temi.add(tema)
    indirizzo = f"{NUOVO}?voce={voce.pk}"
    form = come(senait).get(indirizzo).context["form"]
    assert (form["titolo"].value(), form["descrizione"].value(), form["tema"].value()) == (
        "Gli orari",
        voce.testo,
        tema.pk,
    )
    come(senait).post(indirizzo, {"titolo": "Gli orari", "descrizione": "Chi lavora.", "tema": tema.pk, "nota": ""})
    nato = Bisogno.objects.get()
    assert (nato.origini.get().voce, nato.origini.get().tipo) == (voce, "verbale")
    assert "già nato" in parole(come(senait).get(indirizzo))
    verbale = parole(come(senait).get(reverse("incontri:verbale-detail", args=[voce.punto.incontro_id])))
    assert f'<a href="{nato.get_absolute_url()}">Gli orari</a>' in verbale
    assert f"?voce={voce.pk}" in verbale
    assert "Bisogni nati qui" in parole(come(senait).get(voce.punto.incontro.get_absolute_url()))


@pytest.mark.parametrize("stato", ["bozza", "condiviso"])
def test_la_voce_di_una_bozza_non_si_porta_da_nessuna_parte(stato, come, bruno, mira):
    voce = voce_di(stato, bruno)
    assert come(bruno).get(f"{NUOVO}?voce={voce.pk}").status_code == (404 if stato == "bozza" else 200)
    assert come(bruno).get(f"{NUOVO}?voce=inventata").status_code == 404
    pagina = parole(come(bruno).get(reverse("incontri:verbale-detail", args=[voce.punto.incontro_id])))
    assert ("Porta fra i bisogni" in pagina) == (stato != "bozza")


def test_le_parole_di_un_verbale_le_legge_chi_legge_il_verbale(come, bruno, mira, bisogno):
    voce = voce_di("condiviso", bruno, testo="Parole del verbale.")
    OrigineBisognoFactory(bisogno=bisogno, tipo="verbale", voce=voce)
    letti = ["Parole del verbale." in parole(come(uno).get(bisogno.get_absolute_url())) for uno in (bruno, mira)]
    assert letti == [True, False]


def test_da_una_segnalazione_sul_proprio_ente(come, bruno, senait, tema):
    risorsa = RisorsaFactory(ente=bruno.ente)
    segnalazione = SegnalazioneFactory(risorsa=risorsa, testo="Al telefono nessuno parla inglese.")
    indirizzo = f"{NUOVO}?segnalazione={segnalazione.pk}"
    assert come(senait).get(indirizzo).status_code == 404
    assert come(bruno).get(indirizzo).context["form"]["descrizione"].value() == segnalazione.testo
    come(bruno).post(indirizzo, {"titolo": "Nessuno parla inglese", "tema": tema.pk})
    assert Bisogno.objects.get().origini.get().segnalazione == segnalazione
    assert indirizzo.replace(NUOVO, "") in parole(come(bruno).get(reverse("cura:segnalazione-list")))


def test_dalle_ricerche_senza_risultato(come, anna, bruno, tema):
    for lingua, comune, quante in (("it", "Bollate", 3), ("en", "", 2)):
        RicercaVuota.objects.create(testo="dentista", lingua=lingua, comune=comune, quante=quante)
    assert come(bruno).get(f"{NUOVO}?ricerca=dentista").status_code == 404
    (riga,) = come(anna).get(RICERCHE).context["righe"]
    assert (riga["testo"], riga["volte"], riga["lingue"], riga["comuni"], riga["bisogno"]) == (
        *("dentista", 5, "en, it", "Bollate"),
        None,
    )
    come(anna).post(f"{NUOVO}?ricerca=dentista", {"titolo": "Dentista per chi ha poco", "tema": tema.pk})
    origine = Bisogno.objects.get().origini.get()
    assert (origine.tipo, origine.parole, origine.quante) == ("ricerche", "dentista", 5)
    assert come(anna).get(RICERCHE).context["righe"][0]["bisogno"] == origine.bisogno
    assert come(anna).get(f"{NUOVO}?ricerca=altro").status_code == 404


# --- Two people at once --------------------------------------------------------------------------------------------------
def test_chi_salva_secondo_trova_i_due_testi(come, bruno, bisogno, tema):
    modifica = su("bisogno-update", bisogno)
    timbro = come(bruno).get(modifica).context["form"]["timbro"].value()
    bisogno.titolo = "Cambiato da altri"
    bisogno.save()
    dati = {"titolo": "Mio", "descrizione": "Mie parole.", "tema": tema.pk, "timbro": timbro}
    risposta = come(bruno).post(modifica, dati)
    bisogno.refresh_from_db()
    assert (risposta.status_code, bisogno.titolo) == (409, "Cambiato da altri")
    assert ("Il bisogno, in una riga", "Cambiato da altri", "Mio") in risposta.context["confronto"]
    nuovo = risposta.context["form"]["timbro"].value()
    assert come(bruno).post(modifica, dati | {"timbro": nuovo}).status_code == 302
    bisogno.refresh_from_db()
    assert bisogno.titolo == "Mio"


def test_i_campi_non_mandati_restano(come, bruno, bisogno):
    modifica = su("bisogno-update", bisogno)
    timbro = come(bruno).get(modifica).context["form"]["timbro"].value()
    come(bruno).post(modifica, {"titolo": "Altro titolo", "timbro": timbro})
    bisogno.refresh_from_db()
    assert (bisogno.titolo, bisogno.descrizione) == ("Altro titolo", "Settimane.")


def test_laccesso_scaduto_restituisce_il_testo(client, bisogno):
    risposta = client.post(su("evidenza-create", bisogno), {"testo": "Quaranta famiglie", "fonte": "Sportelli"})
    assert risposta.status_code == 403
    assert [s for _, s in risposta.context["scritti"]] == ["Quaranta famiglie", "Sportelli"]


# --- States and merging --------------------------------------------------------------------------------------------------
def test_i_passaggi_sono_di_chi_coordina(come, anna, bruno, bisogno):
    pagine = {uno: parole(come(uno).get(bisogno.get_absolute_url())) for uno in (anna, bruno)}
    assert ["Prendi in analisi" in pagine[uno] for uno in (anna, bruno)] == [True, False]
    analizza = su("bisogno-passaggio", bisogno, "analizza")
    come(anna).post(analizza, {"motivo": "Lo chiedono tre enti"})
    assert Bisogno.objects.get().stato == "in-analisi"
    # Somebody else was first.
    assert "non si può fare" in parole(come(anna).get(analizza, follow=True))
    risposta = come(anna).post(analizza, {"motivo": "Di nuovo"})
    assert (risposta.status_code, risposta.context["form"]["motivo"].value()) == (409, "Di nuovo")


def test_superare_vuole_un_motivo(come, anna, bisogno):
    supera = su("bisogno-passaggio", bisogno, "supera")
    assert come(anna).post(supera, {"motivo": " "}).status_code == 200
    assert "Ora c&#x27;è la procedura" in parole(
        come(anna).post(supera, {"motivo": "Ora c'è la procedura"}, follow=True)
    )


def test_un_doppio_si_confronta_si_unisce_e_si_separa(come, anna, bisogno):
    doppio = BisognoFactory(titolo="La mediazione si attiva tardi")
    EvidenzaFactory(bisogno=doppio)
    unisci = su("bisogno-unisci", doppio)
    assert "Confronta con «Mediazione attivata tardi»" in parole(come(anna).get(unisci))
    assert "non si sommano" in parole(come(anna).get(unisci, {"con": bisogno.slug}))
    come(anna).post(f"{unisci}?con={bisogno.slug}", {"motivo": "Lo stesso", "anche_insiemi": "on"})
    pagina = parole(come(anna).get(doppio.get_absolute_url()))
    assert f'Unito a <a href="{bisogno.get_absolute_url()}">Mediazione attivata tardi</a>' in pagina
    assert bisogno.evidenze.count() == 1
    risposta = come(anna).post(f"{unisci}?con={bisogno.slug}", {"motivo": "Ancora"})
    assert (risposta.status_code, risposta.context["form"]["motivo"].value()) == (409, "Ancora")
    come(anna).post(su("bisogno-separa", doppio), {"motivo": "Sono famiglie diverse"})
    doppio.refresh_from_db()
    assert (doppio.unito_a, doppio.evidenze.count()) == (None, 1)


def test_senza_quello_che_resta_non_si_unisce(come, anna, bisogno):
    risposta = come(anna).post(su("bisogno-unisci", bisogno), {"motivo": "Lo stesso"})
    assert (risposta.status_code, risposta.context["form"]["motivo"].value()) == (200, "Lo stesso")


# --- Services ------------------------------------------------------------------------------------------------------------
def test_un_servizio_si_collega_e_si_toglie(come, bruno, bisogno):
    risorsa = RisorsaFactory(nome="Sportello mediazione", ente=bruno.ente)
    pagina = su("servizio-list", bisogno)
    assert come(bruno).get(pagina, {"q": "sportello"}).context["trovati"] == [risorsa]
    for nome, attesi in (("collega", [risorsa]), ("scollega", [])):
        come(bruno).post(su("servizio-collega", bisogno, nome), {"servizio": risorsa.pk})
        assert list(bisogno.risorse.all()) == attesi
    assert come(bruno).post(su("servizio-collega", bisogno, "inventa"), {}).status_code == 404
    assert bisogno.storia.first().history_user == bruno


# --- The dashboard -------------------------------------------------------------------------------------------------------
def test_chi_coordina_trova_i_proposti_nella_sua_area(come, anna, bruno, bisogno):
    BisognoFactory(esempio=True)
    pagine = [parole(come(uno).get(reverse("area"))) for uno in (anna, bruno)]
    assert ["Un bisogno da analizzare" in pagina for pagina in pagine] == [True, False]
