"""Tables in: errors name row and column, nothing is half saved, nothing that is not written is touched."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from incontri.models import Incontro
from incontri.tracciati import TracciatoIncontro, TracciatoPuntoOdg, TracciatoTema
from referenti.models import Comune, Ente, Indicatore
from referenti.tracciati import TracciatoComune, TracciatoEnte, TracciatoIndicatore
from risorse.models import Risorsa
from risorse.tracciati import TracciatoContatto, TracciatoRisorsa
from tavolo.base.celle import Decimale, SiNo
from tavolo.base.celle_tempo import Data
from tavolo.base.formati import CSV, XLSX
from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    ContattoFactory,
    EnteFactory,
    IncontroFactory,
    IndicatoreFactory,
    PuntoOdgFactory,
    RisorsaFactory,
    TemaFactory,
)

pytestmark = pytest.mark.django_db


def importa(tracciato, testo, **opzioni):
    return tracciato().import_data(CSV().create_dataset(testo.encode()), **opzioni)


def conti(esito):
    return esito.nuove, esito.aggiornate, esito.invariate, [str(errore) for errore in esito.errori]


def test_nuove_aggiornate_invariate(bollate):
    testo = "slug,denominazione,tipo,padre,comune\na,Ente A,asst,,bollate\nb,Ente B,Unità o servizio di un ente,a,\n"
    assert conti(importa(TracciatoEnte, testo)) == (2, 0, 0, [])
    assert conti(importa(TracciatoEnte, testo)) == (0, 0, 2, [])
    assert conti(importa(TracciatoEnte, testo.replace("Ente A", "Ente Alfa"))) == (0, 1, 1, [])
    ente = Ente.objects.get(slug="b")
    assert (ente.padre.denominazione, ente.tipo, ente.storia.count(), ente.padre.storia.count()) == (
        "Ente Alfa",
        "unita",
        1,
        2,
    )


def test_ogni_errore_dice_riga_e_colonna(bollate):
    testo = (
        "slug,denominazione,tipo,comune,da_verificare,ordine,dal\n"
        "a,Ente A,cooperatva,Bolate,forse,tre,2022-13\n"
        "b,,asst,,no,1,\n"
        "a,Ente C,asst,,no,9,ieri\n"
        ",Ente D,asst,,no,,\n"
    )
    assert conti(importa(TracciatoEnte, testo))[3] == [
        "riga 2, colonna «tipo»: «cooperatva» non è tra i valori possibili (comune, azienda-consortile, asst, unita, "
        "istituto-scolastico, cooperativa, associazione, rete-informale, altro); forse «cooperativa»?",
        "riga 2, colonna «comune»: «Bolate» non esiste; forse «bollate»?",
        "riga 2, colonna «da_verificare»: «forse» non va bene: scrivi sì oppure no.",
        "riga 2, colonna «ordine»: «tre» non è un numero intero.",
        "riga 3, colonna «denominazione»: Non può essere vuota.",
        "riga 4, colonna «dal»: «ieri» non è una data: scrivi l'anno (2022), il mese (settembre 2022) o il giorno (15/09/2022).",
        "riga 5, colonna «slug»: Non può essere vuota: serve a riconoscere la riga.",
    ]
    assert Ente.objects.count() == 0


def test_una_riga_cattiva_e_non_entra_niente():
    testo = "slug,denominazione,tipo\na,Ente A,asst\nb,Ente B,boh\n"
    esito = importa(TracciatoEnte, testo)
    assert str(esito.errori[0]).startswith("riga 3, colonna «tipo»: «boh» non è tra i valori possibili")
    assert Ente.objects.count() == 0


def test_regole_del_modello_con_riga():
    testo = "slug,denominazione,tipo,dal,al\na,Ente A,asst,2023,2022\n"
    assert conti(importa(TracciatoEnte, testo))[3] == ["riga 2: La data di fine viene prima di quella di inizio."]


def test_stessa_voce_due_volte():
    testo = "slug,denominazione,tipo\na,Ente A,asst\n\na,Ente B,asst\n"
    assert conti(importa(TracciatoEnte, testo))[3] == ["riga 4: È la stessa voce della riga 2."]


def test_colonna_sconosciuta_e_colonna_chiave_mancante():
    assert conti(importa(TracciatoEnte, "denominazione,telefon,tipi\na,b,c\n"))[3] == [
        "Colonna sconosciuta «telefon».",
        "Colonna sconosciuta «tipi»; forse «tipo»?",
        "Manca la colonna «slug», che serve a riconoscere le righe. Le colonne sono: slug, denominazione, nome_breve, "
        "tipo, padre, comune, codice_fiscale, descrizione, ruolo, dal, al, fonte, da_verificare, nota_interna, esempio, ordine.",
    ]


def test_colonna_mancante_serve_solo_alle_voci_nuove():
    EnteFactory(slug="a", denominazione="Ente A", nome_breve="A", da_verificare=True)
    assert conti(importa(TracciatoEnte, "slug,nome_breve\na,Alfa\n")) == (0, 1, 0, [])
    ente = Ente.objects.get()
    assert (ente.denominazione, ente.nome_breve, ente.da_verificare) == ("Ente A", "Alfa", True)
    assert conti(importa(TracciatoEnte, "slug,nome_breve\nb,Beta\n"))[3] == [
        "riga 2, colonna «denominazione»: Manca la colonna, che serve per una voce nuova.",
        "riga 2, colonna «tipo»: Manca la colonna, che serve per una voce nuova.",
    ]


def test_cella_vuota_svuota_o_torna_al_predefinito(bollate):
    EnteFactory(slug="a", comune=bollate, nome_breve="A", ruolo="invitato", ordine=5)
    assert conti(importa(TracciatoEnte, "slug,nome_breve,comune,ruolo,ordine\na,,,,\n")) == (0, 1, 0, [])
    ente = Ente.objects.get()
    assert (ente.nome_breve, ente.comune, ente.ruolo, ente.ordine) == ("", None, "nessuno", 0)


def test_lo_stato_vale_solo_per_le_righe_nuove(anna):
    CategoriaFactory(slug="salute")
    testo = "slug,ente,nome,in_breve,categorie,stato,fonte\nr,{},Nome,Breve,salute,{},Fonte\n"
    ente = anna.ente.slug
    assert conti(importa(TracciatoRisorsa, testo.format(ente, "Pubblicata"), user=anna)) == (1, 0, 0, [])
    assert conti(importa(TracciatoRisorsa, testo.format(ente, "archiviata"), user=anna)) == (0, 0, 1, [])
    risorsa = Risorsa.objects.get()
    assert (risorsa.stato, risorsa.autore) == ("pubblicata", anna)


def test_un_servizio_vero_senza_fonte_non_entra_pubblicato(consorzio):
    CategoriaFactory(slug="salute")
    testo = f"slug,ente,nome,in_breve,categorie,stato\nr,{consorzio.slug},Nome,Breve,salute,pubblicata\n"
    assert conti(importa(TracciatoRisorsa, testo))[3] == ["riga 2: Un servizio vero si pubblica solo con la sua fonte."]


def test_elenchi_separati_da_barra(consorzio, bollate, senago):
    salute, scuola = CategoriaFactory(slug="salute"), CategoriaFactory(slug="scuola")
    testo = "slug,ente,nome,in_breve,categorie,comuni_serviti\nr,{},Nome,Breve,{},bollate|senago\n"
    assert conti(importa(TracciatoRisorsa, testo.format(consorzio.slug, "salute | scuola|salute"))) == (1, 0, 0, [])
    risorsa = Risorsa.objects.get()
    assert set(risorsa.categorie.all()) == {salute, scuola}
    assert conti(importa(TracciatoRisorsa, testo.format(consorzio.slug, "scuola|salut")))[3] == [
        "riga 2, colonna «categorie»: «salut» non esiste; forse «salute»?"
    ]
    assert conti(importa(TracciatoRisorsa, testo.format(consorzio.slug, "")))[3] == [
        "riga 2, colonna «categorie»: Non può essere vuota."
    ]


def test_chiavi_di_piu_colonne_anche_vuote(bollate):
    IndicatoreFactory(fonte="ISTAT")
    IndicatoreFactory(fonte="ISTAT", comune=bollate)
    testo = "voce,comune,valore,riferimento,fonte\nresidenti,,200,2022-01-01,ISTAT\nresidenti,bollate,100,2022-01-01,ISTAT\n"
    assert conti(importa(TracciatoIndicatore, testo)) == (0, 1, 1, [])
    assert Indicatore.objects.get(comune=None).valore == Decimal(200)


def test_date_e_ore():
    testo = "slug,titolo,inizio,fine\na,Uno,15/09/2026 10:30,2026-09-15 12:00\n"
    assert conti(importa(TracciatoIncontro, testo)) == (1, 0, 0, [])
    assert conti(importa(TracciatoIncontro, testo)) == (0, 0, 1, [])
    assert (
        Incontro.objects.get().inizio.astimezone().isoformat()
        == datetime.fromisoformat("2026-09-15T10:30+02:00").astimezone().isoformat()
    )
    assert conti(importa(TracciatoIncontro, "slug,titolo,inizio\nb,Due,30/02/2026\n"))[3] == [
        "riga 2, colonna «inizio»: «30/02/2026» non è una data con l'ora: scrivi per esempio 2026-09-15 10:30 "
        "oppure 15/09/2026 10:30."
    ]


@pytest.mark.parametrize(
    ("lettore", "scritto", "letto"),
    [
        (Data(), "15/9/2026", date(2026, 9, 15)),
        (Data(), "2026-09-15", date(2026, 9, 15)),
        (Data(), "", None),
        (Decimale(), "1.234,5", Decimal("1234.5")),
        (Decimale(), "1,234.5", Decimal("1234.5")),
        (Decimale(), "10,6", Decimal("10.6")),
        (Decimale(), "-9.11000", Decimal("-9.11")),
        (SiNo(), "Sì", True),
        (SiNo(), "falso", False),
        (SiNo(), "0", False),
    ],
)
def test_celle_come_le_scrive_la_gente(lettore, scritto, letto):
    assert lettore.clean(scritto) == letto


@pytest.mark.parametrize(
    ("lettore", "scritto"), [(Data(), "15-9-26"), (Decimale(), "NaN"), (Decimale(), "1e9"), (SiNo(), "boh")]
)
def test_celle_rifiutate(lettore, scritto):
    with pytest.raises(ValueError, match=f"«{scritto}»"):
        lettore.clean(scritto)


@pytest.mark.parametrize("formato", [CSV, XLSX])
def test_quello_che_esce_rientra_invariato(formato, bollate, anna):
    risorsa = RisorsaFactory(
        nome="=1+1", requisiti="-", descrizione="uno\ndue\r\ntre", categorie=[CategoriaFactory()], comuni=[bollate]
    )
    ContattoFactory(ente=None, risorsa=risorsa, valore="+39 02 1234567")
    EnteFactory(nome_breve="'=x", padre=anna.ente, comune=bollate, descrizione="@tutti")
    IncontroFactory(inizio="2026-09-15T08:30Z").temi.add(TemaFactory())
    for tracciato in (
        TracciatoRisorsa,
        TracciatoContatto,
        TracciatoEnte,
        TracciatoIncontro,
        TracciatoTema,
        TracciatoComune,
    ):
        uscito = formato().export_data(tracciato().export())
        esito = tracciato().import_data(formato().create_dataset(uscito))
        righe = tracciato._meta.model.objects.count()
        assert (tracciato, *conti(esito)) == (tracciato, 0, 0, righe, [])


def test_export_domande_costanti(django_assert_num_queries):
    for quante in (1, 29):
        RisorsaFactory.create_batch(quante)
        with django_assert_num_queries(7):  # count, page, one per list
            TracciatoRisorsa().export(Risorsa.objects.all())


def test_il_database_ha_l_ultima_parola_senza_rompere_il_resto(monkeypatch):
    monkeypatch.setattr(Comune, "full_clean", lambda *args, **kwargs: None)
    ComuneFactory(codice_istat="000001", slug="uguale")
    testo = "codice_istat,nome,slug\n000002,Due,uguale\n000003,Tre,tre\n"
    esito = importa(TracciatoComune, testo)
    assert conti(esito)[3] == ["riga 2: Non si può salvare: una voce uguale c'è già."]
    assert Comune.objects.count() == 1


def test_i_comuni_serviti_solo_se_il_territorio_sono_alcuni_comuni(bollate):
    EnteFactory(slug="e")
    CategoriaFactory(slug="c")
    colonne, riga = "slug,ente,nome,in_breve,categorie,area_servita,comuni_serviti\n", "a,e,Uno,Uno,c,{},bollate\n"
    frase = "I comuni serviti si indicano solo se il territorio servito è «Solo alcuni comuni»."
    rifiuto = [f"riga 2, colonna «comuni_serviti»: {frase}"]
    assert conti(importa(TracciatoRisorsa, colonne + riga.format("ambito")))[3] == rifiuto
    assert conti(importa(TracciatoRisorsa, colonne + riga.format("comuni"))) == (1, 0, 0, [])
    assert conti(importa(TracciatoRisorsa, "slug,area_servita\na,ambito\n"))[3] == rifiuto
    assert conti(importa(TracciatoRisorsa, "slug,area_servita,comuni_serviti\na,ambito,\n")) == (0, 1, 0, [])


def test_una_chiave_che_e_di_piu_righe_non_sceglie_da_sola():
    incontro = IncontroFactory(slug="uno")
    PuntoOdgFactory.create_batch(2, incontro=incontro, titolo="Varie", descrizione="")
    esito = importa(TracciatoPuntoOdg, "incontro,titolo,descrizione\nuno,Varie,Nuova\n")
    assert conti(esito)[3] == ["riga 2: Ci sono già 2 voci come questa: non so quale cambiare."]
    assert list(incontro.punti.values_list("descrizione", flat=True)) == ["", ""]
