"""The queue of the imports: one winner, whole or not at all, begun again when its worker falls silent."""

import io
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from referenti.models import Comune
from referenti.tracciati import TracciatoComune
from tavolo.base import coda
from tavolo.base.coda import Superato, accoda, esegui, esegui_tutte, prendi
from tavolo.base.models import Importazione
from tests.factories import ImportazioneFactory

pytestmark = pytest.mark.django_db(transaction=True)
COMUNI = b"codice_istat,nome,slug\n015027,Bollate,bollate\n015206,Senago,senago\n"
DI_COMUNI = "referenti.tracciati.TracciatoComune"


def in_coda(autore=None, contenuto=COMUNI, **altro):
    dati = {"nome_file": "comuni.csv", "lavoro": DI_COMUNI, "titolo": "comuni", **altro}
    return accoda(contenuto, autore=autore, **dati)


def riletta(importazione):
    return Importazione.objects.get(pk=importazione.pk)


def file_tenuti(settings):
    return list((settings.MEDIA_ROOT / "importazioni").iterdir())


def test_dalla_coda_alla_fine(anna, settings):
    importazione = in_coda(anna)
    assert (importazione.stato, len(file_tenuti(settings))) == ("in-coda", 1)
    assert "comuni" not in file_tenuti(settings)[0].name
    assert esegui_tutte() == 1
    finita = riletta(importazione)
    assert (finita.stato, finita.righe, finita.lette, finita.nuove, finita.tentativi) == ("finita", 2, 2, 2, 1)
    assert (finita.file.name, file_tenuti(settings), finita.finita is not None) == ("", [], True)
    assert {(c.nome, c.storia.get().history_user) for c in Comune.objects.all()} == {
        ("Bollate", anna),
        ("Senago", anna),
    }
    assert set(LogEntry.objects.values_list("user", "change_message")) == {(anna.pk, "Importazione di una tabella")}
    assert LogEntry.objects.count() == 2
    assert prendi() is None


def test_gli_errori_restano_per_riga_e_colonna(anna, settings, come):
    importazione = in_coda(anna, COMUNI + b"x,Rho,rho\n" + "".join(f"9{n:05},,\n" for n in range(600)).encode())
    esegui_tutte()
    rifiutata = riletta(importazione)
    assert (rifiutata.stato, rifiutata.errori_in_tutto, len(rifiutata.errori)) == ("rifiutata", 601, 500)
    assert rifiutata.errori[0] == [4, "codice_istat", "Il codice ISTAT è fatto di sei cifre."]
    assert (Comune.objects.count(), file_tenuti(settings)) == (0, [])
    pagina = come(anna).get(reverse("admin:base_importazione_change", args=[importazione.pk])).content.decode()
    assert "Il codice ISTAT è fatto di sei cifre." in pagina
    assert ("http-equiv" in pagina, "sono i primi 500" in pagina) == (False, True)
    scaricati = come(anna).get(reverse("admin:base_importazione_errori", args=[importazione.pk]))
    assert scaricati["Content-Disposition"].startswith('attachment; filename="errori-comuni-')
    righe = scaricati.content.decode("utf-8-sig").splitlines()
    assert (righe[1], len(righe)) == ("4,codice_istat,Il codice ISTAT è fatto di sei cifre.", 501)


def test_un_file_che_non_e_una_tabella():
    importazione = in_coda(contenuto=b"\x00\x01")
    esegui_tutte()
    assert riletta(importazione).errori == [
        [0, "", "Il file non è un testo CSV: contiene byte che non sono caratteri."]
    ]


def test_uno_solo_la_prende():
    in_coda()
    prima = prendi()
    assert (prima.stato, prima.tentativi, prendi()) == ("in-corso", 1, None)


def test_due_che_la_vedono_insieme_e_uno_che_la_prende(monkeypatch):
    importazione = in_coda()
    vere = Importazione.objects.filter

    def filtra(*args, **kwargs):
        righe = vere(*args, **kwargs)
        if args:  # both have read the queue; the other was faster
            lette = list(righe.order_by("creato"))
            vere(pk=importazione.pk).update(stato="in-corso", tentativi=1, battito=timezone.now())
            monkeypatch.setattr(Importazione.objects, "filter", vere)
            righe.order_by = lambda *_: lette
        return righe

    monkeypatch.setattr(Importazione.objects, "filter", filtra)
    assert prendi() is None
    assert riletta(importazione).tentativi == 1


def test_chi_tace_da_un_minuto_perde_il_turno():
    in_coda()
    morta = prendi()
    Importazione.objects.filter(pk=morta.pk).update(battito=timezone.now() - coda.SILENZIO - timedelta(seconds=1))
    viva = prendi()
    assert (viva.pk, viva.tentativi) == (morta.pk, 2)
    # The first was only slow: what it does now is undone, whichever of the two ends first.
    esegui(morta)
    assert (Comune.objects.count(), riletta(morta).stato) == (0, "in-corso")
    esegui(viva)
    assert (Comune.objects.count(), riletta(viva).stato, riletta(viva).nuove) == (2, "finita", 2)


def test_chi_e_superato_mentre_scrive_non_lascia_niente(monkeypatch):
    in_coda()
    lenta = prendi()
    vero = coda.registra_righe

    def intanto(esito, autore):
        Importazione.objects.filter(pk=lenta.pk).update(tentativi=2)
        vero(esito, autore)

    monkeypatch.setattr(coda, "registra_righe", intanto)
    esegui(lenta)
    assert Comune.objects.count() == 0
    lenta.tentativi = 9
    with pytest.raises(Superato):
        coda.Lavoro(lenta).interrompi()


def test_un_guasto_si_dice_e_non_si_ritenta_per_sempre(monkeypatch, anna, come):
    monkeypatch.setattr(TracciatoComune, "import_data", lambda *args, **kwargs: 1 / 0)
    importazione = in_coda()
    esegui_tutte()
    assert riletta(importazione).stato == "fallita"
    pagina = come(anna).get(reverse("admin:base_importazione_change", args=[importazione.pk]))
    assert "Per un guasto l'importazione non è arrivata in fondo" in pagina.content.decode().replace("&#x27;", "'")
    tante = in_coda()
    Importazione.objects.filter(pk=tante.pk).update(tentativi=coda.TENTATIVI_MASSIMI)
    esegui_tutte()
    assert (riletta(tante).stato, riletta(tante).tentativi) == ("fallita", 4)


def test_altri_lavori(monkeypatch):
    def conta(lavoro):
        lavoro.avanza(1, 2)
        esito = type("Conti", (), {"nuove": len(lavoro.contenuto()), "aggiornate": 0, "invariate": 0})
        lavoro.concludi(esito)

    monkeypatch.setitem(coda.LAVORI, "conta", conta)
    importazione = in_coda(contenuto=b"abc", lavoro="conta")
    uscita = io.StringIO()
    call_command("esegui_importazioni", una_volta=True, stdout=uscita)
    assert uscita.getvalue() == "Importazioni eseguite: 1.\n"
    assert (riletta(importazione).stato, riletta(importazione).nuove, riletta(importazione).righe) == ("finita", 3, 2)


# --- The pages ---


def manda(cliente, righe):
    testo = "codice_istat,nome,slug\n" + "".join(f"{n:06},Comune {n},c{n}\n" for n in range(righe))
    return cliente.post(
        reverse("admin:referenti_comune_import"),
        {"import_file": SimpleUploadedFile("comuni.csv", testo.encode()), "resource": "", "format": ""},
        follow=True,
    )


def test_un_file_lungo_va_in_coda_uno_corto_in_anteprima(anna, come, settings):
    settings.RIGHE_IN_RICHIESTA = 3
    assert manda(come(anna), 3).context["result"].nuove == 3
    assert Importazione.objects.count() == 0
    pagina = manda(come(anna), 4)
    importazione = Importazione.objects.get()
    assert pagina.redirect_chain == [(reverse("admin:base_importazione_change", args=[importazione.pk]), 302)]
    assert (importazione.autore, importazione.righe, importazione.titolo) == (anna, 4, "comuni")
    testo = pagina.content.decode()
    assert ('<meta http-equiv="refresh" content="2">' in testo, 'max="4"' in testo, "In coda" in testo) == (True,) * 3
    assert "Nessuno la sta lavorando" not in testo
    esegui_tutte()
    finita = come(anna).get(reverse("admin:base_importazione_change", args=[importazione.pk])).content.decode()
    assert ("Righe nuove: 4; aggiornate: 0; invariate:" in finita, "http-equiv" in finita) == (True, False)


def test_se_nessuno_lavora_si_dice(anna, come):
    importazione = in_coda(anna)
    Importazione.objects.filter(pk=importazione.pk).update(creato=timezone.now() - timedelta(minutes=2))
    pagina = come(anna).get(reverse("admin:base_importazione_change", args=[importazione.pk])).content.decode()
    assert "chi gestisce il portale deve avviare il servizio delle importazioni" in pagina


def test_l_elenco_e_chi_lo_vede(anna, bruno, come):
    ImportazioneFactory.create_batch(3)
    pagina = come(anna).get(reverse("admin:base_importazione_changelist"))
    assert (pagina.status_code, pagina.content.decode().count("servizi.csv")) == (200, 3)
    assert come(anna).get(reverse("admin:base_importazione_change", args=["x"])).status_code == 404
    assert come(bruno).get(reverse("admin:base_importazione_changelist"), follow=True).status_code == 403


def test_le_righe_di_un_tipo_senza_percorso_hanno_una_pagina(anna, come, monkeypatch):
    monkeypatch.setitem(coda.LAVORI, "hsds", lambda lavoro: None)
    importazione = ImportazioneFactory(lavoro="hsds", titolo="pacchetto HSDS")
    pagina = come(anna).get(reverse("admin:base_importazione_change", args=[importazione.pk]))
    assert (pagina.status_code, pagina.context["elenco"]) == (200, "")
