"""The files of demo.istat.it: what is read, what is refused and why, what is written."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from referenti.models import Indicatore, Voce
from referenti.servizi.istat import archivio as modulo_archivio
from referenti.servizi.istat.carico import FONTE, STIMA, carica, confronta, leggi_dell_ambito
from referenti.servizi.istat.tavola import Genere, leggi
from tavolo.base.formati import FileNonLeggibile
from tests.factories import ComuneFactory
from tests.istat import archivio, in_csv, righe

COMUNI = {"015027": "Bollate", "015206": "Senago"}


@pytest.fixture
def ambito(db):
    return [ComuneFactory(codice_istat=codice, nome=nome, nell_ambito=True) for codice, nome in COMUNI.items()]


def letta(file, nome="POSAS_2024_it_Comuni.zip", comuni=COMUNI):
    return leggi(file, nome, comuni=comuni, anno_massimo=2026)


def rifiutata(file, nome="POSAS_2024_it_Comuni.zip"):
    with pytest.raises(FileNonLeggibile) as errore:
        letta(file, nome)
    return str(errore.value)


@pytest.mark.parametrize("codifica", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("lingua", ["it", "en"])
@pytest.mark.parametrize("genere", ["posas", "strasa"])
def test_si_legge_come_si_scarica(genere, lingua, codifica):
    csv = f"{genere.upper()}_2024_{lingua}_Comuni.csv"
    tavola = letta(
        archivio(righe(COMUNI, genere=genere, lingua=lingua), csv, lingua=lingua, codifica=codifica), "x.zip"
    )

    assert (tavola.genere, tavola.anno, tavola.riferimento) == (Genere(genere), 2024, "2024-01-01")
    assert tavola.url == f"https://demo.istat.it/data/{genere}/{genere.upper()}_2024_{lingua}_Comuni.zip"
    assert list(tavola.eta) == ["015027", "015206"]
    assert (tavola.persone("015027"), tavola.persone("015206", 0, 17)) == (1010, 180)
    assert tavola.stima is False


def test_anche_il_csv_senza_zip_senza_titolo_e_senza_zeri_davanti():
    tabella = [
        [str(c).removeprefix("0") if posto == 0 else c for posto, c in enumerate(riga)] for riga in righe(COMUNI)[1:]
    ]

    tavola = letta(io.BytesIO(in_csv(tabella).encode()), "POSAS_2023_it_Comuni.csv")

    assert (tavola.anno, tavola.persone("015027")) == (2023, 1010)


def test_le_colonne_si_riconoscono_per_nome():
    intestazione = ["ETA'", "Comune", "CODICE COMUNE", "Celibi", "Totale Femmine", "Totale Maschi"]
    tabella = [["Popolazione residente al 1º gennaio 2019"], [*intestazione]]
    tabella[1][0] = "ETÀ"
    tabella += [[eta, "x", codice, 1, 4, 6] for codice in COMUNI for eta in range(101)]

    assert letta(archivio(tabella, "dati.csv")).persone("015206") == 1010


def test_la_stima_si_dice():
    titolo = "Popolazione residente al 1° gennaio 2026 per età e sesso (stima)"
    tabella = righe(COMUNI, titolo=titolo)

    assert letta(archivio(tabella, "POSAS_2026_it_Comuni.csv")).stima is True


def test_un_file_di_un_altro_nome_ha_l_indirizzo_del_sito():
    assert letta(archivio(righe(COMUNI), "miei dati.csv")).url == "https://demo.istat.it/"


def cambia(tabella, numero, colonna, valore):
    tabella[numero - 1][colonna] = valore
    return tabella


@pytest.mark.parametrize(
    ("tabella", "nome", "atteso"),
    [
        (righe({"015027": "Bollate"}), "POSAS_2024_it_Comuni.csv", "mancano: Senago"),
        (righe(COMUNI)[:-60], "POSAS_2024_it_Comuni.csv", "ha 43 età su 101"),
        (cambia(righe(COMUNI), 103, 5, 99), "POSAS_2024_it_Comuni.csv", "mancano"),
        (righe(COMUNI), "POSAS_2023_it_Comuni.csv", "il nome e il titolo dicono 2023 e 2024"),
        (righe(COMUNI), "STRASA_2024_it_Comuni.csv", "il nome e il titolo dicono cose diverse"),
        (righe(COMUNI, titolo="Abitanti"), "dati.csv", "né il nome né il titolo lo dicono"),
        (righe(COMUNI, titolo="Popolazione residente"), "dati.csv", "non è scritto"),
        (righe(COMUNI, anno=2030), "POSAS_2030_it_Comuni.csv", "sarebbe del 2030: aspetto un anno dal 2002 al 2026"),
        ([["a", "b"], ["1", "2"]], "POSAS_2024_it_Province.csv", "non trovo i nomi delle colonne"),
        ([], "POSAS_2024_it_Comuni.csv", "non trovo i nomi delle colonne"),
        # Bollate begins at row 207: two rows of head, 2 × 102 of the others
        (
            cambia(righe(COMUNI), 210, 5, "n.d."),
            "POSAS_2024_it_Comuni.csv",
            "riga 210: nella colonna «totale» c'è «n.d.»",
        ),
        (
            cambia(righe(COMUNI), 210, 5, 11),
            "POSAS_2024_it_Comuni.csv",
            "riga 210: maschi e femmine fanno 10, il totale dice 11",
        ),
        (
            cambia(righe(COMUNI), 210, 2, 2),
            "POSAS_2024_it_Comuni.csv",
            "riga 210: l'età 2 di questo comune c'è già più su",
        ),
        (
            cambia(righe(COMUNI), 210, 2, "dodici"),
            "POSAS_2024_it_Comuni.csv",
            "riga 210: nella colonna «Età» c'è «dodici»",
        ),
        (cambia(righe(COMUNI), 308, 2, 100), "POSAS_2024_it_Comuni.csv", "riga 308: l'età 100"),
        ([*righe(COMUNI)[:210], ["015027", "Bollate", "4"]], "POSAS_2024_it_Comuni.csv", "riga 211: manca la colonna"),
    ],
)
def test_quello_che_non_torna_si_dice(tabella, nome, atteso):
    if atteso == "mancano":  # what is wrong with another comune is nobody's business here
        assert letta(archivio(tabella, nome)).persone("015027") == 1010
    else:
        assert atteso in rifiutata(archivio(tabella, nome))


def test_il_totale_e_la_somma_delle_eta():
    tabella = righe(COMUNI)
    del tabella[209]

    assert "le età del comune 015027 fanno 1000, il totale (età 999) dice 1010" in rifiutata(archivio(tabella))


@pytest.mark.parametrize(
    ("contenuto", "atteso"),
    [
        (b"", "è vuoto"),
        (b"PK\x03\x04rovinato", "è rovinato"),
        (b"\x81\x8d\x8f\x90;Comune\n", "contiene byte che non sono caratteri"),
        (b'"' + b"x" * 200_000, "una cella"),
        (b"%PDF-1.7 qualcosa", "non trovo i nomi delle colonne"),
    ],
)
def test_un_file_che_non_e_quello(contenuto, atteso):
    assert atteso in rifiutata(io.BytesIO(contenuto))


def test_uno_zip_troncato_o_con_altro_dentro():
    intero = archivio(righe(COMUNI)).getvalue()
    vuoto = io.BytesIO()
    with zipfile.ZipFile(vuoto, "w") as file:
        file.writestr("leggimi.txt", "x")
    vuoto.seek(0)
    guasto = bytearray(intero)
    guasto[200:260] = b"\0" * 60

    assert "è rovinato" in rifiutata(io.BytesIO(intero[: len(intero) // 2]))
    assert "non c'è nessun file CSV" in rifiutata(vuoto)
    assert "è rovinato o protetto" in rifiutata(io.BytesIO(guasto))


def test_fra_piu_csv_quello_dei_comuni():
    scelto = archivio(righe(COMUNI), altri=["POSAS_2024_it_Regioni.csv", "__MACOSX/._POSAS_2024_it_Comuni.csv"])
    confuso = archivio(righe(COMUNI), "POSAS_2024_it_015_Milano.csv", altri=["POSAS_2024_it_001_Torino.csv"])

    assert letta(scelto).persone("015027") == 1010
    assert "ci sono 2 file CSV" in rifiutata(confuso)


def test_una_bomba_non_si_apre(monkeypatch):
    monkeypatch.setattr(modulo_archivio, "BYTE_APERTI", 2000)

    assert "sarebbe troppo grande" in rifiutata(archivio(righe(COMUNI)))
    assert "è troppo grande" in rifiutata(io.BytesIO(in_csv(righe(COMUNI)).encode()), "POSAS_2024_it_Comuni.csv")


# what is written


def dell_ambito(**opzioni):
    genere, anno = opzioni.get("genere", "posas"), opzioni.get("anno", 2024)
    return leggi_dell_ambito(archivio(righe(COMUNI, **opzioni), f"{genere.upper()}_{anno}_it_Comuni.csv"), "x.zip")


def valore(comune, voce, riferimento="2024-01-01"):
    return Indicatore.objects.get(comune=comune, voce=voce, riferimento=riferimento).valore


def test_carica_popolazione_e_stranieri(ambito, anna):
    bollate, senago = ambito
    posas = dell_ambito()
    strasa = dell_ambito(genere="strasa", persone=lambda codice, eta: 3 if codice == "015206" and eta < 20 else 1)

    confronti = carica([posas, strasa], autore=anna)

    assert [(c.nuove, c.aggiornate, c.invariate) for c in confronti] == [(16, 0, 0), (16, 0, 0)]
    assert valore(bollate, Voce.RESIDENTI) == Decimal(1010)
    assert valore(bollate, Voce.MINORI) == Decimal(180)
    assert valore(bollate, Voce.RESIDENTI_65) == Decimal(360)
    assert valore(senago, Voce.STRANIERI) == Decimal(141)
    assert valore(senago, Voce.MINORI_STRANIERI) == Decimal(54)
    assert valore(senago, Voce.STRANIERI_18_34) == Decimal(21)
    riga = Indicatore.objects.get(comune=senago, voce=Voce.STRANIERI)
    assert (riga.fonte, riga.url_fonte) == (FONTE, "https://demo.istat.it/data/strasa/STRASA_2024_it_Comuni.zip")
    assert (riga.storia.first().history_user, riga.storia.first().history_change_reason) == (
        anna,
        "Importazione dei dati Istat",
    )
    assert Indicatore.objects.filter(comune=None).count() == 0


def test_le_fasce_di_eta_fanno_il_totale(ambito):
    carica([dell_ambito(persone=lambda codice, eta: eta)], autore=None)

    fasce = Indicatore.objects.filter(comune=ambito[0], voce__regex=r"\d$")
    assert sum(riga.valore for riga in fasce) == valore(ambito[0], Voce.RESIDENTI) == 5050


def test_due_volte_non_cambia_niente(ambito):
    carica([dell_ambito()], autore=None)
    di_nuovo = carica([dell_ambito()], autore=None)[0]

    assert (di_nuovo.nuove, di_nuovo.aggiornate, di_nuovo.invariate) == (0, 0, 16)
    assert {riga.storia.count() for riga in Indicatore.objects.all()} == {1}


def test_il_dato_definitivo_corregge_la_stima(ambito):
    stima = righe(COMUNI, titolo="Popolazione residente al 1° gennaio 2024 (stima)", persone=9)
    carica([leggi_dell_ambito(archivio(stima), "x.zip")], autore=None)
    assert Indicatore.objects.filter(nota=STIMA).count() == 16

    confronto = confronta(dell_ambito())
    assert (confronto.nuove, confronto.aggiornate) == (0, 16)
    carica([dell_ambito()], autore=None)

    assert (Indicatore.objects.filter(nota="").count(), valore(ambito[0], Voce.RESIDENTI)) == (16, 1010)


def test_piu_stranieri_che_residenti_non_entra_niente(ambito):
    with pytest.raises(FileNonLeggibile, match="uno dei due file non è quello che dice"):
        carica([dell_ambito(), dell_ambito(genere="strasa", persone=11)], autore=None)

    assert Indicatore.objects.count() == 0


def test_senza_comuni_non_si_sa_che_cosa_leggere(db):
    with pytest.raises(FileNonLeggibile, match="carica prima i comuni"):
        dell_ambito()


def test_il_confronto_ha_poche_query(ambito, django_assert_num_queries):
    tavola = dell_ambito()
    with django_assert_num_queries(2):
        confronta(tavola)


def test_il_comando(ambito, tmp_path, capsys):
    file = tmp_path / "POSAS_2024_it_Comuni.zip"
    file.write_bytes(archivio(righe(COMUNI)).getvalue())
    attesa = "POSAS_2024_it_Comuni.csv: popolazione residente al 1° gennaio 2024, 2 comuni; 16 cifre nuove, 0 aggiornate, 0 invariate\n"

    call_command("carica_istat", str(file), "--prova")
    assert (capsys.readouterr().out, Indicatore.objects.count()) == (attesa + "Prova: niente è stato salvato.\n", 0)
    call_command("carica_istat", str(file))
    assert (capsys.readouterr().out, Indicatore.objects.count()) == (attesa, 16)

    rotto = tmp_path / "POSAS_2025_it_Comuni.zip"
    rotto.write_bytes(archivio(righe({}, anno=2025), "POSAS_2025_it_Comuni.csv").getvalue())
    with pytest.raises(CommandError, match=r"mancano: Bollate, Senago\. .*Niente è stato salvato\."):
        call_command("carica_istat", str(file), str(rotto))
    with pytest.raises(CommandError, match="Non riesco ad aprire"):
        call_command("carica_istat", str(tmp_path / "non-c-e.zip"))
