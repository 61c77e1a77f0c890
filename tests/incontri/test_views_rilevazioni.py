"""The pages of the scoring rounds: preparing one, voting, reading what came of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Rilevazione, Voto, VotoComune
from incontri.servizi.rilevazioni.turni import passa
from tests.factories import BisognoFactory, ComuneFactory, EnteFactory, RilevazioneFactory, VoceFactory, VotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bisogni(db):
    return [BisognoFactory(titolo=f"Bisogno {lettera}") for lettera in "AB"]


@pytest.fixture
def aperta(bisogni, anna, bruno, senait, bollate):
    bollate.nell_ambito = True
    bollate.save()
    rilevazione = RilevazioneFactory(titolo="Autunno", bisogni=bisogni, enti=[bruno.ente, senait.ente])
    passa(rilevazione, "apri", entro=timezone.localdate() + timedelta(days=9), autore=anna)
    return rilevazione


def voto(rilevazione, bisogno):
    return reverse("rilevazioni:voto-update", args=[rilevazione.pk, bisogno.pk])


def test_si_prepara_si_apre_e_gli_enti_lo_sanno(
    come, anna, bruno, senait, bisogni, mailoutbox, django_capture_on_commit_callbacks
):
    senait.ente.ruolo = "aderente"
    senait.ente.save()
    dati = {
        "titolo": "Autunno",
        "presentazione": "Per decidere.",
        "enti": [bruno.ente.pk, senait.ente.pk],
        "bisogni": [b.pk for b in bisogni],
    }
    risposta = come(anna).post(reverse("rilevazioni:rilevazione-create"), dati)
    assert risposta.status_code == 302, risposta.context["form"].errors
    rilevazione = Rilevazione.objects.get()
    assert [r.bisogno for r in rilevazione.in_ordine.all()] == bisogni
    assert (set(rilevazione.enti.all()), rilevazione.autore) == ({bruno.ente, senait.ente}, anna)

    giorno = timezone.localdate() + timedelta(days=5)
    with django_capture_on_commit_callbacks(execute=True):
        come(anna).post(reverse("rilevazioni:turno", args=[rilevazione.pk, "apri"]), {"entro": giorno.isoformat()})
    rilevazione.refresh_from_db()
    assert (rilevazione.stato, rilevazione.entro) == ("primo-turno", giorno)
    assert sorted(m.to for m in mailoutbox) == [[bruno.email], [senait.email]]


def test_un_giorno_passato_torna_indietro(come, anna, bruno, bisogni):
    rilevazione = RilevazioneFactory(bisogni=bisogni, enti=[bruno.ente])
    risposta = come(anna).post(reverse("rilevazioni:turno", args=[rilevazione.pk, "apri"]), {"entro": "2020-01-01"})
    assert risposta.context["form"].errors == {"entro": ["Scegli un giorno da oggi in poi."]}
    rilevazione.refresh_from_db()
    assert rilevazione.stato == "bozza"


def test_il_giorno_si_sposta_a_votazione_aperta(come, anna, aperta):
    pagina = reverse("rilevazioni:rilevazione-update", args=[aperta.pk])
    Rilevazione.objects.filter(pk=aperta.pk).update(entro=timezone.localdate() - timedelta(days=1))
    form = come(anna).get(pagina).context["form"]
    assert sorted(form.fields) == ["entro", "presentazione", "timbro", "titolo"]
    dati = {"titolo": "Autunno", "presentazione": "", "timbro": form["timbro"].value()}

    risposta = come(anna).post(pagina, dati | {"entro": "2020-01-01"})
    assert risposta.context["form"].errors == {"entro": ["Scegli un giorno da oggi in poi."]}

    oggi = timezone.localdate()
    assert come(anna).post(pagina, dati | {"entro": oggi.isoformat()}).status_code == 302
    aperta.refresh_from_db()
    assert (aperta.entro, aperta.si_vota) == (oggi, True)


def test_due_che_preparano_insieme(come, anna, superutente, bisogni):
    rilevazione = RilevazioneFactory(titolo="Prima", bisogni=bisogni)
    pagina = reverse("rilevazioni:rilevazione-update", args=[rilevazione.pk])
    vista = come(anna).get(pagina).context["form"]["timbro"].value()
    dati = {"titolo": "Seconda", "presentazione": "", "bisogni": [bisogni[0].pk]}
    come(superutente).post(pagina, dati | {"timbro": vista})

    risposta = come(anna).post(pagina, dati | {"titolo": "Terza", "timbro": vista})

    assert (risposta.status_code, risposta.context["form"]["titolo"].value()) == (409, "Terza")
    rilevazione.refresh_from_db()
    assert rilevazione.titolo == "Seconda"
    assert come(anna).post(pagina, dati | {"titolo": "Terza", "timbro": risposta.context["form"]["timbro"].value()})
    rilevazione.refresh_from_db()
    assert rilevazione.titolo == "Terza"


def test_si_vota_un_bisogno_dopo_l_altro(come, bruno, aperta, bisogni, bollate):
    primo = come(bruno).post(
        voto(aperta, bisogni[0]),
        {"gravita": "4", "equita": "non-so", "motivo": "Lo vediamo.", "comune-bollate": "5"},
    )
    assert primo.url == voto(aperta, bisogni[1])
    secondo = come(bruno).post(voto(aperta, bisogni[1]), {"gravita": "non-so", "equita": "2"})
    assert secondo.url == aperta.get_absolute_url()

    salvati = list(Voto.objects.order_by("bisogno__titolo").values_list("gravita", "equita", "motivo", "autore"))
    assert salvati == [(4, None, "Lo vediamo.", bruno.pk), (None, 2, "", bruno.pk)]
    comuni = VotoComune.objects.order_by("voto__bisogno__titolo").values_list("comune__slug", "gravita")
    assert list(comuni) == [("bollate", 5), ("bollate", None)]


def test_senza_risposta_niente_si_salva_e_niente_si_perde(come, bruno, aperta, bisogni):
    risposta = come(bruno).post(voto(aperta, bisogni[0]), {"equita": "3", "motivo": "Con calma."})

    assert risposta.context["form"].errors == {"gravita": ["Scegli un numero, oppure «Non so»."]}
    assert risposta.context["form"]["motivo"].value() == "Con calma."
    assert Voto.objects.count() == 0


def test_il_caso_di_una_persona_non_si_scrive(come, bruno, aperta, bisogni):
    dati = {"gravita": "3", "equita": "3", "motivo": "Il signor RSSMRA80A01F205X aspetta."}
    risposta = come(bruno).post(voto(aperta, bisogni[0]), dati)
    assert "codice fiscale" in risposta.context["form"].errors["motivo"][0]
    assert Voto.objects.count() == 0


def test_due_colleghi_insieme_trovano_i_due_voti(come, bruno, aperta, bisogni):
    dati = {"gravita": "2", "equita": "2", "motivo": "Il mio.", "versione": ""}
    VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=bruno.ente, gravita=5, equita=2, motivo="Il suo.")

    risposta = come(bruno).post(voto(aperta, bisogni[0]), dati)

    assert risposta.status_code == 409
    assert risposta.context["confronto"] == [
        ("Quanto è grave", "5, critica: non può aspettare", "2, lieve: comincia a farsi sentire"),
        ("Perché", "Il suo.", "Il mio."),
    ]
    form = risposta.context["form"]
    assert (form["motivo"].value(), Voto.objects.get().motivo) == ("Il mio.", "Il suo.")
    come(bruno).post(voto(aperta, bisogni[0]), dati | {"versione": form["versione"].value()})
    assert Voto.objects.get().motivo == "Il mio."


def test_chiuso_intanto_il_testo_torna_indietro(come, anna, bruno, aperta, bisogni):
    VotoFactory(rilevazione=aperta, bisogno=bisogni[1], ente=bruno.ente)
    passa(aperta, "chiudi-primo", autore=anna)
    risposta = come(bruno).post(voto(aperta, bisogni[0]), {"gravita": "2", "equita": "2", "motivo": "Tardi."})
    assert (risposta.status_code, risposta.context["form"]["motivo"].value()) == (409, "Tardi.")
    assert "il turno è chiuso" in risposta.content.decode()


def test_i_bisogni_da_valutare_aspettano_nell_area(come, bruno, aperta, bisogni):
    VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=bruno.ente)
    attese = come(bruno).get(reverse("area")).context["attese"]
    assert [(a.oggetto, a.perche, a.passo.url) for a in attese if a.oggetto == aperta] == [
        (aperta, "Il voto di Comune di Bollate: manca un bisogno su 2", voto(aperta, bisogni[1]))
    ]


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_costa_sempre_le_stesse_interrogazioni(come, anna, bruno, senait, quanti, django_assert_num_queries):
    bisogni = [BisognoFactory() for _ in range(quanti)]
    rilevazione = RilevazioneFactory(bisogni=bisogni, enti=[bruno.ente, senait.ente], stato="fra-i-turni")
    for bisogno in bisogni:
        for persona in (bruno, senait):
            VotoFactory(rilevazione=rilevazione, bisogno=bisogno, ente=persona.ente, gravita=4)
    cliente = come(anna)
    with django_assert_num_queries(14):
        cliente.get(rilevazione.get_absolute_url())
    passa(rilevazione, "chiudi", autore=anna)
    with django_assert_num_queries(10):
        cliente.get(rilevazione.get_absolute_url())


def test_il_pubblico_legge_la_graduatoria_pubblicata(client, come, anna, aperta, bisogni, bruno):
    VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=bruno.ente, motivo="Solo per gli enti.")
    passa(aperta, "chiudi-primo", autore=anna)
    passa(aperta, "chiudi", autore=anna)
    pagina = reverse("lavoro:rilevazione-detail", args=[aperta.slug])
    assert client.get(pagina).status_code == 404
    Rilevazione.objects.filter(pk=aperta.pk).update(
        stato="pubblicata", pubblicata_il=timezone.now(), decisione=VoceFactory(tipo="decisione")
    )
    risposta = client.get(pagina)
    assert [riga.nome for riga in risposta.context["graduatoria"]] == ["Bisogno A", "Bisogno B"]
    assert "Solo per gli enti." not in risposta.content.decode()
    assert client.get(reverse("lavoro:bisogno-detail", args=[bisogni[0].slug])).status_code == 200
    csv = client.get(reverse("lavoro:rilevazione-csv", args=[aperta.slug])).content.decode()
    assert "Bisogno A" in csv.splitlines()[1] + csv.splitlines()[2]


def test_la_pagina_porta_al_primo_bisogno_che_manca(come, bruno, aperta, bisogni):
    pagina = come(bruno).get(aperta.get_absolute_url())
    assert f'href="{voto(aperta, bisogni[0])}">Comincia a valutare</a>' in pagina.content.decode()

    VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=bruno.ente)
    pagina = come(bruno).get(aperta.get_absolute_url())
    assert f'href="{voto(aperta, bisogni[1])}">Continua</a>' in pagina.content.decode()

    VotoFactory(rilevazione=aperta, bisogno=bisogni[1], ente=bruno.ente)
    assert come(bruno).get(aperta.get_absolute_url()).context["prossimo"] is None


def pagina_di(come, persona, rilevazione):
    return come(persona).get(rilevazione.get_absolute_url())


def test_si_sollecita_finche_qualcuno_deve_votare_poi_si_chiude(come, anna, bruno, senait, aperta, bisogni):
    VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=bruno.ente)
    risposta = pagina_di(come, anna, aperta)
    gruppi = [(titolo, [ente for ente, conto in gruppo]) for titolo, gruppo in risposta.context["enti"]]
    assert gruppi == [("Hanno cominciato", [bruno.ente]), ("Non hanno ancora votato", [senait.ente])]
    assert "Comune di Bollate, 1 su 2" in risposta.content.decode()
    principale = '<a class="btn btn-primary" href="{}">Chiudi il primo turno</a>'.format(
        reverse("rilevazioni:passaggio", args=[aperta.pk, "chiudi-primo"])
    )
    assert (
        "Scrivi a chi deve ancora votare" in risposta.content.decode(),
        principale in risposta.content.decode(),
    ) == (
        True,
        False,
    )

    for bisogno, persona in [(bisogni[1], bruno), (bisogni[0], senait), (bisogni[1], senait)]:
        VotoFactory(rilevazione=aperta, bisogno=bisogno, ente=persona.ente)
    finito = pagina_di(come, anna, aperta).content.decode()
    assert ("Scrivi a chi deve ancora votare" in finito, principale in finito) == (False, True)


def test_chiusa_non_dice_piu_chi_deve_votare(come, anna, bruno, aperta, bisogni):
    VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=bruno.ente)
    for passaggio in ("chiudi-primo", "chiudi"):
        passa(aperta, passaggio, autore=anna)
    assert "enti" not in pagina_di(come, anna, aperta).context


def test_passato_il_giorno_non_sembra_aperta(come, bruno, aperta):
    Rilevazione.objects.filter(pk=aperta.pk).update(entro=timezone.localdate() - timedelta(days=1))
    testo = pagina_di(come, bruno, aperta).content.decode()
    assert ("il giorno per votare è passato" in testo, "stato-aperto" in testo) == (True, False)


def test_i_comuni_insieme_se_sono_piu_di_uno(come, bruno, senait, aperta, bisogni):
    uno = come(bruno).get(voto(aperta, bisogni[0])).content.decode()
    assert ("Quanto è grave a Bollate" in uno, "Quanto è grave in ogni comune" in uno) == (True, False)
    ComuneFactory(nome="Arese", nell_ambito=True)
    senait.ente.tipo = "consorzio"
    senait.ente.save()
    molti = come(senait).get(voto(aperta, bisogni[0])).content.decode()
    assert ("Quanto è grave a Bollate" in molti, "Quanto è grave in ogni comune" in molti) == (False, True)


def test_i_gruppi_lontani_si_leggono_in_una_frase(come, anna, bruno, aperta, bisogni):
    asst = EnteFactory(tipo="asst")
    aperta.enti.add(asst)
    for ente, gravita in [(bruno.ente, 5), (asst, 1)]:
        VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=ente, gravita=gravita)
    for passaggio in ("chiudi-primo", "chiudi"):
        passa(aperta, passaggio, autore=anna)
    testo = pagina_di(come, anna, aperta).content.decode()
    assert "La vedono in modo diverso: la sanità pubblica e i comuni." in testo


def test_in_preparazione_si_leggono_gli_enti_e_chi_non_ha_voce(come, anna, bruno, bisogni):
    muto = EnteFactory(denominazione="Ente senza persone")
    rilevazione = RilevazioneFactory(bisogni=bisogni, enti=[bruno.ente, muto])
    pagina = come(anna).get(rilevazione.get_absolute_url())
    assert (set(pagina.context["chiamati"]), pagina.context["senza_voce"]) == ({bruno.ente, muto}, [muto])
    assert "Un ente non ha nessun referente che possa votare" in pagina.content.decode()
    apertura = come(anna).get(reverse("rilevazioni:turno", args=[rilevazione.pk, "apri"]))
    assert apertura.context["senza_voce"] == [muto]


def test_nel_secondo_turno_si_vede_che_cosa_resta_dal_primo(come, anna, bruno, senait, aperta, bisogni):
    for bisogno in bisogni:
        VotoFactory(rilevazione=aperta, bisogno=bisogno, ente=bruno.ente)
    passa(aperta, "chiudi-primo", autore=anna)
    passa(aperta, "apri-secondo", entro=timezone.localdate() + timedelta(days=5), autore=anna)

    pagina = pagina_di(come, bruno, aperta)
    assert [(dato, adesso) for _, dato, adesso in pagina.context["da_votare"]] == [(True, False), (True, False)]
    assert f'href="{voto(aperta, bisogni[0])}">Rivedi i voti</a>' in pagina.content.decode()
    assert pagina.content.decode().count("Vale il voto del primo turno") == 2
    attese = come(bruno).get(reverse("area")).context["attese"]
    assert [a.passo.url for a in attese if a.oggetto == aperta] == [aperta.get_absolute_url()]
    gruppi = [
        (titolo, [ente for ente, _ in gruppo]) for titolo, gruppo in pagina_di(come, anna, aperta).context["enti"]
    ]
    assert gruppi == [
        ("Tengono per ora il voto del primo turno", [bruno.ente]),
        ("Non hanno ancora votato", [senait.ente]),
    ]
