"""Attachments through the pages: who downloads what and how it is sent, files that come in beside files that do not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from incontri.models import Allegato
from incontri.servizi.allegati import allega
from tests.factories import AllegatoFactory, IncontroFactory, IstanzaFactory, VerbaleFactory
from tests.incontri.pubblicati import pubblica


def txt(nome="note.txt", contenuto=b"Note di lavoro."):
    return SimpleUploadedFile(nome, contenuto)


def scarica(allegato):
    return reverse("incontri:allegato", args=[allegato.pk])


def pagina(oggetto):
    spazio = "istanze" if hasattr(oggetto, "oggetto") else "incontri"
    return reverse(f"{spazio}:allegato-list", args=[oggetto.pk])


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def contenuto(risposta):
    """The bytes; read to the end, the client closes the file."""
    return b"".join(risposta.streaming_content)


@pytest.fixture
def istanza(bruno, senait):
    return IstanzaFactory(mittente=bruno.ente, destinatario=senait.ente)


@pytest.mark.parametrize("di", ["incontro", "istanza"])
@pytest.mark.parametrize(
    ("chi", "esito"), [("anna", 200), ("bruno", 200), ("senait", 200), ("mira", 200), ("superutente", 200)]
)
def test_scarica_chi_partecipa(di, chi, esito, request, come, istanza):
    allegato = AllegatoFactory() if di == "incontro" else AllegatoFactory(incontro=None, istanza=istanza)
    risposta = come(request.getfixturevalue(chi)).get(scarica(allegato))
    assert (risposta.status_code, contenuto(risposta)) == (esito, b"Testo della relazione.")


def test_chi_e_fuori_entra_prima(client, db):
    risposta = client.get(scarica(AllegatoFactory()))
    assert (risposta.status_code, reverse("account_login") in risposta["Location"]) == (302, True)


def test_come_arriva(come, bruno):
    allegato = AllegatoFactory(nome_file="perché «sì».txt")
    risposta = come(bruno).get(scarica(allegato))
    assert contenuto(risposta) == b"Testo della relazione."
    assert risposta["Content-Disposition"].startswith("attachment; filename")
    assert "perch%C3%A9" in risposta["Content-Disposition"]
    assert (risposta["Content-Type"], risposta["X-Content-Type-Options"]) == ("text/plain", "nosniff")
    assert risposta["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert risposta["Cache-Control"] == "private, no-store"
    assert come(bruno).post(scarica(allegato)).status_code == 405


def test_un_file_perduto_non_e_un_errore_del_portale(come, bruno, caplog):
    allegato = AllegatoFactory()
    allegato.file.storage.delete(allegato.file.name)
    assert come(bruno).get(scarica(allegato)).status_code == 404
    assert [r.levelname for r in caplog.records if r.name == "incontri.views.allegati"] == ["ERROR"]


def test_a_tutti_solo_quello_pubblicato(client, bruno):
    incontro = pubblica(con_allegato=True)
    dato = incontro.allegati.get()
    interno = AllegatoFactory()
    VerbaleFactory(
        incontro=interno.incontro,
        stato="pubblicato",
        approvato_il=timezone.now(),
        approvato_in=incontro,
        pubblicato_il=timezone.now(),
    )
    di_bozza = AllegatoFactory(pubblico=True, incontro__pubblico=True)
    VerbaleFactory(incontro=di_bozza.incontro)
    indirizzi = [reverse("archivio:allegato", args=[a.pk]) for a in (dato, interno, di_bozza)]
    risposte = [client.get(indirizzo) for indirizzo in indirizzi]

    assert [r.status_code for r in risposte] == [200, 404, 404]
    assert contenuto(risposte[0]) == b"Testo della relazione."
    assert (risposte[0]["Cache-Control"], risposte[0]["X-Content-Type-Options"]) == ("no-store", "nosniff")
    detto = client.get(reverse("archivio:incontro-detail", args=[incontro.slug])).content.decode()
    assert indirizzi[0] in detto


@pytest.mark.parametrize("stato", ["bozza", "condiviso", "approvato"])
def test_prima_della_pubblicazione_non_c_e(client, db, stato):
    allegato = AllegatoFactory(pubblico=True, incontro__pubblico=True)
    approvato = {"approvato_il": timezone.now(), "approvato_in": IncontroFactory()} if stato == "approvato" else {}
    VerbaleFactory(incontro=allegato.incontro, stato=stato, **approvato)
    assert client.get(reverse("archivio:allegato", args=[allegato.pk])).status_code == 404


def test_quelli_buoni_entrano_di_quello_cattivo_si_dice_perche(come, bruno):
    incontro = IncontroFactory()
    file = [txt("uno.txt", b"1"), txt("finto.pdf"), txt("due.txt", b"2"), txt("vuoto.txt", b"")]

    risposta = come(bruno).post(pagina(incontro), {"file": file, "titolo": "Materiali", "pubblico": "on"})

    assert risposta.status_code == 200
    entrati = [(a.titolo, a.nome_file, a.pubblico) for a in incontro.allegati.all()]
    assert entrati == [("Materiali (1)", "uno.txt", True), ("Materiali (2)", "due.txt", True)]
    errori = risposta.context["form"].errors["file"]
    assert [errore.split(":")[0] for errore in errori] == ["«finto.pdf»", "«vuoto.txt»"]
    assert "Allegati: «uno.txt», «due.txt»." in parole(risposta)
    assert 'value="Materiali"' in parole(risposta)


def test_tutti_buoni(come, bruno, istanza):
    risposta = come(bruno).post(pagina(istanza), {"file": txt()}, follow=True)
    assert risposta.redirect_chain == [(pagina(istanza), 302)]
    assert [(a.istanza, a.titolo, a.autore) for a in Allegato.objects.all()] == [(istanza, "", bruno)]
    assert "Allegato: «note.txt»." in parole(risposta)


def test_senza_file(come, bruno):
    risposta = come(bruno).post(pagina(IncontroFactory()), {"titolo": "Materiali"})
    assert risposta.context["form"].errors == {"file": ["Scegli almeno un file."]}


def test_allega_chi_scrive(come, anna, mira, senait, bruno, istanza):
    altra = IstanzaFactory()
    assert come(mira).post(pagina(IncontroFactory()), {"file": txt()}).status_code == 403
    assert come(mira).post(pagina(istanza), {"file": txt()}).status_code == 403
    assert come(bruno).post(pagina(altra), {"file": txt()}).status_code == 403
    assert Allegato.objects.count() == 0
    for chi, contenuto in ((bruno, b"1"), (senait, b"2"), (anna, b"3")):
        assert come(chi).post(pagina(istanza), {"file": txt(contenuto=contenuto)}).status_code == 302
    assert [a.autore for a in istanza.allegati.all()] == [bruno, senait, anna]


def test_dove_e_fermo_si_legge_e_non_si_allega(come, bruno):
    incontro = VerbaleFactory(stato="condiviso").incontro
    AllegatoFactory(incontro=incontro)
    assert "Adesso non si aggiungono e non si tolgono" in parole(come(bruno).get(pagina(incontro)))
    risposta = come(bruno).post(pagina(incontro), {"file": txt()})
    assert (risposta.status_code, incontro.allegati.count()) == (200, 1)
    assert "Il verbale è condiviso" in risposta.context["form"].errors["file"][0]


def test_nell_istanza_ognuno_toglie_il_suo(come, anna, bruno, senait, istanza):
    suo = allega(txt(), istanza=istanza, autore=bruno)
    togli = reverse("incontri:allegato-togli", args=[suo.pk])
    assert come(senait).post(togli).status_code == 403
    assert come(bruno).get(togli).status_code == 405
    risposta = come(bruno).post(togli, follow=True)
    assert "«note.txt» non è più tra gli allegati." in parole(risposta)
    altro = allega(txt(), istanza=istanza, autore=bruno)
    come(anna).post(reverse("incontri:allegato-togli", args=[altro.pk]))
    assert Allegato.objects.count() == 0


def test_si_sceglie_che_cosa_si_pubblica(come, bruno, mira):
    allegato = AllegatoFactory()
    indirizzo = reverse("incontri:allegato-pubblico", args=[allegato.pk])
    assert come(mira).post(indirizzo, {"pubblico": "1"}).status_code == 403
    assert "si pubblicherà con il verbale" in parole(come(bruno).post(indirizzo, {"pubblico": "1"}, follow=True))
    assert Allegato.objects.get().pubblico is True
    assert "resta agli enti del Tavolo" in parole(come(bruno).post(indirizzo, follow=True))
    assert Allegato.objects.get().pubblico is False


def test_quello_fermo_non_si_cambia_e_si_dice_perche(come, bruno):
    allegato = AllegatoFactory(incontro=VerbaleFactory(stato="condiviso").incontro)
    for nome in ("allegato-togli", "allegato-pubblico"):
        risposta = come(bruno).post(reverse(f"incontri:{nome}", args=[allegato.pk]), {"pubblico": "1"}, follow=True)
        assert "prima riportalo in bozza" in parole(risposta)
    assert [a.pubblico for a in Allegato.objects.all()] == [False]


def test_quello_di_un_istanza_non_si_pubblica(come, bruno, istanza):
    suo = AllegatoFactory(incontro=None, istanza=istanza, autore=bruno)
    indirizzo = reverse("incontri:allegato-pubblico", args=[suo.pk])
    assert come(bruno).post(indirizzo, {"pubblico": "1"}).status_code == 404


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_domande_non_crescono_con_gli_allegati(come, bruno, django_assert_num_queries, quanti):
    incontro = IncontroFactory()
    for _ in range(quanti):
        AllegatoFactory(incontro=incontro)
    cliente = come(bruno)
    with django_assert_num_queries(10):
        cliente.get(pagina(incontro))
