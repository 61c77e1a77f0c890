# ruff: noqa: S608  (names of tables of ours)
"""Frozen means frozen: what hangs on approved minutes is refused at every level, raw SQL included, on both engines."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from incontri.models import (
    Allegato,
    CommentoRestituzione,
    Incontro,
    Originale,
    OriginaleRestituzione,
    Osservazione,
    Presenza,
    PuntoOdg,
    Restituzione,
    Rettifica,
    SezioneRestituzione,
    Verbale,
    Voce,
)
from incontri.models.fermi import Fermo
from incontri.models.posa_sigilli import mancanti, posa, senza, togli
from incontri.models.sigilli import TABELLE
from incontri.servizi.originali import congela
from referenti.models import Utente
from tavolo.base.stati import compi
from tests import factories as f

ROMA = ZoneInfo("Europe/Rome")
MESSAGGIO = "Quello che è stato approvato non si cambia più"
pytestmark = pytest.mark.django_db


@pytest.fixture
def righe(bruno, anna, comune_di_bollate):
    """One row of each noun that freezes, by its model, of minutes just approved."""
    return approvate(bruno, anna, comune_di_bollate)


def approvate(bruno, anna, ente):
    incontro = f.IncontroFactory(
        titolo="Fermo", inizio=datetime(2026, 3, 4, 15, tzinfo=ROMA), presiede=anna, autore=anna
    )
    verbale = f.VerbaleFactory(incontro=incontro, verbalizzante=bruno, autore=bruno, stato="condiviso")
    punto = f.PuntoOdgFactory(incontro=incontro)
    righe = [
        incontro,
        verbale,
        punto,
        f.VoceFactory(punto=punto, autore=bruno),
        f.PresenzaFactory(incontro=incontro, ente=ente, utente=bruno),
        f.OsservazioneFactory(verbale=verbale, ente=ente, autore=bruno, stato="respinta", motivo="No."),
        f.AllegatoFactory(incontro=incontro, autore=bruno),
    ]
    dopo = f.IncontroFactory(titolo="Dopo", inizio=datetime(2026, 4, 4, 15, tzinfo=ROMA))
    compi(verbale, "approva", autore=anna, valori={"approvato_il": timezone.now(), "approvato_in": dopo})
    righe.append(congela(verbale, autore=anna))
    righe.append(
        f.RettificaFactory(
            verbale=verbale,
            stato="approvata",
            numero=1,
            approvata_in=dopo,
            approvata_il=timezone.now(),
            impronta="0" * 64,
        )
    )
    righe += pubblicata(anna)
    return {type(riga): riga for riga in righe}


def pubblicata(anna):
    """A restitution document with what hangs on it, just published."""
    documento = f.RestituzioneFactory(autore=anna)
    sezione = f.SezioneRestituzioneFactory(restituzione=documento)
    commento = f.CommentoRestituzioneFactory(sezione=sezione, stato="risolto", risposta="Fatto.", autore=anna)
    documento.stato, documento.anno, documento.numero, documento.pubblicata_il = "pubblicata", 2026, 1, timezone.now()
    documento.save()
    return [documento, sezione, commento, f.OriginaleRestituzioneFactory(restituzione=documento)]


DEI_VERBALI = (Incontro, Verbale, PuntoOdg, Voce, Presenza, Osservazione, Allegato, Originale, Rettifica)
MODELLI = (*DEI_VERBALI, Restituzione, SezioneRestituzione, CommentoRestituzione, OriginaleRestituzione)
# A field of each, and another value for it.
ALTRO = {
    Incontro: ("titolo", "Un altro"),
    Verbale: ("approvato_il", datetime(2020, 1, 1, tzinfo=ROMA)),
    PuntoOdg: ("titolo", "Un altro"),
    Voce: ("testo", "Un altro"),
    Presenza: ("esito", "assente"),
    Osservazione: ("motivo", "Un altro"),
    Allegato: ("impronta", "f" * 64),
    Originale: ("contenuto", "{}"),
    Rettifica: ("testo", "Un altro"),
    Restituzione: ("titolo", "Un altro"),
    SezioneRestituzione: ("testo", "Un altro"),
    CommentoRestituzione: ("risposta", "Un altro"),
    OriginaleRestituzione: ("contenuto", "[]"),
}
MODELLO_E_RIGA = pytest.mark.parametrize("modello", MODELLI, ids=lambda m: m.__name__)


def stampo(modello):
    """Every value of every row, to see that nothing has changed."""
    righe = QuerySet(modello).order_by("pk").values_list()
    return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in riga) for riga in righe]


@pytest.mark.parametrize(
    "come_si_prova", ["save", "update_fields", "delete", "update", "bulk_update", "cancella_tutte"]
)
@MODELLO_E_RIGA
def test_il_modello_rifiuta(righe, modello, come_si_prova):
    riga, (campo, valore), prima = righe[modello], ALTRO[modello], stampo(modello)
    setattr(riga, campo, valore)
    tutte = modello.objects.filter(pk=riga.pk)
    prove = {
        "save": riga.save,
        "update_fields": lambda: riga.save(update_fields=[campo]),
        "delete": riga.delete,
        "update": lambda: tutte.update(**{campo: valore}),
        "bulk_update": lambda: modello.objects.bulk_update([riga], [campo]),
        "cancella_tutte": tutte.delete,
    }
    with pytest.raises(Fermo, match=MESSAGGIO):
        prove[come_si_prova]()
    assert stampo(modello) == prima


@pytest.mark.parametrize("verbo", ["UPDATE", "DELETE", "REPLACE"])
@MODELLO_E_RIGA
def test_l_sql_scritto_a_mano_e_rifiutato(righe, modello, verbo):
    riga, (campo, valore), prima = righe[modello], ALTRO[modello], stampo(modello)
    tabella, chiave = modello._meta.db_table, modello._meta.pk.get_db_prep_value(riga.pk, connection)
    valore = modello._meta.get_field(campo).get_db_prep_save(valore, connection)
    comando, valori = {
        "UPDATE": (f"UPDATE {tabella} SET {campo} = %s WHERE uuid = %s", [valore, chiave]),
        "DELETE": (f"DELETE FROM {tabella} WHERE uuid = %s", [chiave]),
        "REPLACE": rimpiazzo(tabella),
    }[verbo]
    with pytest.raises(IntegrityError, match=MESSAGGIO), transaction.atomic(), connection.cursor() as cursore:
        cursore.execute(comando, valori)
    assert stampo(modello) == prima


def rimpiazzo(tabella):
    """The same rows put over themselves: a REPLACE throws the old ones away without asking the DELETE seals."""
    if connection.vendor == "sqlite":
        return f"INSERT OR REPLACE INTO {tabella} SELECT * FROM {tabella}", []
    return f"INSERT INTO {tabella} SELECT * FROM {tabella} ON CONFLICT (uuid) DO UPDATE SET aggiornato = now()", []


@MODELLO_E_RIGA
def test_la_chiave_non_cambia(righe, modello):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursore:
        cursore.execute(f"UPDATE {modello._meta.db_table} SET uuid = %s", ["0" * 32])


FIGLI = {
    PuntoOdg: lambda righe: f.PuntoOdgFactory.build(incontro=righe[Incontro]),
    Voce: lambda righe: f.VoceFactory.build(punto=righe[PuntoOdg]),
    Presenza: lambda righe: f.PresenzaFactory.build(incontro=righe[Incontro], seggio=None, ente=None, ospite="Tardi"),
    Osservazione: lambda righe: f.OsservazioneFactory.build(verbale=righe[Verbale], ente=righe[Osservazione].ente),
    Allegato: lambda righe: f.AllegatoFactory.build(incontro=righe[Incontro]),
    SezioneRestituzione: lambda righe: f.SezioneRestituzioneFactory.build(
        restituzione=righe[Restituzione], genere="passi"
    ),
    CommentoRestituzione: lambda righe: f.CommentoRestituzioneFactory.build(sezione=righe[SezioneRestituzione]),
}


@pytest.mark.parametrize("modello", FIGLI, ids=lambda m: m.__name__)
def test_non_entra_niente_di_nuovo(righe, modello):
    nuova, prima = FIGLI[modello](righe), stampo(modello)
    with pytest.raises(Fermo):
        nuova.save()
    with pytest.raises(Fermo):
        modello.objects.bulk_create([nuova])
    with pytest.raises(IntegrityError, match=MESSAGGIO), transaction.atomic():
        nuova.save_base(raw=True)
    assert stampo(modello) == prima


def test_non_si_sposta_ne_dentro_ne_fuori(righe):
    altra = f.VoceFactory()
    dentro, fuori = righe[Voce], righe[PuntoOdg]
    for prova in (
        lambda: Voce.objects.filter(pk=altra.pk).update(punto=fuori),
        lambda: Voce.objects.filter(pk=altra.pk).update(punto_id=fuori.pk),
        lambda: Voce.objects.filter(pk=dentro.pk).update(punto=altra.punto),
        lambda: PuntoOdg.objects.filter(pk=fuori.pk).update(incontro=altra.punto.incontro),
    ):
        with pytest.raises(Fermo):
            prova()
    for riga, punto in ((altra, fuori), (dentro, altra.punto)):
        chiavi = [Voce._meta.pk.get_db_prep_value(o.pk, connection) for o in (punto, riga)]
        with pytest.raises(IntegrityError, match=MESSAGGIO), transaction.atomic(), connection.cursor() as cursore:
            cursore.execute("UPDATE incontri_voce SET punto_id = %s WHERE uuid = %s", chiavi)
    altra.punto = fuori
    with pytest.raises(Fermo):
        altra.save()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE è di SQLite")
@pytest.mark.parametrize(("tabella", "colonna"), [("incontri_incontro", "slug"), ("incontri_verbale", "incontro_id")])
def test_nessuno_scaccia_una_riga_ferma(righe, tabella, colonna):
    bozza = f.VerbaleFactory()
    nuova, ferma = (bozza.incontro, righe[Incontro]) if colonna == "slug" else (bozza, righe[Verbale])
    valori = [v.hex if isinstance(v, UUID) else v for v in (getattr(ferma, colonna), nuova.pk)]
    with pytest.raises(IntegrityError, match=MESSAGGIO), transaction.atomic(), connection.cursor() as cursore:
        cursore.execute(f"UPDATE OR REPLACE {tabella} SET {colonna} = %s WHERE uuid = %s", valori)


STORIE = [tabella.nome for tabella in TABELLE if tabella.storia]


@pytest.mark.parametrize("verbo", ["UPDATE", "DELETE"])
@pytest.mark.parametrize("tabella", STORIE)
def test_la_storia_si_allunga_soltanto(righe, tabella, verbo):
    comando = {
        "UPDATE": f"UPDATE {tabella} SET history_change_reason = 'altro'",
        "DELETE": f"DELETE FROM {tabella}",
    }[verbo]
    with pytest.raises(IntegrityError, match=MESSAGGIO), transaction.atomic(), connection.cursor() as cursore:
        cursore.execute(comando)


def test_un_account_si_cancella_e_i_nomi_restano(righe, bruno, anna):
    contenuto = righe[Originale].contenuto
    bruno.incarichi.all().delete()
    bruno.delete()
    anna.delete()
    assert Utente.objects.filter(pk__in=(bruno.pk, anna.pk)).count() == 0
    originale = Originale.objects.get()
    assert (originale.contenuto, "Bruno Bollate" in contenuto, "Anna Coordina" in contenuto) == (contenuto, True, True)
    assert list(Verbale.objects.values_list("verbalizzante", "autore")) == [(None, None)]
    assert list(Voce.objects.values_list("autore")) == [(None,)]


def test_si_pubblica_e_poi_basta(righe, anna):
    verbale = righe[Verbale]
    with pytest.raises(Fermo):
        Verbale.objects.filter(pk=verbale.pk).update(stato="pubblicato")
    compi(verbale, "pubblica", autore=anna, valori={"pubblicato_il": timezone.now()})
    verbale.pubblicato_il = timezone.now() + timedelta(days=1)
    with pytest.raises(Fermo):
        verbale.save()
    for stato in ("approvato", "bozza"):
        with pytest.raises(IntegrityError, match=MESSAGGIO), transaction.atomic(), connection.cursor() as cursore:
            cursore.execute("UPDATE incontri_verbale SET stato = %s", [stato])


def test_dell_incontro_cambia_solo_dove_si_vede(righe):
    incontro = righe[Incontro]
    incontro.pubblico, incontro.ordine = True, 3
    incontro.save()
    assert Incontro.objects.filter(pk=incontro.pk).update(pubblico=False) == 1
    assert list(incontro.storia.values_list("pubblico", flat=True)[:2]) == [True, False]


def test_una_bozza_si_scrive_come_prima(righe):
    altra = f.VoceFactory(punto=f.PuntoOdgFactory(incontro=f.VerbaleFactory().incontro))
    altra.testo = "Altro"
    altra.save()
    assert Voce.objects.filter(pk=altra.pk).update(testo="Ancora") == 1
    assert altra.storia.all().delete()[0] == 2
    altra.delete()
    assert Voce.objects.count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE è di PostgreSQL")
def test_nessuno_svuota_le_tabelle(righe):
    with connection.cursor() as cursore:
        cursore.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for modello in MODELLI:
        with pytest.raises(IntegrityError, match=MESSAGGIO), transaction.atomic(), connection.cursor() as cursore:
            cursore.execute(f"TRUNCATE {modello._meta.db_table} CASCADE")


def test_la_tabella_importata_non_li_tocca(righe, superutente, come):
    incontro = righe[Incontro]
    cliente, prima = come(superutente), (stampo(Incontro), stampo(PuntoOdg), stampo(Presenza))
    tabelle = {
        "incontro": f"slug,titolo,stato\n{incontro.slug},Cambiato,svolto\n",
        "puntoodg": f"incontro,titolo,descrizione\n{incontro.slug},Nuovo,x\n",
        "presenza": f"incontro,seggio,ospite,esito\n{incontro.slug},,Tardi,online\n",
    }
    for nome, tabella in tabelle.items():
        assert "non si cambia più" in importa(cliente, nome, tabella)
    assert (stampo(Incontro), stampo(PuntoOdg), stampo(Presenza)) == prima


def importa(cliente, nome, tabella):
    file = SimpleUploadedFile(f"{nome}.csv", tabella.encode(), content_type="text/csv")
    indirizzo = reverse(f"admin:incontri_{nome}_import")
    return cliente.post(indirizzo, {"import_file": file, "format": "0", "resource": "0"}).content.decode()


@pytest.mark.parametrize("modello", ["incontro", "puntoodg", "presenza", "verbale", "voce"])
def test_nell_amministrazione_si_guarda_e_basta(righe, superutente, come, modello):
    riga = next(r for m, r in righe.items() if m._meta.model_name == modello)
    cliente = come(superutente)
    prima = stampo(type(riga))
    cliente.post(reverse(f"admin:incontri_{modello}_change", args=[riga.pk]), {"titolo": "Cambiato", "testo": "x"})
    cliente.post(reverse(f"admin:incontri_{modello}_delete", args=[riga.pk]), {"post": "yes"})
    elenco = reverse(f"admin:incontri_{modello}_changelist")
    for azione in ("delete_selected", "passaggio_riprendi", "riprendi", "riapri"):
        dati = {"action": azione, "_selected_action": [str(riga.pk)], "post": "yes"}
        cliente.post(elenco, dati)
    assert stampo(type(riga)) == prima


def test_i_sigilli_mancanti_si_notano():
    assert mancanti(connection) == []
    with connection.cursor() as cursore:
        di = "" if connection.vendor == "sqlite" else " ON incontri_voce"
        cursore.execute(f"DROP TRIGGER fermo_incontri_voce_update{di}")
    assert mancanti(connection) == ["fermo_incontri_voce_update"]
    posa(connection)
    assert mancanti(connection) == []
    with senza(connection):
        assert len(mancanti(connection)) == len(TABELLE) * (3 if connection.vendor == "sqlite" else 4)
    togli(connection)
    posa(connection)
    assert mancanti(connection) == []
