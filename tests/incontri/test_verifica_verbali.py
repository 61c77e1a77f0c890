"""`manage.py verifica_verbali` finds a changed byte, wherever it is."""

import hashlib
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from incontri.models import Originale
from incontri.models.posa_sigilli import senza
from incontri.servizi.originali import congela
from incontri.servizi.rettifiche import approva_rettifica, proponi_rettifica
from tavolo.base.stati import compi
from tests import factories as f

ROMA = ZoneInfo("Europe/Rome")
pytestmark = pytest.mark.django_db


@pytest.fixture
def approvato(anna, bruno, comune_di_bollate):
    """Minutes approved, with an attachment and a correction."""
    incontro = f.IncontroFactory(titolo="Primo", inizio=datetime(2026, 3, 4, 15, tzinfo=ROMA), presiede=anna)
    verbale = f.VerbaleFactory(incontro=incontro, verbalizzante=bruno, stato="condiviso")
    voce = f.VoceFactory(punto=f.PuntoOdgFactory(incontro=incontro), testo="Si è deciso.")
    f.ImpegnoFactory(voce=voce, ente=comune_di_bollate)
    f.PresenzaFactory(incontro=incontro, utente=bruno, ente=comune_di_bollate)
    f.AllegatoFactory(incontro=incontro, impronta=hashlib.sha256(b"Testo della relazione.").hexdigest())
    dopo = f.IncontroFactory(titolo="Dopo", inizio=datetime(2026, 4, 4, 15, tzinfo=ROMA))
    compi(verbale, "approva", autore=anna, valori={"approvato_il": timezone.now(), "approvato_in": dopo})
    congela(verbale, autore=anna)
    rettifica = proponi_rettifica(verbale, testo="Era 12.", motivo="Un errore.", pubblica=True, autore=bruno)
    approva_rettifica(rettifica, in_incontro=dopo, autore=anna)
    return verbale


def verifica():
    """What the command prints, and whether it ends well."""
    uscita = StringIO()
    try:
        call_command("verifica_verbali", stdout=uscita)
    except CommandError:
        return uscita.getvalue(), False
    return uscita.getvalue(), True


def manomesso(comando, valori=()):
    """Raw SQL, with the seals off only meanwhile."""
    with senza(connection), connection.cursor() as cursore:
        cursore.execute(comando, valori)


def test_un_verbale_intero(approvato):
    assert verifica() == ("Primo, 4 marzo 2026: integro.\n", True)


def test_i_nomi_degli_account_cancellati_restano_fuori_dal_confronto(approvato, anna, bruno, comune_di_bollate):
    bruno.incarichi.all().delete()
    bruno.delete()
    anna.delete()
    comune_di_bollate.denominazione = "Città di Bollate"
    comune_di_bollate.save()
    assert verifica() == ("Primo, 4 marzo 2026: integro.\n", True)


@pytest.mark.parametrize(
    ("comando", "detto"),
    [
        (
            "UPDATE incontri_originale SET html = REPLACE(html, 'Primo', 'Prima')",
            "il documento per lo schermo conservato non ha più la sua impronta",
        ),
        (
            "UPDATE incontri_originale SET contenuto = REPLACE(contenuto, 'Si è deciso.', 'Si è deciso!')",
            "il contenuto conservato non ha più la sua impronta; nel database è cambiato: punti 1, voci 1, testo",
        ),
        ("UPDATE incontri_voce SET testo = 'Si è deciso!'", "nel database è cambiato: punti 1, voci 1, testo"),
        ("UPDATE incontri_presenza SET esito = 'assente'", "nel database è cambiato: presenze 1, esito"),
        ("UPDATE incontri_incontro SET luogo = 'Altrove'", "nel database è cambiato: incontro, luogo"),
        ("UPDATE incontri_rettifica SET testo = 'Era 13.'", "nella rettifica 1 è cambiato: testo"),
        (
            "UPDATE incontri_rettifica SET contenuto = REPLACE(contenuto, '12', '13')",
            "la rettifica 1 non ha più la sua impronta",
        ),
        ("DELETE FROM incontri_originale", "manca l'originale"),
    ],
)
def test_un_byte_cambiato_si_trova(approvato, comando, detto):
    manomesso(comando)
    assert verifica() == (f"Primo, 4 marzo 2026: {detto}.\n", False)


def test_un_byte_del_pdf(approvato):
    pdf = bytearray(bytes(Originale.objects.get().pdf))
    pdf[len(pdf) // 2] ^= 1
    manomesso("UPDATE incontri_originale SET pdf = %s", [bytes(pdf)])
    assert verifica() == ("Primo, 4 marzo 2026: il PDF conservato non ha più la sua impronta.\n", False)


def test_il_file_di_un_allegato(approvato):
    file = approvato.incontro.allegati.get().file
    with file.storage.open(file.name, "wb") as aperto:
        aperto.write(b"Testo della relazione!")
    detto = "Primo, 4 marzo 2026: il file dell'allegato «Relazione» non ha più la sua impronta.\n"
    assert verifica() == (detto, False)
    file.storage.delete(file.name)
    assert verifica() == ("Primo, 4 marzo 2026: manca il file dell'allegato «Relazione».\n", False)


def test_i_sigilli_tolti(db):
    di = "" if connection.vendor == "sqlite" else " ON incontri_voce"
    with connection.cursor() as cursore:
        cursore.execute(f"DROP TRIGGER fermo_incontri_voce_delete{di}")
    detto = "Nel database mancano o sono cambiati dei sigilli: fermo_incontri_voce_delete.\n"
    assert verifica() == (detto, False)
