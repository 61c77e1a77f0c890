"""The tabular data package: out, in, and out again the same."""

import csv
import io
import json
import uuid
import zipfile

import pytest

from referenti.models import Ente
from risorse.hsds.pacchetto.esci import scrivi_pacchetto
from risorse.hsds.pacchetto.leggi import leggi
from risorse.hsds.pacchetto.porta import importa
from risorse.hsds.tabelle import TABELLE
from risorse.models import Categoria, Contatto, DatoEsterno, Lingua, Orario, Risorsa, RisorsaInSede, Sede
from tavolo.base.contenuto import versione
from tavolo.base.formati import FileNonLeggibile
from tests import factories as f


def esporta():
    uscita = io.BytesIO()
    scrivi_pacchetto(uscita)
    return uscita.getvalue()


def tabelle(contenuto):
    """The tables of a package: {table: [row as a dictionary of its filled cells]}."""
    with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
        descrizione = json.loads(archivio.read("datapackage.json"))
        return {
            risorsa["name"]: [
                {nome: cella for nome, cella in riga.items() if cella}
                for riga in csv.DictReader(io.StringIO(archivio.read(risorsa["path"]).decode(), newline=""))
            ]
            for risorsa in descrizione["resources"]
        }


def pacco(tavole, **file):
    """A zip made of {name of the file: [rows]}, without datapackage.json."""
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        for nome, righe in tavole.items():
            colonne = list(dict.fromkeys(colonna for riga in righe for colonna in riga))
            testo = io.StringIO(newline="")
            scrittore = csv.DictWriter(testo, colonne)
            scrittore.writeheader()
            scrittore.writerows(righe)
            archivio.writestr(f"{nome}.csv", testo.getvalue())
        for nome, contenuto in file.items():
            archivio.writestr(nome, contenuto)
    return uscita.getvalue()


def da_fuori(quanti=60):
    """A package as another publisher makes it: keys that are no UUIDs, columns, tables and terms of its own, persons."""
    servizi = [
        {
            "id": f"s{n}",
            "organization_id": "o1" if n % 2 else "o2",
            "program_id": "p1" if n == 1 else "",
            "name": "Food bank" if n < 3 else f"Service {n}",
            "description": f"First paragraph of {n}.\n\nSecond paragraph." if n % 3 else "x" * 300,
            "status": ("active", "inactive", "defunct", "temporarily closed")[n % 4] if n > 40 else "active",
            "application_process": "Call first",
            "eligibility_description": "Anyone, really",
            "minimum_age": "0.5" if n == 2 else "",
            "fees_description": "5 dollars",
            "url": f"https://example.org/{n}",
            "email": f"service{n}@example.org",
            "last_modified": "2026-01-01T10:00:00Z",
            "assurer_email": "jane.doe@example.org",
            "x_region": f"Region {n % 5}",
        }
        for n in range(1, quanti + 1)
    ]
    return {
        "organizations": [
            {
                "id": "o1",
                "name": "Helping Hands",
                "description": "We help",
                "parent_organization_id": "o2",
                "website": "https://hh.example.org",
            },
            {
                "id": "o2",
                "name": "City of Elsewhere",
                "description": "A city",
                "tax_id": "12-345",
                "parent_organization_id": "",
            },
        ],
        "programs": [{"id": "p1", "organization_id": "o1", "name": "Winter", "description": "Winter help"}],
        "services": servizi,
        "locations": [
            {
                "id": "l1",
                "location_type": "physical",
                "name": "Main hall",
                "organization_id": "o1",
                "latitude": "45.123456789",
                "longitude": "9.1",
                "transportation": "Bus 4",
            },
            {
                "id": "l2",
                "location_type": "virtual",
                "name": "Online",
                "organization_id": "o1",
                "url": "https://meet.example.org",
                "latitude": "",
                "longitude": "",
                "transportation": "",
            },
            {
                "id": "l3",
                "location_type": "physical",
                "name": "Nowhere",
                "organization_id": "",
                "latitude": "",
                "longitude": "",
                "transportation": "",
            },
        ],
        "addresses": [
            {
                "id": "a1",
                "location_id": "l1",
                "address_1": "1 High Street",
                "city": "Elsewhere",
                "state_province": "ON",
                "postal_code": "M5V 2T6",
                "country": "CA",
                "address_type": "physical",
            },
        ],
        "service_at_location": [
            {"id": f"sl{n}", "service_id": f"s{n}", "location_id": f"l{1 + n % 3}", "description": ""}
            for n in range(1, quanti, 2)
        ],
        "phones": [
            {
                "id": "ph1",
                "service_id": "s1",
                "contact_id": "",
                "number": "(416) 555-0100",
                "extension": "12",
                "type": "voice",
            },
            {
                "id": "ph2",
                "service_id": "",
                "contact_id": "c1",
                "number": "416 555 0101",
                "extension": "",
                "type": "cell",
            },
            {
                "id": "ph3",
                "service_id": "s1",
                "contact_id": "",
                "number": "(416) 555-0100",
                "extension": "",
                "type": "fax",
            },
        ],
        "contacts": [
            {
                "id": "c1",
                "organization_id": "o1",
                "name": "Jane Doe",
                "title": "Director",
                "email": "jane.doe@example.org",
            },
        ],
        "schedules": [
            {
                "id": "sc1",
                "service_id": "s1",
                "freq": "WEEKLY",
                "byday": "MO,TU",
                "opens_at": "09:00Z",
                "closes_at": "17:00Z",
                "bymonthday": "",
            },
            {
                "id": "sc2",
                "service_id": "s1",
                "freq": "MONTHLY",
                "byday": "2MO",
                "opens_at": "09:00",
                "closes_at": "17:00",
                "bymonthday": "",
            },
        ],
        "languages": [
            {"id": "la1", "service_id": "s1", "name": "Arabic", "code": "ar"},
            {"id": "la2", "service_id": "s1", "name": "Inuktitut", "code": "iu"},
        ],
        "taxonomies": [{"id": "t1", "name": "211 taxonomy", "description": "All of it"}],
        "taxonomy_terms": [
            {
                "id": f"tt{n}",
                "code": f"B{n}",
                "name": f"Term {n}",
                "description": "d",
                "taxonomy_id": "t1",
                "parent_id": f"tt{n + 1}" if n < 30 else "",
            }
            for n in range(1, 31)
        ],
        "attributes": [
            {"id": f"at{n}", "link_id": f"s{n}", "link_entity": "service", "taxonomy_term_id": "tt1"}
            for n in range(1, 20)
        ],
        "cost_options": [{"id": "co1", "service_id": "s1", "option": "Adults", "amount": "5.00", "currency": "CAD"}],
        "funding": [{"id": "f1", "service_id": "s1", "source": "Grant"}],
        "weather": [{"id": "w1", "service_id": "s1", "sky": "blue"}],
    }


def svuota():
    for modello in (DatoEsterno, RisorsaInSede, Risorsa, Sede, Contatto):
        modello.objects.all().delete()
    Ente.objects.update(padre=None)
    Ente.objects.all().delete()


def test_esce_lo_stesso_pacchetto_due_volte(rubrica):
    assert esporta() == esporta()


def test_il_pacchetto_descrive_ogni_tabella(rubrica):
    contenuto = esporta()
    with zipfile.ZipFile(io.BytesIO(contenuto)) as archivio:
        descrizione = json.loads(archivio.read("datapackage.json"))
        assert {r["path"] for r in descrizione["resources"]} | {"datapackage.json"} == set(archivio.namelist())
        assert b"segret" not in b"".join(archivio.read(nome) for nome in archivio.namelist())
        servizi = archivio.read("services.csv")
    assert servizi.count(b"\r\n") >= len(rubrica.pubbliche) + 1
    assert descrizione["profile"] == "tabular-data-package"
    chiavi = {r["name"]: r["schema"].get("foreignKeys", []) for r in descrizione["resources"]}
    assert {"fields": "organization_id", "reference": {"resource": "organization", "fields": "id"}} in chiavi["service"]
    assert {"fields": "parent_organization_id", "reference": {"resource": "", "fields": "id"}} in chiavi["organization"]
    lette = tabelle(contenuto)
    for tabella, righe in lette.items():
        richieste = {n for n, c in TABELLE[tabella].items() if c.richiesta or c.richiesta_in_tabella} - {"postal_code"}
        assert [riga for riga in righe if richieste - set(riga)] == []


def test_esce_entra_nello_stesso_portale_e_niente_cambia(rubrica):
    prima = esporta()
    esito = importa(prima)
    assert esito.errori == []
    assert {conto.nome: (conto.nuove, conto.aggiornate) for conto in esito.conti} == {
        c.nome: (0, 0) for c in esito.conti
    }
    assert DatoEsterno.objects.count() == 0
    assert esporta() == prima


def test_il_cap_del_comune_e_quello_della_sede_tornano_come_erano(rubrica):
    comune = f.ComuneFactory(nome="Senago", cap="20030")
    risorsa = rubrica.ricca
    campi = {"comune": comune, "ente": risorsa.ente}
    sedi = [
        f.SedeFactory(**campi, nome="Con il suo", indirizzo="via Roma 1", cap="20031"),
        f.SedeFactory(**campi, nome="Con quello del comune", indirizzo="via Roma 2", cap="20030"),
        f.SedeFactory(**campi, nome="Senza", indirizzo="via Roma 3", cap=""),
        f.SedeFactory(**campi, nome="Corte grande", indirizzo="Corte grande", cap="20030"),
    ]
    for sede in sedi:
        f.RisorsaInSedeFactory(risorsa=risorsa, sede=sede)
    esito = importa(esporta())
    assert [conto for conto in esito.conti if conto.nuove or conto.aggiornate] == []
    adesso = Sede.objects.in_bulk([sede.pk for sede in sedi])
    assert [(adesso[s.pk].cap, adesso[s.pk].indirizzo) for s in sedi] == [(s.cap, s.indirizzo) for s in sedi]


def test_esce_entra_in_un_portale_vuoto_ed_esce_uguale(rubrica):
    prima = esporta()
    svuota()
    assert importa(prima, pubblica=True).errori == []
    assert esporta() == prima
    ricca = Risorsa.objects.get(pk=rubrica.ricca.pk)
    assert (ricca.in_breve, ricca.descrizione) == (rubrica.ricca.in_breve, rubrica.ricca.descrizione)
    assert (ricca.requisiti, ricca.eta_minima, ricca.costo) == ("Avere 14 anni", 14, "gratuito")
    assert {(p.lingua.nome, p.con_mediatore, p.quando) for p in ricca.lingue_parlate.all()} == {
        ("Arabo", False, "il martedì"),
        ("Urdu", True, "il lunedì, su richiesta"),
    }
    assert {c.tipo for c in ricca.contatti.all()} == {"telefono", "whatsapp", "email", "pec", "web"}
    assert ricca.chiusure.count() == 1
    assert sorted(Orario.objects.values_list("giorno", flat=True)) == [1, 2, 3, 5]
    assert [categoria.nome for categoria in ricca.categorie.all()] == ["Salute"]
    assert ricca.storia.latest().history_change_reason == "Pacchetto HSDS"


def test_un_pacchetto_di_altri_entra_e_esce_intero(db):
    Lingua.objects.all().delete()
    f.LinguaFactory(nome="Arabo", codice="ar")
    contenuto = pacco(da_fuori())
    esito = importa(contenuto, pubblica=True)
    assert esito.errori == []
    assert esito.colonne_ignote == {"service": ["x_region"]}
    assert esito.tabelle_ignote == ["weather"]
    assert esito.da_parte["taxonomy_term"] == 30
    assert Categoria.objects.count() == 0
    prima = esporta()
    uscite = tabelle(prima)
    assert len(uscite["service"]) == Risorsa.objects.attive().count() > 40
    primo = next(riga for riga in uscite["service"] if riga["url"].endswith("/1"))
    assert primo["x_region"] == "Region 1"
    assert primo["application_process"] == "Call first"
    assert primo["last_modified"] == "2026-01-01T10:00:00Z"
    assert len([riga for riga in uscite["service"] if riga["name"] == "Food bank"]) == 2
    assert {riga["name"] for riga in uscite["taxonomy_term"]} >= {f"Term {n}" for n in range(1, 31)}
    assert len([a for a in uscite["attribute"] if a.get("link_id") == primo["id"]]) == 2
    assert {riga["number"] for riga in uscite["phone"]} == {"(416) 555-0100"}
    assert {riga["location_type"] for riga in uscite["location"]} == {"physical", "virtual"}
    assert uscite["address"][0]["city"] == "Elsewhere"
    assert uscite["weather"][0]["sky"] == "blue"
    assert uscite["program"][0]["name"] == "Winter"
    assert {riga["freq"] for riga in uscite["schedule"]} == {"WEEKLY", "MONTHLY"}
    assert {riga["name"] for riga in uscite["language"]} == {"Arabic", "Inuktitut"}
    with zipfile.ZipFile(io.BytesIO(prima)) as archivio:
        assert b"ane" + b".doe" not in b"".join(archivio.read(nome) for nome in archivio.namelist())
    svuota()
    assert importa(prima, pubblica=True).errori == []
    assert esporta() == prima


def test_la_seconda_volta_aggiorna(db):
    tavole = da_fuori()
    importa(pacco(tavole), pubblica=True)
    prima, quanti = esporta(), {m: m.objects.count() for m in (Risorsa, Ente, Sede, Contatto, DatoEsterno)}
    esito = importa(pacco(tavole), pubblica=True)
    assert [conto for conto in esito.conti if conto.nuove or conto.aggiornate] == []
    assert {m: m.objects.count() for m in quanti} == quanti
    assert esporta() == prima
    tavole["services"][0] |= {"name": "Food bank of the north", "description": "New words."}
    esito = importa(pacco(tavole), pubblica=True)
    assert {conto.nome: (conto.nuove, conto.aggiornate) for conto in esito.conti}["servizi"] == (0, 1)
    cambiata = Risorsa.objects.get(nome="Food bank of the north")
    assert (cambiata.in_breve, cambiata.storia.count()) == ("New words.", 2)


def test_quello_che_si_cambia_qui_vale_piu_di_quello_che_e_entrato(db):
    importa(pacco(da_fuori()), pubblica=True)
    risorsa = Risorsa.objects.get(nome="Service 5")
    risorsa.costo_nota = "Adesso è gratis"
    risorsa.save()
    riga = next(riga for riga in tabelle(esporta())["service"] if riga["id"] == str(risorsa.pk))
    assert (riga["fees_description"], riga["application_process"]) == ("Adesso è gratis", "Call first")
    assert not riga["last_modified"].startswith("2026-01-01")


def test_i_servizi_nuovi_sono_bozze_e_niente_si_vede(db):
    importa(pacco(da_fuori()))
    assert set(Risorsa.objects.values_list("stato", flat=True)) == {"bozza"}
    assert {tabella: righe for tabella, righe in tabelle(esporta()).items() if "taxonomy" not in tabella} == {}


def test_una_prova_non_scrive_niente(db):
    prima = versione()
    esito = importa(pacco(da_fuori()), prova=True)
    assert {conto.nome: conto.nuove for conto in esito.conti}["servizi"] == 60
    assert (Risorsa.objects.count(), DatoEsterno.objects.count(), versione()) == (0, 0, prima)


def test_i_riferimenti_rotti_si_dicono_riga_per_riga_e_niente_entra(db):
    tavole = da_fuori()
    tavole["services"][3]["organization_id"] = "nessuno"
    tavole["attributes"][0]["taxonomy_term_id"] = "niente"
    tavole["service_at_location"][1]["service_id"] = ""
    tavole["phones"][2]["id"] = "ph1"
    esito = importa(pacco(tavole), pubblica=True)
    assert sorted(map(str, esito.errori)) == [
        "attributes.csv, riga 2, colonna «taxonomy_term_id»: nella tabella «taxonomy_term» non c'è nessuna riga con questa chiave.",
        "phones.csv, riga 4, colonna «id»: «ph1» c'è già alla riga 2.",
        "service_at_location.csv, riga 3, colonna «service_id»: manca.",
        "services.csv, riga 5, colonna «organization_id»: nella tabella «organization» non c'è nessuna riga con questa chiave.",
    ]
    assert (Risorsa.objects.count(), Ente.objects.count(), DatoEsterno.objects.count()) == (0, 0, 0)


def test_i_giri_si_trovano(db):
    tavole = da_fuori()
    tavole["organizations"][1]["parent_organization_id"] = "o1"
    tavole["taxonomy_terms"][29]["parent_id"] = "tt28"
    giri = [(errore.file, errore.riga) for errore in importa(pacco(tavole)).errori]
    assert giri == [
        ("organizations.csv", 2),
        ("organizations.csv", 3),
        *(("taxonomy_terms.csv", r) for r in (29, 30, 31)),
    ]


def test_una_catena_lunghissima_non_rallenta(db):
    quanti = 5000
    tavole = {
        "taxonomies": [{"id": "t", "name": "T", "description": "d"}],
        "taxonomy_terms": [
            {
                "id": str(uuid.UUID(int=n + 1)),
                "name": "n",
                "description": "d",
                "taxonomy_id": "t",
                "parent_id": str(uuid.UUID(int=(n + 1) % quanti + 1)),
            }
            for n in range(quanti)
        ],
    }
    assert len(importa(pacco(tavole)).errori) == quanti
    tavole["taxonomy_terms"][-1]["parent_id"] = ""
    assert importa(pacco(tavole)).errori == []
    assert len([riga for riga in tabelle(esporta())["taxonomy_term"] if riga["name"] == "n"]) == quanti


def gonfio():
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        archivio.writestr("services.csv", b"0" * (65 * 1024 * 1024))
    return uscita.getvalue()


@pytest.mark.parametrize(
    ("contenuto", "detto"),
    [
        (lambda: b"", "non è uno zip"),
        (lambda: b"nome,ente\r\nCorso,Tavolo\r\n", "non è uno zip"),
        (lambda: b"PK\x03\x04 e poi niente", "rovinato"),
        (gonfio, "troppo grande"),
        (lambda: pacco({}), "nessun file CSV"),
        (lambda: pacco({}, **{"services.csv": "id,id\n1,2\n"}), "due volte"),
        (lambda: pacco({}, **{"services.csv": ""}), "vuoto"),
        (lambda: pacco({}, **{"services.csv": "id,name\n1,2,3\n"}), "Riga 2"),
        (lambda: pacco({}, **{"services.csv": "id,name\n1,\x00\n"}), "non è un testo"),
        (lambda: pacco({"services": [], "service": []}, **{"a/services.csv": "id\n"}), "services"),
        (lambda: pacco({"services": [{"id": 1}]}, **{"datapackage.json": "["}), "datapackage.json"),
        (lambda: pacco({"services": [{"id": 1}]}, **{"datapackage.json": "[" * 100_000}), "datapackage.json"),
        (lambda: pacco({}, **{"etc/passwd;.csv": "id\n1\n"}), "nome di una tabella"),
    ],
)
def test_un_file_che_non_e_un_pacchetto_ha_una_risposta_chiara(db, contenuto, detto):
    with pytest.raises(FileNonLeggibile, match=detto):
        importa(contenuto())


def test_una_cartella_dentro_lo_zip_e_i_nomi_al_singolare_vanno_bene():
    pacchetto = leggi(
        pacco({}, **{"mio/service.csv": "id,name\nx,y\n", "__MACOSX/service.csv": "id\n", "mio/leggimi.txt": ""})
    )
    assert (list(pacchetto.tavole), pacchetto.ignorati) == (["service"], ["__MACOSX/service.csv", "mio/leggimi.txt"])
