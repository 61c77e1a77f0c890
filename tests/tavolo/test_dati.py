"""The tables of `dati/` hold together: links between files, sources, samples kept apart. No database is needed."""

import csv
import json
import re
from pathlib import Path

import pytest

DATI = Path(__file__).resolve().parents[2] / "dati"
SEGGI, COMUNI, CATEGORIE, SERVIZI_ALMENO = 12, 8, 15, 60

COLONNE = {
    "modelli_incontro": "slug,nome,titolo,modalita,luogo,durata,attivo,ordine",
    "punti_modello": "modello,tipo,titolo,descrizione,durata,ordine",
    "comuni": "codice_istat,nome,slug,codice_belfiore,cap,latitudine,longitudine,patrono,nell_ambito,ordine",
    "enti": "slug,denominazione,nome_breve,tipo,padre,comune,descrizione,ruolo,dal,al,fonte,da_verificare,"
    "nota_interna,esempio,ordine",
    "seggi": "slug,nome,ente,area,attivo,fonte,ordine",
    "indicatori": "voce,comune,valore,almeno,unita,riferimento,fonte,url_fonte,nota,ordine",
    "protocolli": "slug,titolo,data,valido_dal,valido_al,fonte",
    "articoli": "protocollo,numero,titolo,testo",
    "sottoscrizioni": "protocollo,ente,data,ruolo_firmatario",
    "tappe": "titolo,descrizione,dal,al,fonte,ordine",
    "temi": "slug,nome,descrizione,stato,fonte,ordine",
    "incontri": "slug,titolo,stato,inizio,fine,modalita,luogo,collegamento,temi,pubblico,fonte,ordine",
    "categorie": "slug,nome,descrizione,icona,ordine",
    "destinatari": "slug,nome,ordine",
    "lingue": "codice,slug,nome,nome_proprio,da_destra,ordine",
    "documenti": "slug,nome,ordine",
    "modalita": "slug,nome,ordine",
    "sedi": "slug,ente,nome,tipo,indirizzo,cap,comune,latitudine,longitudine,accessibilita,accessibilita_nota,"
    "fonte,da_verificare,esempio",
    "risorse": "slug,ente,nome,in_breve,descrizione,tipo,categorie,destinatari,area_servita,comuni_serviti,costo,"
    "costo_nota,modalita,documenti,requisiti,eta_minima,eta_massima,valida_dal,valida_al,"
    "aperta_nei_festivi,stato,fonte,fonte_data,esempio",
    "bisogni": "slug,titolo,descrizione,tema,destinatari,comuni,categorie,risorse,stato,motivo,esempio",
    "evidenze": "bisogno,tipo,testo,valore,unita,soppresso,comune,riferimento,fonte,url",
    "lingue_parlate": "risorsa,lingua,con_mediatore,quando",
    "risorse_in_sedi": "risorsa,sede,nota",
    "orari": "risorsa,sede,giorno,dalle,alle,su_appuntamento,valido_dal,valido_al,nota",
    "chiusure": "ente,sede,risorsa,dal,al,motivo",
    "contatti": "ente,sede,risorsa,tipo,valore,etichetta,emergenza,fonte,da_verificare,esempio,ordine",
    "traduzioni": "tipo,oggetto,campo,lingua,italiano,testo,stato",
    "sinonimi": "parola,significati",
}
CHIAVI = {
    "punti_modello": ("modello", "titolo"),
    "evidenze": ("bisogno", "testo", "comune", "riferimento"),
    "sinonimi": ("parola",),
    "comuni": ("codice_istat",),
    "articoli": ("protocollo", "numero"),
    "sottoscrizioni": ("protocollo", "ente"),
    "indicatori": ("voce", "comune", "riferimento", "fonte"),
    "tappe": ("titolo",),
    "lingue": ("codice",),
    "lingue_parlate": ("risorsa", "lingua", "con_mediatore"),
    "risorse_in_sedi": ("risorsa", "sede"),
    "orari": ("risorsa", "sede", "giorno", "dalle", "valido_dal"),
    "chiusure": ("ente", "sede", "risorsa", "dal"),
    "contatti": ("ente", "sede", "risorsa", "tipo", "valore"),
    "traduzioni": ("tipo", "oggetto", "campo", "lingua"),
}
LEGAMI = [
    ("punti_modello", "modello", "modelli_incontro", "slug"),
    ("enti", "padre", "enti", "slug"),
    ("enti", "comune", "comuni", "slug"),
    ("seggi", "ente", "enti", "slug"),
    ("indicatori", "comune", "comuni", "slug"),
    ("articoli", "protocollo", "protocolli", "slug"),
    ("sottoscrizioni", "protocollo", "protocolli", "slug"),
    ("sottoscrizioni", "ente", "enti", "slug"),
    ("incontri", "temi", "temi", "slug"),
    ("sedi", "ente", "enti", "slug"),
    ("sedi", "comune", "comuni", "slug"),
    ("risorse", "ente", "enti", "slug"),
    ("risorse", "categorie", "categorie", "slug"),
    ("risorse", "destinatari", "destinatari", "slug"),
    ("risorse", "comuni_serviti", "comuni", "slug"),
    ("risorse", "modalita", "modalita", "slug"),
    ("risorse", "documenti", "documenti", "slug"),
    ("bisogni", "tema", "temi", "slug"),
    ("bisogni", "destinatari", "destinatari", "slug"),
    ("bisogni", "comuni", "comuni", "slug"),
    ("bisogni", "categorie", "categorie", "slug"),
    ("bisogni", "risorse", "risorse", "slug"),
    ("evidenze", "bisogno", "bisogni", "slug"),
    ("evidenze", "comune", "comuni", "slug"),
    ("lingue_parlate", "risorsa", "risorse", "slug"),
    ("lingue_parlate", "lingua", "lingue", "codice"),
    ("risorse_in_sedi", "risorsa", "risorse", "slug"),
    ("risorse_in_sedi", "sede", "sedi", "slug"),
    ("orari", "risorsa", "risorse", "slug"),
    ("orari", "sede", "sedi", "slug"),
    ("chiusure", "ente", "enti", "slug"),
    ("chiusure", "sede", "sedi", "slug"),
    ("chiusure", "risorsa", "risorse", "slug"),
    ("contatti", "ente", "enti", "slug"),
    ("contatti", "sede", "sedi", "slug"),
    ("contatti", "risorsa", "risorse", "slug"),
]
SI_NO = {
    "comuni": ("nell_ambito",),
    "enti": ("da_verificare", "esempio"),
    "seggi": ("attivo",),
    "indicatori": ("almeno",),
    "incontri": ("pubblico",),
    "lingue": ("da_destra",),
    "sedi": ("da_verificare", "esempio"),
    "bisogni": ("esempio",),
    "evidenze": ("soppresso",),
    "risorse": ("aperta_nei_festivi", "esempio"),
    "orari": ("su_appuntamento",),
    "lingue_parlate": ("con_mediatore",),
    "contatti": ("emergenza", "da_verificare", "esempio"),
}


def tabella(nome):
    """The rows of a file, as dictionaries."""
    with (DATI / f"{nome}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def valori(cella):
    """The values of a cell that may hold several."""
    return [valore for valore in cella.split("|") if valore]


def pubblicate():
    return [r for r in tabella("risorse") if r["stato"] == "pubblicata"]


def dell_ambito():
    return [c["slug"] for c in tabella("comuni") if c["nell_ambito"] == "sì"]


def serve(risorsa, comune):
    """Whether who lives in `comune`, one of the Ambito, is served."""
    return risorsa["area_servita"] in ("ambito", "nazionale") or comune in valori(risorsa["comuni_serviti"])


def riservato(contatto):
    """Whether a contact lies in the ranges that can be nobody's."""
    forme = {
        "telefono": r"02 000 0000\d\d",
        "whatsapp": r"02 000 0000\d\d",
        "email": r"[a-z0-9.-]+@example\.org",
        "web": r"https://example\.org/[a-z0-9-]*",
    }
    return bool(re.fullmatch(forme[contatto["tipo"]], contatto["valore"]))


def test_i_file_sono_quelli_attesi():
    assert sorted(f.stem for f in DATI.glob("*.csv")) == sorted(COLONNE)


@pytest.mark.parametrize("nome", COLONNE)
def test_intestazioni_e_righe_sono_intere(nome):
    grezzo = (DATI / f"{nome}.csv").read_bytes()
    assert grezzo.startswith(COLONNE[nome].encode() + b"\r\n")
    attese = len(COLONNE[nome].split(","))
    righe = list(csv.reader(grezzo.decode("utf-8").splitlines(keepends=True), strict=True))
    assert [n for n, riga in enumerate(righe, 1) if len(riga) != attese] == []
    assert [n for n, riga in enumerate(righe, 1) for cella in riga if cella != cella.strip()] == []


@pytest.mark.parametrize("nome", COLONNE)
def test_ogni_riga_ha_la_sua_chiave(nome):
    chiavi = [tuple(riga[c] for c in CHIAVI.get(nome, ("slug",))) for riga in tabella(nome)]
    assert sorted({c for c in chiavi if chiavi.count(c) > 1 or not any(c)}) == []


@pytest.mark.parametrize(("da", "colonna", "a", "chiave"), LEGAMI)
def test_ogni_legame_porta_a_una_riga(da, colonna, a, chiave):
    note = {riga[chiave] for riga in tabella(a)}
    assert sorted({v for riga in tabella(da) for v in valori(riga[colonna])} - note) == []


@pytest.mark.parametrize("nome", SI_NO)
def test_i_si_e_i_no(nome):
    assert {riga[colonna] for riga in tabella(nome) for colonna in SI_NO[nome]} <= {"sì", "no", ""}


def test_dodici_seggi():
    seggi = tabella("seggi")
    assert len(seggi) == SEGGI
    assert {
        area: sum(s["area"] == area for s in seggi) for area in ("comuni", "minori", "sanita", "coordinamento")
    } == {
        "comuni": 8,
        "minori": 2,
        "sanita": 1,
        "coordinamento": 1,
    }


def test_otto_comuni_con_il_loro_confine():
    comuni = {c["codice_istat"] for c in tabella("comuni") if c["nell_ambito"] == "sì"}
    confini = json.loads((DATI / "confini.geojson").read_text(encoding="utf-8"))
    assert len(comuni) == COMUNI
    assert {f["properties"]["istat"] for f in confini["features"]} == comuni
    assert confini["licenza"] == "CC BY 4.0"


def test_ogni_dato_ha_fonte_e_data():
    assert [i for i in tabella("indicatori") if not (i["fonte"] and i["riferimento"])] == []


def test_quindici_categorie_con_icone_diverse():
    categorie = tabella("categorie")
    assert len(categorie) == CATEGORIE
    assert len({c["icona"] for c in categorie}) == CATEGORIE
    assert [c["slug"] for c in categorie if not c["descrizione"]] == []


def test_ogni_categoria_arriva_in_ogni_comune():
    servizi = pubblicate()
    scoperte = [
        (categoria["slug"], comune)
        for categoria in tabella("categorie")
        for comune in dell_ambito()
        if not any(categoria["slug"] in valori(s["categorie"]) and serve(s, comune) for s in servizi)
    ]
    assert scoperte == []


def test_ogni_comune_ha_servizi_suoi():
    servizi = pubblicate()
    propri = {c: sum(c in valori(s["comuni_serviti"]) for s in servizi) for c in dell_ambito()}
    assert {comune: numero for comune, numero in propri.items() if numero < 8} == {}


def test_bastano_i_servizi_pubblicati():
    servizi = pubblicate()
    assert len(servizi) >= SERVIZI_ALMENO
    assert {s["tipo"] for s in servizi} == {"servizio", "sportello", "corso", "rete-informale", "nodo-strategico"}


def test_comuni_serviti_solo_se_servono():
    assert [
        r["slug"] for r in tabella("risorse") if bool(valori(r["comuni_serviti"])) != (r["area_servita"] == "comuni")
    ] == []


def test_in_breve_e_una_riga():
    assert [r["slug"] for r in tabella("risorse") if not 0 < len(r["in_breve"]) <= 240] == []


def test_i_servizi_veri_pubblicati_hanno_una_fonte():
    assert [r["slug"] for r in pubblicate() if r["esempio"] != "sì" and not r["fonte"]] == []


def test_gli_enti_di_esempio_hanno_solo_servizi_di_esempio():
    enti = {e["slug"] for e in tabella("enti") if e["esempio"] == "sì"}
    assert [e["slug"] for e in tabella("enti") if e["esempio"] == "sì" and "di esempio" not in e["denominazione"]] == []
    assert [r["slug"] for r in tabella("risorse") if r["ente"] in enti and r["esempio"] != "sì"] == []


def test_gli_esempi_stanno_solo_in_sedi_di_esempio():
    sedi = {s["slug"]: s["esempio"] for s in tabella("sedi")}
    esempi = {r["slug"]: r["esempio"] for r in tabella("risorse")}
    assert [r for r in tabella("risorse_in_sedi") if (sedi[r["sede"]] == "sì") != (esempi[r["risorsa"]] == "sì")] == []
    vie = {s["indirizzo"] for s in tabella("sedi") if s["esempio"] == "sì" and s["tipo"] == "fisica"}
    assert sorted(v for v in vie if not re.fullmatch(r"via di Esempio \d+", v)) == []


def test_i_contatti_di_esempio_non_sono_di_nessuno():
    contatti = tabella("contatti")
    assert [c["valore"] for c in contatti if c["esempio"] == "sì" and not riservato(c)] == []
    veri = [c for c in contatti if c["esempio"] != "sì" and c["tipo"] != "pec"]
    assert [c["valore"] for c in veri if riservato(c)] == []


def test_ogni_contatto_e_di_uno_solo():
    assert [c for c in tabella("contatti") if sum(bool(c[k]) for k in ("ente", "sede", "risorsa")) != 1] == []


def test_esempi_e_contatti_di_esempio_vanno_insieme():
    esempi = {(nome, r["slug"]) for nome in ("enti", "sedi", "risorse") for r in tabella(nome) if r["esempio"] == "sì"}
    colonne = {"ente": "enti", "sede": "sedi", "risorsa": "risorse"}
    assert [
        c
        for c in tabella("contatti")
        if any(((nome, c[k]) in esempi) != (c["esempio"] == "sì") for k, nome in colonne.items() if c[k])
    ] == []


def test_orari_e_chiusure_inventati_sono_solo_di_esempio():
    veri = {r["slug"] for nome in ("risorse", "sedi", "enti") for r in tabella(nome) if r["esempio"] != "sì"}
    # Of the real ones, the national number whose source says "24 ore su 24".
    assert {o["risorsa"] for o in tabella("orari") if {o["risorsa"], o["sede"]} & veri} == {"1522"}
    assert [c for c in tabella("chiusure") if {c["ente"], c["sede"], c["risorsa"]} & veri] == []
    modi = {s["slug"]: valori(s["modalita"]) for s in tabella("risorse")}
    su_appuntamento = {o["risorsa"] for o in tabella("orari") if o["su_appuntamento"] == "sì"}
    assert [slug for slug in su_appuntamento if "su-appuntamento" not in modi[slug]] == []


def test_cio_che_e_da_verificare_non_si_legge_altrove():
    contatti = tabella("contatti")
    nascosti = {c["valore"] for c in contatti if c["da_verificare"] == "sì"}
    assert sorted(nascosti & {c["valore"] for c in contatti if c["da_verificare"] != "sì"}) == []

    vie = {s["indirizzo"] for s in tabella("sedi") if s["da_verificare"] == "sì" and s["indirizzo"]}
    # An address still to be verified for one ente may be confirmed for another one in the same building.
    vie -= {s["indirizzo"] for s in tabella("sedi") if s["da_verificare"] != "sì"}
    pubblici = [r["in_breve"] + r["descrizione"] for r in pubblicate()]
    pubblici += [e["descrizione"] for e in tabella("enti")]
    assert sorted(v for v in nascosti | vie if any(v in testo for testo in pubblici)) == []


def test_numeri_e_indirizzi_veri_che_si_pubblicano():
    """A new one enters this list together with the page where somebody read it."""
    assert sorted(
        c["valore"]
        for c in tabella("contatti")
        if c["esempio"] != "sì" and c["da_verificare"] != "sì" and c["tipo"] != "web"
    ) == ["02 910041", "112", "1522", "800 90 10 10"]
    assert [c["valore"] for c in tabella("contatti") if c["esempio"] != "sì" and not c["fonte"]] == []


def test_i_numeri_di_emergenza():
    emergenze = [c for c in tabella("contatti") if c["emergenza"] == "sì"]
    assert [(c["risorsa"], c["valore"], c["da_verificare"]) for c in emergenze] == [
        ("112", "112", "no"),
        ("1522", "1522", "no"),
    ]
    assert {"112", "1522"} - {r["slug"] for r in pubblicate()} == set()


TRADOTTI = {
    "categoria": "categorie",
    "destinatari": "destinatari",
    "documentorichiesto": "documenti",
    "modalitaaccesso": "modalita",
    "risorsa": "risorse",
}
LINGUE = ["ar", "en", "es", "fr", "zh-hans"]


def test_ogni_traduzione_e_dell_italiano_di_adesso():
    ora = {(t, r["slug"]): r for t, nome in TRADOTTI.items() for r in tabella(nome)}
    righe = tabella("traduzioni")
    assert [r for r in righe if ora[r["tipo"], r["oggetto"]][r["campo"]] != r["italiano"] or not r["testo"]] == []


def test_ogni_termine_e_tradotto_in_ogni_lingua():
    fatte = {(r["tipo"], r["oggetto"], r["campo"]): [] for r in tabella("traduzioni")}
    for riga in tabella("traduzioni"):
        fatte[riga["tipo"], riga["oggetto"], riga["campo"]].append(riga["lingua"])
    termini = {(t, r["slug"], "nome") for t, n in TRADOTTI.items() if t != "risorsa" for r in tabella(n)}
    termini |= {("categoria", r["slug"], "descrizione") for r in tabella("categorie")}
    assert termini - set(fatte) == set()
    assert {chiave: lingue for chiave, lingue in fatte.items() if sorted(lingue) != LINGUE} == {}


def test_i_numeri_restano_quelli_anche_tradotti():
    def numeri(testo):
        return set(re.findall(r"\d+", testo))

    assert [r for r in tabella("traduzioni") if numeri(r["italiano"]) != numeri(r["testo"])] == []


def test_sedici_bisogni_tutti_di_esempio_e_senza_numeri_inventati():
    bisogni = tabella("bisogni")
    assert (len(bisogni), {b["esempio"] for b in bisogni}) == (16, {"sì"})
    assert {(e["tipo"], e["valore"], e["fonte"]) for e in tabella("evidenze")} == {("opinione", "", "Dati di esempio")}
