"""The territory's files: in order, whole or not at all, by command and by the back office."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from referenti.models import Comune, Ente
from risorse.models import Contatto
from tavolo.servizi.caricamento import FILE, carica

pytestmark = pytest.mark.django_db
COMUNI = b"codice_istat,nome,slug\n015027,Bollate,bollate\n"
ENTI = b"slug,denominazione,tipo,comune\na,Ente A,comune,bollate\n"
CONFINI = (
    b'{"features": [{"id": "015027", "geometry": {"type": "Polygon", '
    b'"coordinates": [[[9.1, 45.5], [9.2, 45.5], [9.2, 45.6], [9.1, 45.5]]]}}]}'
)


def scrivi(cartella, **contenuti):
    for nome, contenuto in contenuti.items():
        (cartella / nome.replace("_punto_", ".")).write_bytes(contenuto)
    return cartella


def esegui(cartella, **opzioni):
    uscita, errori = io.StringIO(), io.StringIO()
    try:
        call_command("carica_dati", str(cartella), stdout=uscita, stderr=errori, **opzioni)
    except CommandError as errore:
        return uscita.getvalue().splitlines(), [*errori.getvalue().splitlines(), str(errore)]
    return uscita.getvalue().splitlines(), errori.getvalue().splitlines()


def test_i_dati_del_territorio_si_caricano_due_volte_uguali():
    prima, errori = esegui(settings.RADICE / "dati")
    assert errori == []
    assert [riga.split(":")[0] for riga in prima] == list(FILE)
    seconda, _ = esegui(settings.RADICE / "dati")
    assert [" 0 nuove, 0 aggiornate," in riga for riga in seconda] == [True] * len(FILE)


def test_prova_non_salva(tmp_path):
    scrivi(tmp_path, comuni_punto_csv=COMUNI, confini_punto_geojson=CONFINI)
    assert esegui(tmp_path, prova=True)[0] == [
        "comuni.csv: 1 nuove, 0 aggiornate, 0 invariate",
        "confini.geojson: 0 nuove, 1 aggiornate, 0 invariate",
        "Prova: niente è stato salvato.",
    ]
    assert Comune.objects.count() == 0


def test_con_un_errore_non_entra_niente_e_gli_errori_si_leggono_tutti(tmp_path):
    scrivi(
        tmp_path,
        comuni_punto_csv=COMUNI,
        enti_punto_csv=ENTI + b"b,Ente B,comun,bolate\n",
        confini_punto_geojson=b'{"features": [{"id": "1", "geometry": {}}, {"id": "015027", "geometry": {"type": "Point"}}]}',
        seggi_punto_csv=b"slug,nome,ente\ns,Seggio,a\n",
        ente_punto_csv=b"x",
    )
    assert esegui(tmp_path)[1] == [
        "«ente.csv» non è un file che so leggere: forse «enti.csv»?",
        "confini.geojson, riga 1, colonna «id»: nessun comune ha il codice ISTAT «1».",
        "confini.geojson, riga 2, colonna «geometry»: Il confine non è una geometria GeoJSON di tipo Polygon o "
        "MultiPolygon.",
        "enti.csv, riga 3, colonna «tipo»: «comun» non è tra i valori possibili (comune, azienda-consortile, asst, "
        "unita, istituto-scolastico, cooperativa, associazione, rete-informale, altro); forse «comune»?",
        "enti.csv, riga 3, colonna «comune»: «bolate» non esiste; forse «bollate»?",
        "Errori: 4. Niente è stato salvato.",
    ]
    assert (Comune.objects.count(), Ente.objects.count()) == (0, 0)


@pytest.mark.parametrize("contenuto", [b"", b"\x00\x01", b"[1]", b'{"features": 3}', b"[" * 100_000])
def test_confini_che_non_lo_sono(contenuto):
    assert carica({"confini.geojson": contenuto}).errori == [
        "confini.geojson: Non è una FeatureCollection GeoJSON con «id» e «geometry»."
    ]


def test_cartella_che_non_c_e_o_vuota(tmp_path):
    assert esegui(tmp_path / "manca")[1] == [f"La cartella «{tmp_path / 'manca'}» non c'è."]
    assert esegui(tmp_path)[1] == [f"Nella cartella «{tmp_path}» non c'è nessun file da caricare."]


# --- The page of the back office ---


def manda(cliente, **contenuti):
    file = [SimpleUploadedFile(nome.replace("_punto_", "."), c) for nome, c in contenuti.items()]
    return cliente.post(reverse("admin:carica-dati"), {"file": file})


def archivio(**contenuti):
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as scritto:
        for nome, contenuto in contenuti.items():
            scritto.writestr(f"dati/{nome.replace('_punto_', '.')}", contenuto)
    return uscita.getvalue()


@pytest.mark.parametrize("zippati", [False, True])
def test_anteprima_e_conferma(anna, come, zippati):
    cliente = come(anna)
    contenuti = {"comuni_punto_csv": COMUNI, "enti_punto_csv": ENTI}
    anteprima = manda(cliente, dati_punto_zip=archivio(**contenuti)) if zippati else manda(cliente, **contenuti)
    caricamento, chiave = anteprima.context["caricamento"], anteprima.context["chiave"]
    assert [(f.nome, f.nuove) for f in caricamento.file] == [("comuni.csv", 1), ("enti.csv", 1)]
    assert Comune.objects.count() == 0
    finito = cliente.post(reverse("admin:carica-dati"), {"conferma": chiave}, follow=True)
    assert [str(m) for m in finito.context["messages"]] == ["Dati caricati: righe nuove 2, aggiornate 0."]
    assert Comune.objects.get().storia.get().history_user == anna
    di_nuovo = cliente.post(reverse("admin:carica-dati"), {"conferma": chiave}, follow=True)
    assert [str(m) for m in di_nuovo.context["messages"]] == [
        "L'anteprima è scaduta, niente è stato salvato: manda di nuovo i file."
    ]


def test_la_conferma_vale_solo_per_chi_ha_visto_l_anteprima(anna, superutente, come):
    chiave = manda(come(anna), comuni_punto_csv=COMUNI).context["chiave"]
    come(superutente).post(reverse("admin:carica-dati"), {"conferma": chiave})
    assert Comune.objects.count() == 0


def test_errori_nella_pagina_e_niente_da_confermare(anna, come):
    pagina = manda(come(anna), enti_punto_csv=ENTI)
    assert pagina.context["chiave"] == ""
    assert "«bollate» non esiste." in pagina.content.decode()


@pytest.mark.parametrize(
    ("nome", "contenuto", "frase"),
    [
        ("dati.zip", b"PK\x03\x04rotto", "dati.zip: Il file è rovinato: non riesco ad aprirlo."),
        ("dati.zip", archivio(comuni_punto_csv=b" " * 70_000_000), "sarebbe troppo grande"),
        ("comuni.csv", b"x" * (10 * 1024 * 1024 + 1), "il massimo è 10 MB in tutto"),
        ("foto.png", b"\x89PNG", "Fra questi file non ce n"),
        ("contatti.csv", b"\x00\x01", "Il file non è un testo CSV"),
        ("contatti.csv", "tipo,valore\n".encode("utf-16"), "Manca la colonna «ente»"),
    ],
)
def test_file_che_non_vanno(anna, come, nome, contenuto, frase):
    pagina = come(anna).post(reverse("admin:carica-dati"), {"file": [SimpleUploadedFile(nome, contenuto)]})
    assert (pagina.status_code, frase in pagina.content.decode().replace("&#x27;", "'")) == (200, True)
    assert Contatto.objects.count() == 0


def test_senza_file(anna, come):
    assert "Scegli almeno un file." in come(anna).post(reverse("admin:carica-dati")).content.decode()


def test_solo_chi_coordina(bruno, come, client):
    assert client.get(reverse("admin:carica-dati")).status_code == 302
    assert come(bruno).get(reverse("admin:carica-dati"), follow=True).status_code == 403


@pytest.fixture(autouse=True)
def cache_pulita():
    yield
    cache.clear()
