"""An HSDS package through the back office: preview, confirmation, queue; and by the commands."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from risorse.models import Risorsa
from tavolo.base.coda import esegui_tutte
from tavolo.base.models import Importazione
from tests.risorse.hsds.test_pacchetto import da_fuori, esporta, pacco, svuota

pytestmark = pytest.mark.django_db


def manda(cliente, contenuto, **campi):
    file = SimpleUploadedFile("altri.zip", contenuto)
    return cliente.post(reverse("admin:pacchetto-hsds"), {"file": file, **campi})


def test_prima_l_anteprima_poi_la_coda(come, anna):
    cliente = come(anna)
    pagina = manda(cliente, pacco(da_fuori()), pubblica="on").content.decode()
    assert Risorsa.objects.count() == 0
    assert "weather: righe 1" in pagina
    assert "x_region" in pagina
    chiave = re.search('name="conferma" value="([^"]+)"', pagina)[1]
    risposta = cliente.post(reverse("admin:pacchetto-hsds"), {"conferma": chiave})
    importazione = Importazione.objects.get()
    assert risposta["Location"] == reverse("admin:base_importazione_change", args=[importazione.pk])
    assert esegui_tutte() == 1
    importazione.refresh_from_db()
    assert (importazione.stato, importazione.nuove > 60) == ("finita", True)
    assert Risorsa.objects.pubblicate().count() > 40
    assert Risorsa.objects.first().autore == anna
    scaduta = cliente.post(reverse("admin:pacchetto-hsds"), {"conferma": chiave}, follow=True)
    assert "L&#x27;anteprima è scaduta" in scaduta.content.decode()


def test_gli_errori_si_leggono_e_non_si_conferma_niente(come, anna):
    tavole = da_fuori()
    tavole["services"][0]["organization_id"] = "nessuno"
    pagina = manda(come(anna), pacco(tavole)).content.decode()
    assert "services.csv, riga 2, colonna «organization_id»" in pagina
    assert 'name="conferma"' not in pagina
    assert "non è uno zip" in manda(come(anna), b"niente zip").content.decode()


def test_i_comandi_scrivono_e_leggono_lo_stesso_pacchetto(rubrica, tmp_path):
    file = tmp_path / "pacchetto.zip"
    call_command("esporta_hsds", str(file), stdout=io.StringIO())
    assert file.read_bytes() == esporta()
    svuota()
    uscita = io.StringIO()
    call_command("importa_hsds", str(file), prova=True, stdout=uscita)
    assert ("servizi: 14 nuove" in uscita.getvalue(), Risorsa.objects.count()) == (True, 0)
    call_command("importa_hsds", str(file), pubblica=True, stdout=io.StringIO())
    assert esporta() == file.read_bytes()


def test_il_comando_dice_che_cosa_non_va(tmp_path):
    file = tmp_path / "pacchetto.zip"
    with pytest.raises(CommandError, match="non c'è"):
        call_command("importa_hsds", str(file))
    file.write_bytes(b"niente")
    with pytest.raises(CommandError, match="Niente è stato salvato"):
        call_command("importa_hsds", str(file))
    file.write_bytes(pacco({"services": [{"id": "1", "name": "x", "organization_id": "y"}]}))
    errori = io.StringIO()
    with pytest.raises(CommandError, match="Errori: 1"):
        call_command("importa_hsds", str(file), stderr=errori)
    assert "services.csv, riga 2, colonna «organization_id»" in errori.getvalue()
