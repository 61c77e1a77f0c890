"""Pages with which an ente corrects its cards, and those where who coordinates decides."""

import pytest
from django.core import mail
from django.urls import reverse

from risorse.models import PropostaModifica, Risorsa
from risorse.servizi.proposte import annota_bozza
from tests.factories import (
    CategoriaFactory,
    EnteFactory,
    LinguaFactory,
    LinguaParlataFactory,
    PropostaModificaFactory,
    RisorsaFactory,
)

ELENCO = reverse("cura:risorsa-list")


@pytest.fixture
def risorsa(comune_di_bollate, bollate):
    casa = CategoriaFactory(slug="casa", nome="Casa")
    scheda = RisorsaFactory(ente=comune_di_bollate, nome="Sportello", categorie=[casa], comuni=[bollate])
    LinguaParlataFactory(risorsa=scheda, lingua=LinguaFactory(codice="ar", nome="Arabo"))
    return scheda


def inviato(cliente, indirizzo, **cambiati):
    """What a browser sends of the form of a page, with some fields typed over."""
    form = cliente.get(indirizzo).context["form"]
    dati = {}
    for campo in form:
        valore = campo.value()
        if valore is not None and valore is not False and valore != "":
            elenco = isinstance(valore, list | tuple)
            dati[campo.html_name] = [str(getattr(v, "pk", v)) for v in valore] if elenco else str(valore)
    return dati | cambiati


@pytest.fixture
def proponi(risorsa):
    return reverse("cura:proposta-create", args=[risorsa.slug])


def test_solo_quello_che_e_cambiato_diventa_una_proposta_e_la_scheda_resta_com_e(come, bruno, risorsa, proponi):
    cliente = come(bruno)
    cinese = LinguaFactory(codice="zh")
    parlate = [str(p.lingua_id) for p in risorsa.lingue_parlate.all()]
    dati = inviato(
        cliente,
        proponi,
        in_breve="Fa anche altro",
        lingue_personale=[*parlate, str(cinese.pk)],
        altro="Il lunedì si apre alle 10.",
        nota="Da settembre",
    )

    risposta = cliente.post(proponi, dati, follow=True)

    assert risposta.redirect_chain == [(ELENCO, 302)]
    proposta = PropostaModifica.objects.get()
    assert proposta.prima == {"in_breve": "Che cosa fa", "lingue_personale": "ar", "altro": ""}
    assert proposta.dopo.keys() == proposta.prima.keys()
    assert sorted(proposta.dopo["lingue_personale"].split("|")) == ["ar", "zh"]
    assert (proposta.dopo["in_breve"], proposta.dopo["altro"]) == ("Fa anche altro", "Il lunedì si apre alle 10.")
    assert (proposta.autore, proposta.ente, proposta.nota) == (bruno, risorsa.ente, "Da settembre")
    assert Risorsa.objects.get().in_breve == "Che cosa fa"


def test_un_modulo_senza_differenze_torna_indietro(come, bruno, proponi):
    cliente = come(bruno)

    risposta = cliente.post(proponi, inviato(cliente, proponi, nota="Niente"))

    assert risposta.status_code == 200
    assert risposta.context["form"].non_field_errors() == [
        "Non hai cambiato niente: correggi quello che è diverso, oppure torna indietro."
    ]
    assert "Niente" in risposta.content.decode()
    assert PropostaModifica.objects.count() == 0


def test_un_errore_rida_quello_che_era_scritto(come, bruno, risorsa, proponi):
    RisorsaFactory(ente=risorsa.ente, nome="C'è già")
    cliente = come(bruno)

    risposta = cliente.post(
        proponi, inviato(cliente, proponi, nome="C'è già", descrizione="Testo lungo da non perdere")
    )

    assert risposta.status_code == 200
    assert "Questo ente ha già un servizio con questo nome." in risposta.content.decode().replace("&#x27;", "'")
    assert "Testo lungo da non perdere" in risposta.content.decode()


def test_quello_che_altri_cambiano_mentre_scrivo_non_diventa_una_mia_proposta(come, bruno, risorsa, proponi):
    cliente = come(bruno)
    dati = inviato(cliente, proponi, requisiti="Residenza")
    risorsa.in_breve = "Scritto da chi coordina"
    risorsa.save()

    cliente.post(proponi, dati)

    assert PropostaModifica.objects.get().dopo == {"requisiti": "Residenza"}


def test_con_l_accesso_scaduto_il_testo_torna(client, risorsa, proponi):
    risposta = client.post(proponi, {"descrizione": "Testo lungo", "altro": "Nuovi orari"})

    assert risposta.status_code == 403
    assert risposta.context["scritti"] == [("Descrizione", "Testo lungo"), ("Orari, contatti e luoghi", "Nuovi orari")]


def test_il_ritiro_vuole_un_perche(come, bruno, risorsa):
    indirizzo = reverse("cura:ritiro-create", args=[risorsa.slug])
    cliente = come(bruno)

    assert cliente.post(indirizzo, {"nota": " "}).status_code == 200
    assert cliente.post(indirizzo, {"nota": "Finito"})["Location"] == ELENCO
    assert PropostaModifica.objects.values_list("tipo", "nota", "dopo").get() == ("ritiro", "Finito", {})


def test_una_scheda_archiviata_non_si_corregge(come, bruno, comune_di_bollate):
    archiviata = RisorsaFactory(ente=comune_di_bollate, stato="archiviata")

    risposta = come(bruno).get(reverse("cura:proposta-create", args=[archiviata.slug]))

    assert risposta["Location"] == ELENCO


def test_dalla_bozza_alla_revisione(come, bruno, comune_di_bollate):
    cliente, nuovo = come(bruno), reverse("cura:risorsa-create")
    casa, arabo = CategoriaFactory(), LinguaFactory(codice="ar")
    dati = inviato(cliente, nuovo, nome="Doposcuola", in_breve="Compiti", categorie=[str(casa.pk)])
    dati["lingue_mediazione"] = [str(arabo.pk)]
    assert list(cliente.post(nuovo, dati).context["form"].errors) == ["comuni_serviti"]
    dati |= {"area_servita": "ambito", "altro": "Lunedì dalle 15, 02 5550001"}

    risposta = cliente.post(nuovo, dati)

    risorsa = Risorsa.objects.get()
    assert risposta["Location"] == reverse("cura:risorsa-update", args=["doposcuola"])
    assert (risorsa.stato, risorsa.ente, risorsa.autore) == ("bozza", comune_di_bollate, bruno)
    assert risorsa.fonte == "Comunicazione di Comune di Bollate"
    assert list(risorsa.lingue_parlate.values_list("lingua__codice", "con_mediatore")) == [("ar", True)]
    assert risorsa.storia.first().history_user == bruno
    appunto = PropostaModifica.objects.get()
    assert (appunto.dopo, appunto.autore, appunto.aperta) == ({"altro": "Lunedì dalle 15, 02 5550001"}, bruno, True)

    scrivi = risposta["Location"]
    dati = inviato(cliente, scrivi, descrizione="Ogni pomeriggio", lingue_mediazione=[])
    assert dati["altro"] == "Lunedì dalle 15, 02 5550001"
    cliente.post(scrivi, dati | {"altro": "Lunedì dalle 16"})
    assert PropostaModifica.objects.get().dopo == {"altro": "Lunedì dalle 16"}
    risorsa.refresh_from_db()
    assert (risorsa.descrizione, risorsa.lingue_parlate.count()) == ("Ogni pomeriggio", 0)

    risposta = cliente.post(scrivi, inviato(cliente, scrivi, descrizione="Fino alle 18", invia="1"))

    assert risposta["Location"] == ELENCO
    assert Risorsa.objects.values_list("stato", "descrizione").get() == ("in-revisione", "Fino alle 18")


def test_quello_che_l_ente_dice_a_parole_della_bozza_sta_davanti_a_chi_la_pubblica(cliente_di_anna, bruno, risorsa):
    bozza = RisorsaFactory(nome="Nuova", stato="in-revisione")
    scheda = reverse("admin:risorse_risorsa_change", args=[bozza.pk])
    assert "Da decidere o da riportare qui" not in cliente_di_anna.get(scheda).content.decode()

    annota_bozza(bozza, " Lunedì dalle 15 ", autore=bruno)
    letta = cliente_di_anna.get(scheda).content.decode()
    assert "Da decidere o da riportare qui" in letta
    assert f'<p>Lunedì dalle 15<br><a href="{decidi(PropostaModifica.objects.get())}"' in letta

    annota_bozza(bozza, "", autore=bruno)
    assert PropostaModifica.objects.count() == 0


def test_una_seconda_proposta_parte_da_quella_che_aspetta(come, bruno, risorsa, proponi):
    cinese, cliente = LinguaFactory(codice="zh"), come(bruno)
    dopo = {"requisiti": "ISEE", "lingue_personale": "ar|zh", "valida_al": "2027-06-30", "altro": "Lunedì alle 10"}
    PropostaModificaFactory(risorsa=risorsa, autore=bruno, prima={}, dopo=dopo)
    dati = inviato(cliente, proponi)
    assert (dati["requisiti"], dati["valida_al"], dati["altro"]) == ("ISEE", "2027-06-30", "Lunedì alle 10")
    assert str(cinese.pk) in dati["lingue_personale"]
    assert "c'è già una proposta che aspetta" in cliente.get(proponi).content.decode()

    assert "È quello che dice già la proposta" in cliente.post(proponi, dati).content.decode()
    cliente.post(proponi, dati | {"in_breve": "Anche questo"})

    assert PropostaModifica.objects.count() == 2
    assert PropostaModifica.objects.first().dopo == dopo | {"in_breve": "Anche questo"}


def test_un_modulo_mandato_vuoto_dice_in_cima_che_cosa_manca(come, bruno, comune_di_bollate):
    risposta = come(bruno).post(reverse("cura:risorsa-create"), {}).content.decode()

    assert '<a href="#div_id_nome">Nome</a>: ' in risposta
    assert '<a href="#div_id_categorie">Categorie</a>: ' in risposta
    assert 'id="div_id_nome"' in risposta
    assert 'id="div_id_categorie"' in risposta


def test_gli_elenchi_lunghi_sono_chiusi_e_dicono_che_cosa_e_segnato(come, bruno, proponi):
    letta = " ".join(come(bruno).get(proponi).content.decode().split())

    assert "<strong>Categorie</strong>:&nbsp;Casa" in letta
    assert "<strong>Lingue che parla chi ci lavora</strong>:&nbsp;Arabo" in letta


def test_mandare_una_bozza_con_un_errore_non_perde_quello_che_si_scriveva(come, bruno, comune_di_bollate):
    bozza = RisorsaFactory(ente=comune_di_bollate, stato="bozza", categorie=[CategoriaFactory()])
    scrivi, cliente = reverse("cura:risorsa-update", args=[bozza.slug]), come(bruno)

    risposta = cliente.post(scrivi, inviato(cliente, scrivi, in_breve="", descrizione="Appena scritto", invia="1"))

    assert (risposta.status_code, Risorsa.objects.get().stato) == (200, "bozza")
    assert "Appena scritto" in risposta.content.decode()


def test_non_si_scrive_una_bozza_per_un_altro_ente(come, bruno, comune_di_senago):
    cliente, nuovo = come(bruno), reverse("cura:risorsa-create")
    dati = inviato(cliente, nuovo, nome="X", in_breve="Y", categorie=[str(CategoriaFactory().pk)])
    dati["area_servita"] = "ambito"

    risposta = cliente.post(nuovo, dati | {"ente": str(comune_di_senago.pk)})

    assert list(risposta.context["form"].errors) == ["ente"]
    assert Risorsa.objects.count() == 0


def test_due_sulla_stessa_bozza_chi_arriva_secondo_vede_i_due_testi(come, bruno, comune_di_bollate):
    bozza = RisorsaFactory(ente=comune_di_bollate, stato="bozza", area_servita="ambito", categorie=[CategoriaFactory()])
    scrivi = reverse("cura:risorsa-update", args=[bozza.slug])
    cliente = come(bruno)
    dati = inviato(cliente, scrivi, in_breve="Il mio testo")
    bozza.in_breve = "Il testo di un'altra persona"
    bozza.save()

    risposta = cliente.post(scrivi, dati)

    assert risposta.status_code == 409
    assert risposta.context["confronto"] == [("In breve", "Il testo di un'altra persona", "Il mio testo")]
    assert Risorsa.objects.get().in_breve == "Il testo di un'altra persona"
    cliente.post(scrivi, inviato_da(risposta.context["form"]))
    assert Risorsa.objects.get().in_breve == "Il mio testo"


def inviato_da(form):
    return {nome: form.data.getlist(nome) for nome in form.data}


def test_l_ente_capofila_corregge_le_schede_delle_sue_unita_e_non_il_contrario(come, bruno, comune_di_bollate):
    unita = RisorsaFactory(ente=EnteFactory(tipo="unita", padre=comune_di_bollate), stato="bozza")
    altra = RisorsaFactory(ente=EnteFactory(), stato="bozza")
    cliente = come(bruno)

    assert cliente.get(reverse("cura:risorsa-update", args=[unita.slug])).status_code == 200
    assert cliente.get(reverse("cura:risorsa-update", args=[altra.slug])).status_code == 404
    assert list(cliente.get(ELENCO).context["object_list"]) == [unita]


def test_l_elenco_di_chi_coordina_e_di_chi_media(come, anna, mira, bruno, risorsa):
    altra = RisorsaFactory(nome="Altra")

    assert set(come(anna).get(ELENCO).context["object_list"]) == {risorsa, altra}
    assert list(come(anna).get(ELENCO, {"q": "altra"}).context["object_list"]) == [altra]
    assert list(come(mira).get(ELENCO).context["object_list"]) == []


@pytest.mark.parametrize("quanti", [1, 30])
def test_interrogazioni_costanti_dell_elenco(come, bruno, comune_di_bollate, django_assert_num_queries, quanti):
    for _ in range(quanti):
        PropostaModificaFactory(risorsa=RisorsaFactory(ente=comune_di_bollate), autore=bruno)
    cliente = come(bruno)

    with django_assert_num_queries(12):
        cliente.get(ELENCO)


# The back office


@pytest.fixture
def cliente_di_anna(come, anna, settings):
    settings.MFA_PER_AMMINISTRARE = False
    return come(anna)


def decidi(proposta):
    return reverse("admin:risorse_propostamodifica_change", args=[proposta.pk])


def test_chi_coordina_accoglie_i_campi_scelti_e_chi_ha_proposto_lo_sa(
    cliente_di_anna, bruno, risorsa, django_capture_on_commit_callbacks
):
    testi = {"in_breve": "Nuovo", "requisiti": "ISEE"}
    proposta = PropostaModificaFactory(
        risorsa=risorsa, autore=bruno, prima={"in_breve": "Che cosa fa", "requisiti": ""}, dopo=testi
    )
    pagina = cliente_di_anna.get(decidi(proposta))
    assert pagina.context["scelti"] == ["in_breve", "requisiti"]
    assert "<del>Che cosa fa</del>" in pagina.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        risposta = cliente_di_anna.post(decidi(proposta), {"campi": ["in_breve"], "accogli": "1"})

    assert risposta["Location"] == reverse("admin:risorse_propostamodifica_changelist")
    assert Risorsa.objects.values_list("in_breve", "requisiti").get() == ("Nuovo", "")
    assert [lettera.to for lettera in mail.outbox] == [["bruno@example.org"]]


def test_quello_che_si_riporta_a_mano_non_e_segnato_da_se_e_l_esito_lo_dice(
    cliente_di_anna, bruno, risorsa, django_capture_on_commit_callbacks
):
    dopo = {"in_breve": "Nuovo", "altro": "Il lunedì alle 10"}
    proposta = PropostaModificaFactory(
        risorsa=risorsa, autore=bruno, prima={"in_breve": "Che cosa fa", "altro": ""}, dopo=dopo
    )
    pagina = cliente_di_anna.get(decidi(proposta))
    assert pagina.context["scelti"] == ["in_breve"]
    assert "L'ho riportato nella scheda" in pagina.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        cliente_di_anna.post(decidi(proposta), {"campi": ["in_breve"], "accogli": "1"})

    (lettera,) = mail.outbox
    assert "Sono ora nella scheda: in breve.\n" in lettera.body
    assert "Da riportare a mano nella scheda: orari, contatti e luoghi." in lettera.body
    assert f"http://testserver/area/servizi/proposte/{proposta.pk}/" in lettera.body
    letta = cliente_di_anna.get(reverse("cura:proposta-detail", args=[proposta.pk])).content.decode()
    assert "da riportare a mano" in letta


def test_accogliere_solo_parole_vuole_che_siano_riportate(cliente_di_anna, risorsa):
    proposta = PropostaModificaFactory(risorsa=risorsa, prima={"altro": ""}, dopo={"altro": "Il lunedì alle 10"})

    pagina = cliente_di_anna.post(decidi(proposta), {"accogli": "1"})
    assert "Riporta nella scheda quello che c'è scritto" in pagina.content.decode().replace("&#x27;", "'")

    cliente_di_anna.post(decidi(proposta), {"accogli": "1", "campi": ["altro"]})
    letta = cliente_di_anna.get(reverse("cura:proposta-detail", args=[proposta.pk])).content.decode()
    assert "riportato nella scheda" in letta


def test_un_campo_cambiato_nel_frattempo_non_e_scelto_da_se(cliente_di_anna, risorsa):
    proposta = PropostaModificaFactory(risorsa=risorsa, prima={"in_breve": "Com'era"}, dopo={"in_breve": "Nuovo"})

    pagina = cliente_di_anna.get(decidi(proposta))

    assert (pagina.context["scelti"], pagina.context["cambiata"]) == ([], True)
    assert "la scheda è cambiata" in pagina.content.decode()


def test_respingere_senza_motivo_rida_la_pagina_com_era(cliente_di_anna, risorsa):
    proposta = PropostaModificaFactory(risorsa=risorsa)

    pagina = cliente_di_anna.post(decidi(proposta), {"respingi": "1", "motivazione": "", "campi": ["in_breve"]})

    assert (pagina.status_code, pagina.context["scelti"]) == (200, ["in_breve"])
    assert "Scrivi perché la respingi" in pagina.content.decode()


def test_chi_decide_secondo_legge_che_e_gia_decisa(cliente_di_anna, bruno, risorsa):
    proposta = PropostaModificaFactory(risorsa=risorsa)
    cliente_di_anna.post(decidi(proposta), {"respingi": "1", "motivazione": "No"})

    pagina = cliente_di_anna.post(decidi(proposta), {"accogli": "1", "campi": ["in_breve"]})

    assert "lo stato è «Respinta»" in pagina.content.decode()
    assert Risorsa.objects.get().in_breve == "Che cosa fa"


@pytest.mark.parametrize("quanti", [1, 17])
def test_interrogazioni_costanti_della_decisione(cliente_di_anna, risorsa, django_assert_num_queries, quanti):
    nomi = [
        "nome", "in_breve", "descrizione", "tipo", "requisiti", "eta_minima", "eta_massima", "costo", "costo_nota",
        "valida_dal", "valida_al", "area_servita", "aperta_nei_festivi", "altro",
    ]  # fmt: skip
    proposta = PropostaModificaFactory(risorsa=risorsa, prima={}, dopo=dict.fromkeys(nomi[:quanti], ""))
    cliente_di_anna.get(decidi(proposta))

    with django_assert_num_queries(14):
        cliente_di_anna.get(decidi(proposta))
