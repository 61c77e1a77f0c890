"""Attachments in the store and in the database: together or not at all, and never of what stands still."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from incontri.models import Allegato
from incontri.servizi import allegati
from incontri.servizi.allegati import allega, cambia_pubblico, togli_allegato
from incontri.servizi.controllo_file import FileRifiutato
from incontri.servizi.modifiche import NonModificabile
from tests.factories import AllegatoFactory, IncontroFactory, IstanzaFactory, VerbaleFactory

TESTO = b"Note di lavoro."


def note(nome="note.txt", contenuto=TESTO):
    return SimpleUploadedFile(nome, contenuto)


def depositati(settings):
    return [p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()]


def test_il_file_e_la_riga(bruno, settings):
    incontro = IncontroFactory()

    allegato = allega(note(), incontro=incontro, titolo=" Note ", pubblico=True, autore=bruno)

    tenuto = Allegato.objects.get()
    assert tenuto == allegato
    assert (tenuto.incontro, tenuto.istanza, tenuto.titolo, tenuto.pubblico) == (incontro, None, "Note", True)
    assert (tenuto.nome_file, tenuto.tipo, tenuto.dimensione) == ("note.txt", "text/plain; charset=utf-8", 15)
    assert (tenuto.impronta, tenuto.autore) == (hashlib.sha256(TESTO).hexdigest(), bruno)
    (file,) = depositati(settings)
    assert file.read_bytes() == TESTO
    assert (file.parent.name, "note" in file.name, file.suffix) == ("allegati", False, "")
    assert [riga.history_user for riga in tenuto.storia.all()] == [bruno]


def test_quello_di_un_istanza_non_si_pubblica(bruno):
    assert allega(note(), istanza=IstanzaFactory(), pubblico=True, autore=bruno).pubblico is False


def test_un_file_rifiutato_non_lascia_niente(bruno, settings):
    with pytest.raises(FileRifiutato):
        allega(note("a.pdf"), incontro=IncontroFactory(), autore=bruno)
    assert (Allegato.objects.count(), depositati(settings)) == (0, [])


def test_lo_stesso_file_una_volta_sola(bruno, settings):
    incontro = IncontroFactory()
    allega(note(), incontro=incontro, autore=bruno)
    with pytest.raises(FileRifiutato, match=r"«altro\.txt»: questo file c'è già\."):
        allega(note("altro.txt"), incontro=incontro, autore=bruno)
    allega(note(), incontro=IncontroFactory(), autore=bruno)
    assert (Allegato.objects.count(), len(depositati(settings))) == (2, 2)


def test_il_posto_finisce(bruno, settings):
    settings.ALLEGATI_TOTALE_MB = 1
    incontro = IncontroFactory()
    AllegatoFactory(incontro=incontro, dimensione=1024 * 1024 - len(TESTO))
    allega(note(), incontro=incontro, autore=bruno)
    with pytest.raises(FileRifiutato, match="al massimo 1 MB in tutto, e non c'è più posto"):
        allega(note("altre.txt", b"x"), incontro=incontro, autore=bruno)
    assert allega(note("altre.txt", b"x"), istanza=IstanzaFactory(), autore=bruno).dimensione == 1


def test_una_riga_che_non_si_scrive_non_lascia_il_file(bruno, settings, monkeypatch):
    def rotta(*args, **opzioni):
        raise IntegrityError("no")

    monkeypatch.setattr(Allegato, "save", rotta)
    with pytest.raises(IntegrityError):
        allega(note(), incontro=IncontroFactory(), autore=bruno)
    assert (Allegato.objects.count(), depositati(settings)) == (0, [])


def test_un_file_che_non_si_scrive_non_lascia_la_riga(bruno, settings, monkeypatch):
    def rotto(*args, **opzioni):
        raise OSError("disco pieno")

    monkeypatch.setattr(Allegato._meta.get_field("file").storage, "_save", rotto)
    with pytest.raises(OSError, match="disco pieno"):
        allega(note(), incontro=IncontroFactory(), autore=bruno)
    assert (Allegato.objects.count(), depositati(settings)) == (0, [])


@pytest.mark.parametrize("stato", ["condiviso", "approvato", "pubblicato"])
def test_un_incontro_fermo_non_ne_prende(bruno, settings, stato):
    altro = IncontroFactory()
    approvato = {} if stato == "condiviso" else {"approvato_il": "2026-11-01T10:00Z", "approvato_in": altro}
    approvato |= {"pubblicato_il": "2026-11-02T10:00Z"} if stato == "pubblicato" else {}
    incontro = VerbaleFactory(stato=stato, **approvato).incontro
    with pytest.raises(NonModificabile):
        allega(note(), incontro=incontro, autore=bruno)
    assert (Allegato.objects.count(), depositati(settings)) == (0, [])


def test_di_un_incontro_fermo_non_si_toglie_e_non_si_cambia(bruno, settings):
    allegato = AllegatoFactory()
    VerbaleFactory(
        incontro=allegato.incontro, stato="approvato", approvato_il="2026-11-01T10:00Z", approvato_in=IncontroFactory()
    )
    with pytest.raises(NonModificabile):
        togli_allegato(allegato, autore=bruno)
    with pytest.raises(NonModificabile):
        cambia_pubblico(allegato, pubblico=True, autore=bruno)
    assert (Allegato.objects.get().pubblico, len(depositati(settings))) == (False, 1)


def test_di_un_istanza_chiusa_non_si_tocca_niente(bruno):
    istanza = IstanzaFactory(stato="chiusa")
    allegato = AllegatoFactory(incontro=None, istanza=istanza)
    with pytest.raises(NonModificabile, match="L'istanza è chiusa"):
        allega(note(), istanza=istanza, autore=bruno)
    with pytest.raises(NonModificabile, match="L'istanza è chiusa"):
        togli_allegato(allegato, autore=bruno)
    assert list(Allegato.objects.all()) == [allegato]


def test_si_toglie_la_riga_e_poi_il_file(bruno, settings, django_capture_on_commit_callbacks):
    allegato = allega(note(), incontro=IncontroFactory(), autore=bruno)
    with django_capture_on_commit_callbacks() as dopo:
        togli_allegato(allegato, autore=bruno)
    assert (Allegato.objects.count(), len(depositati(settings))) == (0, 1)
    for chiamata in dopo:
        chiamata()
    assert depositati(settings) == []
    assert Allegato.storia.filter(history_type="-").get().history_user == bruno


def test_se_togliere_si_annulla_il_file_resta(bruno, settings, django_capture_on_commit_callbacks):
    allegato = allega(note(), incontro=IncontroFactory(), autore=bruno)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        togli_allegato(allegato, autore=bruno)
        transaction.set_rollback(True)
    assert (Allegato.objects.count(), len(depositati(settings))) == (1, 1)


def test_un_file_che_non_si_cancella_si_annota(bruno, monkeypatch, caplog, django_capture_on_commit_callbacks):
    def rotto(*args):
        raise OSError("occupato")

    allegato = allega(note(), incontro=IncontroFactory(), autore=bruno)
    monkeypatch.setattr(allegato.file.storage, "delete", rotto)
    with django_capture_on_commit_callbacks(execute=True):
        togli_allegato(allegato, autore=bruno)
    assert [r.getMessage() for r in caplog.records if r.name == allegati.__name__] == [
        "Il file di un allegato non si è potuto cancellare: occupato"
    ]


def test_si_pubblica_o_no(bruno, anna):
    allegato = allega(note(), incontro=IncontroFactory(), autore=bruno)
    for pubblico in (True, True, False):
        cambia_pubblico(allegato, pubblico=pubblico, autore=anna)
        assert Allegato.objects.get().pubblico is pubblico
    assert [riga.history_user for riga in allegato.storia.order_by("history_date")] == [bruno, anna, anna]
