"""The pages of the instances: list and filters, the form that sends one, the thread, what each role may do."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from incontri.models import Istanza
from incontri.servizi.istanze import riapri, rispondi
from tests.factories import (
    EnteFactory,
    IncontroFactory,
    IstanzaFactory,
    MessaggioIstanzaFactory,
    PuntoOdgFactory,
    UtenteFactory,
    VerbaleFactory,
    VoceFactory,
)

ELENCO, NUOVA = reverse("istanze:istanza-list"), reverse("istanze:istanza-create")
CODICE = "RSSMRA80A01F205X"


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def trovate(risposta):
    return [istanza.oggetto for istanza in risposta.context["object_list"]]


@pytest.fixture
def asst(db):
    return EnteFactory(denominazione="ASST Rhodense", nome_breve="", tipo="asst")


@pytest.fixture
def consultorio(asst):
    return EnteFactory(denominazione="Consultorio di Bollate", tipo="unita", padre=asst)


@pytest.fixture
def sara(asst):
    return UtenteFactory(nome="Sara", cognome="Sanità", email="sara@example.org", ente=asst, gruppi=["Referenti"])


@pytest.fixture
def istanza(bruno, consultorio):
    return IstanzaFactory(oggetto="Tempi", mittente=bruno.ente, destinatario=consultorio)


@pytest.fixture
def registro(bruno, senait, consultorio):
    oggi = timezone.localdate()
    IstanzaFactory(oggetto="Tardi", mittente=bruno.ente, destinatario=consultorio, scadenza=oggi - timedelta(days=1))
    IstanzaFactory(oggetto="Presto", destinatario=senait.ente, scadenza=oggi, stato="presa-in-carico")
    IstanzaFactory(oggetto="Senza data", mittente=senait.ente, destinatario=bruno.ente)
    chiusa = IstanzaFactory(oggetto="Vecchia", mittente=bruno.ente, destinatario=senait.ente, stato="chiusa")
    MessaggioIstanzaFactory(istanza=chiusa, testo="Due parole sulle code.")
    MessaggioIstanzaFactory(istanza=chiusa, testo="Ancora sulle code.")


@pytest.mark.parametrize(
    ("filtri", "attese"),
    [
        ({}, ["Tardi", "Presto", "Senza data", "Vecchia"]),
        ({"stato": "inviata"}, ["Tardi", "Senza data"]),
        ({"ritardo": "on"}, ["Tardi"]),
        ({"a": "comune-di-senago"}, ["Presto", "Vecchia"]),
        ({"a": "consultorio-di-bollate"}, ["Tardi"]),
        ({"da": "comune-di-bollate", "stato": "chiusa"}, ["Vecchia"]),
        ({"q": "sulle code"}, ["Vecchia"]),
        ({"q": "PRESTO"}, ["Presto"]),
        ({"q": "niente di simile"}, []),
        ({"stato": "inventato", "page": "99"}, ["Tardi", "Presto", "Senza data", "Vecchia"]),
    ],
)
def test_l_elenco_e_i_suoi_filtri(come, mira, registro, filtri, attese):
    assert trovate(come(mira).get(ELENCO, filtri)) == attese


def test_quante_per_stato_dentro_i_filtri(come, mira, registro):
    stati = come(mira).get(ELENCO, {"da": "comune-di-bollate", "stato": "inviata"}).context["stati"]
    assert [(nome, quante) for _, nome, quante in stati] == [
        ("Tutte", 2),
        ("Inviata", 1),
        ("Presa in carico", 0),
        ("Ha una risposta", 0),
        ("Chiusa", 1),
    ]


def test_elenchi_vuoti(come, bruno, mira):
    assert "chiedila da qui" in parole(come(bruno).get(ELENCO))
    detto = parole(come(mira).get(ELENCO))
    assert ("la leggi qui" in detto, NUOVA in detto) == (True, False)
    assert "Nessuna istanza trovata" in parole(come(mira).get(ELENCO, {"q": "x"}))


@pytest.mark.parametrize("quante", [1, 3])
def test_le_domande_dell_elenco_non_crescono(come, bruno, django_assert_num_queries, quante):
    for numero in range(quante):
        unita = EnteFactory(padre=EnteFactory(), denominazione=f"Unità {numero}")
        IstanzaFactory(mittente=bruno.ente, destinatario=unita)
    cliente = come(bruno)
    with django_assert_num_queries(12):
        cliente.get(ELENCO)


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_domande_della_pagina_non_crescono(come, bruno, istanza, django_assert_num_queries, quanti):
    for _ in range(quanti):
        MessaggioIstanzaFactory(istanza=istanza, ente=EnteFactory(), risposta=True, discussa_in=IncontroFactory())
    cliente = come(bruno)
    with django_assert_num_queries(17):
        cliente.get(istanza.get_absolute_url())


def valori(consultorio, **altro):
    return {"destinatario": consultorio.pk, "oggetto": "Tempi", "testo": "Quanto si aspetta?", "scadenza": ""} | altro


def test_si_invia(come, bruno, consultorio):
    file = [SimpleUploadedFile("a.txt", b"1"), SimpleUploadedFile("b.txt", b"2")]
    risposta = come(bruno).post(NUOVA, valori(consultorio, allegati=file), follow=True)
    inviata = Istanza.objects.get()
    assert (inviata.mittente, inviata.autore, inviata.stato) == (bruno.ente, bruno, "inviata")
    assert [a.nome_file for a in inviata.allegati.all()] == ["a.txt", "b.txt"]
    assert risposta.redirect_chain == [(inviata.get_absolute_url(), 302)]
    assert "Istanza inviata a Consultorio di Bollate." in parole(risposta)


def test_chi_coordina_scrive_per_il_tavolo_gli_altri_per_se(come, anna, bruno, consultorio, senait):
    come(anna).post(NUOVA, valori(consultorio))
    come(bruno).post(NUOVA, valori(consultorio, mittente=senait.ente.pk))
    assert [i.mittente for i in Istanza.objects.order_by("creato")] == [None, bruno.ente]


def test_mandato_due_volte_e_una(come, bruno, consultorio):
    chiave = come(bruno).get(NUOVA).context["form"]["chiave"].value()
    for _ in range(2):
        come(bruno).post(NUOVA, valori(consultorio, chiave=chiave))
    assert [str(i.pk) for i in Istanza.objects.all()] == [str(chiave)]


def test_quello_che_e_scritto_torna(come, bruno, consultorio):
    file = [SimpleUploadedFile("a.txt", b"1"), SimpleUploadedFile("b.pdf", b"2")]
    risposta = come(bruno).post(NUOVA, valori(consultorio, allegati=file, scadenza="2020-01-01"))
    form, detto = risposta.context["form"], parole(risposta)
    assert (form.errors["scadenza"], Istanza.objects.count()) == (["Questo giorno è già passato."], 0)
    assert form.errors["allegati"][0].startswith("«b.pdf»: il contenuto non è quello di un file PDF.")
    assert "I file vanno scelti di nuovo" in detto
    assert ('value="Tempi"' in detto, "Quanto si aspetta?</textarea>" in detto, 'value="2020-01-01"' in detto) == (
        True,
    ) * 3


def test_un_codice_fiscale_non_passa_nemmeno_confermato(come, bruno, consultorio):
    dati = valori(consultorio, testo=f"Per {CODICE.lower()} quanto?", controllato="on")
    risposta = come(bruno).post(NUOVA, dati)
    assert "codice fiscale: toglilo" in risposta.context["form"].errors["testo"][0]
    assert (CODICE.lower() in parole(risposta), Istanza.objects.count()) == (True, 0)


def test_quello_che_sembra_privato_si_conferma(come, bruno, consultorio):
    dati = valori(consultorio, testo="Chiamate il 333 1234567.")
    risposta = come(bruno).post(NUOVA, dati)
    assert "«333 1234567» sembra un numero di telefono" in risposta.context["form"].errors["controllato"][0]
    assert Istanza.objects.count() == 0
    assert come(bruno).post(NUOVA, dati | {"controllato": "on"}).status_code == 302
    assert Istanza.objects.get().testo == "Chiamate il 333 1234567."


def test_non_a_se_stessi(come, bruno):
    risposta = come(bruno).post(NUOVA, valori(bruno.ente))
    assert (list(risposta.context["form"].errors), Istanza.objects.count()) == (["destinatario"], 0)


def test_dalla_voce_del_verbale(come, bruno, senait, consultorio):
    verbale = VerbaleFactory(verbalizzante=bruno)
    voce = VoceFactory(
        punto=PuntoOdgFactory(incontro=verbale.incontro), tipo="istanza", testo="# Chiedere i tempi\n\nDei consultori."
    )
    da_voce = f"{NUOVA}?voce={voce.pk}"
    form = come(bruno).get(da_voce).context["form"]
    assert (form["oggetto"].value(), form["testo"].value()) == ("Chiedere i tempi", voce.testo)
    assert come(senait).get(da_voce).status_code == 404
    assert come(bruno).get(f"{NUOVA}?voce=x").status_code == 404

    come(bruno).post(da_voce, valori(consultorio))
    inviata = Istanza.objects.get()
    assert inviata.voce == voce
    assert come(bruno).get(da_voce)["Location"] == inviata.get_absolute_url()
    ancora = come(bruno).post(da_voce, valori(consultorio, testo="Scritto bene."))
    assert "è già stata inviata" in parole(ancora)
    assert ("Scritto bene." in parole(ancora), Istanza.objects.count()) == (True, 1)


def scrivi(cliente, istanza, testo, azione="messaggio", **altro):
    return cliente.post(istanza.get_absolute_url(), {"testo": testo, "azione": azione} | altro, follow=True)


def test_la_conversazione(come, anna, bruno, sara, istanza):
    assert "Messaggio inviato." in parole(scrivi(come(sara), istanza, "Quale visita?"))
    scrivi(come(bruno), istanza, "La prima.")
    assert "Risposta inviata." in parole(scrivi(come(sara), istanza, "Tre settimane.", "rispondi"))
    istanza.refresh_from_db()
    assert (istanza.stato, istanza.risposta_il is not None) == ("risposta", True)

    detto = come(anna).get(istanza.get_absolute_url())
    fila = [(m.testo, m.risposta, m.ente) for m in detto.context["messaggi"]]
    assert fila == [
        ("Quale visita?", False, sara.ente),
        ("La prima.", False, bruno.ente),
        ("Tre settimane.", True, sara.ente),
    ]
    assert "Risposta di Sara Sanità, ASST Rhodense" in parole(detto)
    assert "finché il Tavolo non ne ha parlato" in parole(detto)


def test_la_risposta_discussa_dice_dove(come, bruno, sara, istanza):
    ottobre = IncontroFactory(titolo="Incontro di ottobre")
    rispondi(istanza, testo="Tre settimane.", autore=sara)
    istanza.messaggi.update(discussa_in=ottobre)
    riapri(istanza, autore=bruno)
    detto = parole(come(bruno).get(istanza.get_absolute_url()))
    assert f'Discussa nell\'incontro <a href="{ottobre.get_absolute_url()}">Incontro di ottobre</a>.' in detto
    assert "finché il Tavolo non ne ha parlato" not in detto


def test_la_seconda_risposta_torna_a_chi_l_ha_scritta(come, anna, sara, istanza):
    pagina = come(sara)
    rispondi(istanza, testo="La prima.", autore=anna)
    risposta = scrivi(pagina, istanza, "La seconda.", "rispondi")
    assert (risposta.status_code, "Quello che hai scritto è ancora qui." in parole(risposta)) == (409, True)
    assert "La seconda.</textarea>" in parole(risposta)
    assert [m.testo for m in istanza.messaggi.all()] == ["La prima."]


def test_un_file_cattivo_non_ferma_le_parole(come, sara, istanza):
    cattivo = SimpleUploadedFile("a.exe", b"MZ")
    risposta = scrivi(come(sara), istanza, "Tre settimane.", "rispondi", allegati=cattivo)
    assert risposta.context["form"].errors["allegati"][0].startswith("«a.exe»: questo tipo di file")
    assert "Tre settimane.</textarea>" in parole(risposta)
    istanza.refresh_from_db()
    assert (istanza.stato, istanza.messaggi.count()) == ("inviata", 0)


def test_nella_risposta_niente_codici_fiscali(come, sara, istanza):
    risposta = scrivi(come(sara), istanza, f"Per {CODICE} tre settimane.", "rispondi")
    assert (next(iter(risposta.context["form"].errors)), istanza.messaggi.count()) == ("testo", 0)


@pytest.mark.parametrize(
    ("chi", "prende", "scrive", "risponde", "chiude"),
    [
        ("mira", 403, 403, 403, 403),
        ("senait", 403, 403, 403, 403),
        ("bruno", 403, 200, 403, 302),
        ("sara", 302, 200, 200, 403),
        ("anna", 302, 200, 200, 302),
    ],
)
def test_che_cosa_fa_ciascuno(request, come, istanza, chi, prende, scrive, risponde, chiude):
    cliente = come(request.getfixturevalue(chi))

    def passa(nome):
        return cliente.post(reverse("istanze:istanza-passaggio", args=[istanza.pk, nome])).status_code

    assert cliente.get(istanza.get_absolute_url()).status_code == 200
    assert passa("prendi-in-carico") == prende
    assert scrivi(cliente, istanza, "Una domanda.").status_code == scrive
    assert scrivi(cliente, istanza, "Ecco.", "rispondi").status_code == risponde
    assert passa("chiudi") == chiude
    assert passa("riapri") == chiude


def tappe(risposta):
    return [(t.nome, t.come) for t in risposta.context["tappe"]]


def test_a_che_punto_e(come, anna, sara, istanza):
    cliente, pagina = come(anna), istanza.get_absolute_url()
    assert tappe(cliente.get(pagina)) == [
        ("Inviata", "ora"),
        ("Presa in carico", "dopo"),
        ("Ha una risposta", "dopo"),
        ("Chiusa", "dopo"),
    ]
    rispondi(istanza, testo="Ecco.", autore=sara)
    assert tappe(cliente.get(pagina)) == [("Inviata", "fatta"), ("Ha una risposta", "ora"), ("Chiusa", "dopo")]
    riapri(istanza, autore=anna)
    dopo = tappe(cliente.get(pagina))
    assert dopo == [("Inviata", "fatta"), ("Presa in carico", "ora"), ("Ha una risposta", "dopo"), ("Chiusa", "dopo")]
    cliente.post(reverse("istanze:istanza-passaggio", args=[istanza.pk, "chiudi"]))
    assert tappe(cliente.get(pagina)) == [("Inviata", "fatta"), ("Presa in carico", "fatta"), ("Chiusa", "ora")]


def test_un_passaggio_che_non_si_puo_lo_dice(come, anna, istanza):
    indirizzo = reverse("istanze:istanza-passaggio", args=[istanza.pk, "riapri"])
    risposta = come(anna).post(indirizzo, follow=True)
    assert [m.level_tag for m in risposta.context["messages"]] == ["error"]
    assert come(anna).post(indirizzo.replace("riapri", "inventato")).status_code == 404


def test_chiusa_non_si_scrive_piu(come, sara, istanza):
    Istanza.objects.update(stato="chiusa")
    assert "form" not in come(sara).get(istanza.get_absolute_url()).context
    risposta = scrivi(come(sara), istanza, "Ancora una cosa.")
    assert risposta.status_code == 409


def test_si_segna_dal_verbale_che_e_stata_discussa(come, bruno, senait, sara, istanza):
    verbale = VerbaleFactory(verbalizzante=bruno)
    PuntoOdgFactory(incontro=verbale.incontro, tipo="istanze", titolo="Risposte alle istanze")
    rispondi(istanza, testo="Ecco.", autore=sara)
    indirizzo = reverse("istanze:istanza-discussa", args=[istanza.pk, verbale.incontro_id])

    assert come(senait).post(indirizzo).status_code == 404
    assert "Fatto: «Tempi»." in parole(come(bruno).post(indirizzo, follow=True))
    assert [list(Istanza.objects.discusse_in(verbale.incontro)), list(Istanza.objects.da_discutere())] == [
        [istanza],
        [],
    ]
    assert "Risposte discusse in questo incontro" in parole(come(bruno).get(verbale.incontro.get_absolute_url()))
    come(bruno).post(indirizzo, {"togli": "1"})
    assert list(Istanza.objects.da_discutere()) == [istanza]
