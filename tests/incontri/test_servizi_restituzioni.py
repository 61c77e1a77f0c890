"""The restitution document: compiled from what there is, edits that survive, what changed since, comments, publishing."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from incontri.documenti.restituzione import disegna
from incontri.models import GenereSezione, OriginaleRestituzione, Restituzione
from incontri.models.fermi import Fermo
from incontri.servizi.restituzioni import verifica
from incontri.servizi.restituzioni.commenti import commenta, rispondi, segna_letto
from incontri.servizi.restituzioni.compilazione import cambiamenti, compila_restituzione
from incontri.servizi.restituzioni.contenuto import contenuto
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.fonti import della_rilevazione
from incontri.servizi.restituzioni.penna import SEGNO, Fonte, Penna, elenco, frase
from incontri.servizi.restituzioni.testi import proposta_di_fusione, risolvi_contesa, scrivi_sezione
from incontri.servizi.restituzioni.vita import (
    NonAggiornata,
    corretta_dopo,
    crea_restituzione,
    dati_di,
    pubblica_restituzione,
)
from incontri.servizi.rilevazioni.turni import passa
from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.stati import PassaggioNonPossibile, compi
from tests import factories as f
from tests.incontri.pubblicati import SEGRETE, pubblica

ROMA = ZoneInfo("Europe/Rome")
PORTALE = "https://portale.example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture
def documento(anna):
    """A draft of the year 2026, still to be compiled."""
    return crea_restituzione(titolo="Il 2026", dal=date(2026, 1, 1), al=date(2026, 12, 31), autore=anna)


def scritti_di(restituzione):
    return {sezione.genere: sezione.testo for sezione in restituzione.sezioni.all()}


def sezione(restituzione, genere="incontri"):
    return restituzione.sezioni.get(genere=genere)


def pubblicata(restituzione, autore):
    return pubblica_restituzione(restituzione, portale=PORTALE, disegna=disegna, autore=autore)


def rettificata(incontro, autore, testo="Lo sportello apre alle dieci."):
    dopo = f.IncontroFactory(stato="svolto", inizio=datetime(2026, 5, 5, 10, tzinfo=ROMA))
    return f.RettificaFactory(
        verbale=incontro.verbale,
        testo=testo,
        pubblica=True,
        stato="approvata",
        numero=1,
        approvata_in=dopo,
        approvata_il=timezone.now(),
        impronta="0" * 64,
    )


def test_una_frase_porta_i_segni_delle_fonti_e_niente_che_si_legga_come_commonmark():
    penna = Penna()
    penna.voce(frase("Si *apre* [uno] sportello"), Fonte("voce-1", "Verbale"), Fonte("voce-1", "Verbale"))
    penna.voce("Dentro.", sotto=True)
    fatto = penna.compilato()
    assert fatto.testo == "- Si apre \\[uno\\] sportello. [^voce-1]\n  - Dentro."
    assert fatto.fonti == {"voce-1": {"nome": "Verbale", "indirizzo": ""}}
    assert SEGNO.sub("", fatto.testo) == "- Si apre \\[uno\\] sportello.\n  - Dentro."
    assert (elenco([]), elenco(["a"]), elenco(["a", "b", "c"])) == ("", "a", "a, b e c")


def test_su_un_portale_vuoto_ogni_sezione_dice_che_non_c_e_niente(documento, anna):
    assert compila_restituzione(documento, autore=anna) == {"nuove": 10, "rifatte": 0, "tenute": 0, "contese": 0}
    scritti = scritti_di(documento)
    assert list(scritti) == [genere.value for genere in GenereSezione]
    assert [genere for genere, testo in scritti.items() if not testo] == []
    assert scritti["incontri"] == (
        "Del periodo non c'è ancora nessun verbale approvato: questa sezione si riempie quando c'è."
    )
    assert scritti["impegni"] == "Nei verbali approvati del periodo non ci sono impegni."
    assert cambiamenti(documento) == []


def test_racconta_solo_quello_che_dei_verbali_e_pubblico(documento, anna):
    incontro = pubblica(giorno=(2026, 3, 10))
    pubblica(titolo="Prima del periodo", giorno=(2025, 3, 10))
    compila_restituzione(documento, autore=anna)
    detto = sezione(documento)
    voce = incontro.punti.get(pubblico=True).voci.get(pubblica=True)
    chiave = f"voce-{voce.pk.hex[:10]}"
    assert f"Deciso (all'unanimità): Si apre uno sportello. [^{chiave}]" in detto.testo
    assert detto.fonti[chiave]["indirizzo"] == f"/tavolo/incontri/{incontro.slug}/#voce-{voce.pk}"
    tutto = json.dumps(contenuto(documento, portale=PORTALE, disegna=disegna), ensure_ascii=False)
    assert [parola for parola in (*SEGRETE, "Prima del periodo") if parola in tutto] == []
    assert detto.tabelle[0]["righe"] == [["Ente di «Incontro di marzo»", "1", "1"]]


def test_i_segni_diventano_numeri_con_indirizzi_interi(documento, anna):
    incontro = pubblica(giorno=(2026, 3, 10))
    compila_restituzione(documento, autore=anna)
    dati = contenuto(documento, portale=PORTALE, disegna=disegna)
    assert [fonte["numero"] for fonte in dati["fonti"]] == list(range(1, len(dati["fonti"]) + 1))
    del_verbale = next(fonte for fonte in dati["fonti"] if fonte["nome"].startswith("Verbale di «Incontro di marzo»"))
    assert del_verbale["indirizzo"] == f"{PORTALE}/tavolo/incontri/{incontro.slug}/"
    testo = next(una["testo"] for una in dati["sezioni"] if una["genere"] == "incontri")
    assert rf"[\[{del_verbale['numero']}\]]({del_verbale['indirizzo']})" in testo
    assert "[^" not in testo


def test_le_correzioni_a_mano_restano_e_il_resto_segue_i_dati(documento, anna):
    incontro = pubblica(giorno=(2026, 3, 10))
    compila_restituzione(documento, autore=anna)
    passi = sezione(documento, "passi")
    scrivi_sezione(passi, testo="Scritto a mano.", versione=str(passi.versione), autore=anna)
    rettificata(incontro, anna)
    conti = compila_restituzione(documento, autore=anna)
    assert conti == {"nuove": 0, "rifatte": 9, "tenute": 1, "contese": 0}
    assert sezione(documento, "passi").testo == "Scritto a mano."
    assert "la rettifica 1: Lo sportello apre alle dieci." in sezione(documento).testo


def test_quando_cambiano_tutti_e_due_il_testo_nuovo_aspetta(documento, anna):
    incontro = pubblica(giorno=(2026, 3, 10))
    compila_restituzione(documento, autore=anna)
    prima = sezione(documento)
    scritto = prima.testo.replace("Nel periodo", "Quest'anno")
    scrivi_sezione(prima, testo=scritto, versione=str(prima.versione), autore=anna)
    rettificata(incontro, anna)
    assert compila_restituzione(documento, autore=anna)["contese"] == 1
    contesa = sezione(documento)
    assert (contesa.testo, contesa.compilato) == (scritto, prima.testo)
    unita = proposta_di_fusione(contesa)
    assert unita.conflitti == 0
    assert unita.testo.startswith("Quest'anno il Tavolo")
    assert "la rettifica 1" in unita.testo
    with pytest.raises(PassaggioNonPossibile, match="un testo nuovo da guardare"):
        pubblicata(documento, anna)
    with pytest.raises(PassaggioNonPossibile, match="segni"):
        risolvi_contesa(contesa, testo="⟦tu:⟧ a ⟦fine⟧", versione=str(contesa.versione), autore=anna)
    risolta = risolvi_contesa(contesa, testo=unita.testo, versione=str(contesa.versione), autore=anna)
    assert (risolta.testo, risolta.compilato, risolta.contesa) == (unita.testo, contesa.contesa, "")
    assert compila_restituzione(documento, autore=anna)["tenute"] == 1
    assert sezione(documento).testo == unita.testo


def test_di_due_che_scrivono_insieme_il_secondo_incontra_il_primo(documento, anna, bruno):
    compila_restituzione(documento, autore=anna)
    vista = sezione(documento)
    scrivi_sezione(vista, testo="Anna.", versione=str(vista.versione), autore=anna)
    with pytest.raises(VersioneSuperata) as superata:
        scrivi_sezione(vista, testo="Bruno.", versione=str(vista.versione), autore=bruno)
    assert superata.value.salvate[vista.pk].testo == "Anna."
    assert sezione(documento).testo == "Anna."
    assert sezione(documento).storia.first().history_user == anna


def test_dice_che_cosa_e_cambiato_dopo_la_compilazione(documento, anna):
    incontro = pubblica(giorno=(2026, 3, 10))
    compila_restituzione(documento, autore=anna)
    assert cambiamenti(documento) == []
    rettificata(incontro, anna)
    pubblica(titolo="Incontro di aprile", giorno=(2026, 4, 10))
    trovati = {cambiamento.sezione.genere: cambiamento for cambiamento in cambiamenti(documento)}
    assert list(trovati) == ["incontri"]
    assert any(nome.startswith("Verbale di «Incontro di aprile»") for nome in trovati["incontri"].fonti_nuove)
    assert "<ins>" in trovati["incontri"].differenze
    compila_restituzione(documento, autore=anna)
    assert cambiamenti(documento) == []


def test_un_dato_corretto_lo_fa_invecchiare(documento, anna):
    indicatore = f.IndicatoreFactory(voce="residenti", comune=None, valore=191289, riferimento="2022-01-01")
    compila_restituzione(documento, autore=anna)
    assert "**191.289**" in sezione(documento, "territorio").testo
    indicatore.valore = 193669
    indicatore.save()
    assert [uno.sezione.genere for uno in cambiamenti(documento)] == ["territorio"]


def test_gli_enti_commentano_e_ricevono_risposta(documento, anna, bruno):
    compila_restituzione(documento, autore=anna)
    with pytest.raises(PassaggioNonPossibile, match="non si raccolgono commenti"):
        commenta(sezione(documento), testo="Manca la scuola.", autore=bruno)
    compi(documento, "consulta", autore=anna)
    commento = commenta(sezione(documento), testo="Manca la scuola.", autore=bruno)
    segna_letto(documento, autore=bruno)
    assert list(documento.letture.values_list("utente", "ente")) == [(bruno.pk, bruno.ente_id)]
    with pytest.raises(PassaggioNonPossibile, match="Un commento aspetta una risposta"):
        pubblicata(documento, anna)
    rispondi(commento, risposta="Aggiunta.", autore=anna)
    with pytest.raises(PassaggioNonPossibile):
        rispondi(commento, risposta="Di nuovo.", autore=anna)
    documento.commenti_entro = date(2020, 1, 1)
    documento.save()
    with pytest.raises(PassaggioNonPossibile):
        commenta(sezione(documento), testo="Tardi.", autore=bruno)


def test_pubblicato_ha_un_numero_e_non_cambia_piu(documento, anna):
    incontro = pubblica(giorno=(2026, 3, 10))
    compila_restituzione(documento, autore=anna)
    originale = pubblicata(documento, anna)
    anno = timezone.localdate().year
    assert (documento.stato, documento.segno) == ("pubblicata", f"1/{anno}")
    dati = json.loads(originale.contenuto)
    assert (dati["numero"], dati["titolo"], len(dati["sezioni"])) == (f"1/{anno}", "Il 2026", 10)
    assert bytes(originale.pdf).startswith(b"%PDF-1.7")
    assert verifica.differenze(documento) == []
    detto = sezione(documento)
    for prova in (
        lambda: compila_restituzione(documento, autore=anna),
        lambda: scrivi_sezione(detto, testo="x", versione=str(detto.versione), autore=anna),
        lambda: pubblicata(documento, anna),
    ):
        with pytest.raises(PassaggioNonPossibile):
            prova()
    with pytest.raises(Fermo):
        Restituzione.objects.filter(pk=documento.pk).update(titolo="Altro")
    rettificata(incontro, anna)
    assert [rettifica.numero for rettifica in corretta_dopo(documento)] == [1]
    altro = crea_restituzione(titolo="Altro", dal=date(2026, 1, 1), al=date(2026, 6, 30), autore=anna)
    compila_restituzione(altro, autore=anna)
    pubblicata(altro, anna)
    assert altro.segno == f"2/{anno}"


def test_se_i_dati_sono_cambiati_si_pubblica_solo_sapendolo(documento, anna):
    pubblica(giorno=(2026, 3, 10))
    compila_restituzione(documento, autore=anna)
    pubblica(titolo="Incontro di aprile", giorno=(2026, 4, 10))
    with pytest.raises(NonAggiornata):
        pubblicata(documento, anna)
    documento.refresh_from_db()
    assert (documento.stato, documento.numero) == ("bozza", None)
    pubblica_restituzione(documento, portale=PORTALE, disegna=disegna, autore=anna, anche_non_aggiornata=True)
    assert documento.stato == "pubblicata"


def test_il_documento_di_tutti_non_porta_nell_area_riservata(documento, anna):
    bisogno = f.BisognoFactory(titolo="Casa")
    f.EvidenzaFactory(bisogno=bisogno, fonte="Sportello", url="")
    compila_restituzione(documento, autore=anna)
    riservata = f"{PORTALE}/area/"
    bozza = dati_di(documento, portale=PORTALE, disegna=disegna)
    assert any(fonte["indirizzo"].startswith(riservata) for fonte in bozza["fonti"])
    dati = json.loads(pubblicata(documento, anna).contenuto)
    assert [fonte["nome"] for fonte in dati["fonti"] if fonte["indirizzo"].startswith(riservata)] == []
    assert "Bisogno «Casa» (nell'area riservata)" in [
        fonte["nome"] for fonte in dati["fonti"] if not fonte["indirizzo"]
    ]
    assert riservata not in json.dumps(dati["sezioni"])


def test_un_passo_in_ritardo_si_dice_in_ritardo(documento, anna):
    proposta = f.PropostaFactory(titolo="Mediatrici", stato="in-attuazione", decisione=f.VoceFactory(tipo="decisione"))
    f.PassoPropostaFactory(proposta=proposta, testo="Scrivere il bando", entro=date(2026, 1, 31))
    f.PassoPropostaFactory(proposta=proposta, testo="Aprire lo sportello", entro=date(2099, 1, 31))
    compila_restituzione(documento, autore=anna)
    testo = sezione(documento, "passi").testo
    assert "«Mediatrici», in ritardo (era entro il 31 gennaio 2026): Scrivere il bando." in testo
    assert "«Mediatrici» entro il 31 gennaio 2099: Aprire lo sportello." in testo


def test_un_esito_si_dice_con_la_sua_unita(documento, anna):
    evidenza = f.EvidenzaFactory(testo="Famiglie in attesa", valore=35, unita="persone")
    proposta = f.PropostaFactory(
        stato="in-attuazione", decisione=f.VoceFactory(tipo="decisione"), bisogni=[evidenza.bisogno]
    )
    f.EsitoPropostaFactory(proposta=proposta, evidenza=evidenza, valore=8)
    compila_restituzione(documento, autore=anna)
    assert "Esito: Famiglie in attesa, da 35 persone a **8 persone**" in sezione(documento, "proposte").testo


def test_se_un_documento_non_riesce_non_si_pubblica_niente(documento, anna, monkeypatch):
    compila_restituzione(documento, autore=anna)

    def rotto(dati):
        raise ValueError("rotto")

    monkeypatch.setattr("incontri.servizi.restituzioni.vita.documento.pdf", rotto)
    with pytest.raises(PassaggioNonPossibile, match="niente è cambiato"):
        pubblicata(documento, anna)
    assert (Restituzione.objects.get().stato, OriginaleRestituzione.objects.count()) == ("bozza", 0)


def test_i_bisogni_in_ordine_con_evidenze_e_dissenso(documento, anna):
    comune = f.ComuneFactory()
    grave = f.BisognoFactory(titolo="Casa", comuni=[comune])
    lieve = f.BisognoFactory(titolo="Orari", comuni=[comune])
    f.EvidenzaFactory(bisogno=grave, testo="Famiglie in attesa", valore=40, unita="persone", comune=comune)
    enti = f.EnteFactory.create_batch(3, tipo="comune")
    rilevazione = f.RilevazioneFactory(
        titolo="Primavera",
        stato="fra-i-turni",
        bisogni=[lieve, grave],
        enti=enti,
    )
    for bisogno, voti in ((grave, (5, 5, 1)), (lieve, (2, 2, 2))):
        for ente, voto in zip(enti, voti, strict=True):
            riga = f.VotoFactory(rilevazione=rilevazione, bisogno=bisogno, ente=ente, gravita=voto, equita=voto)
            f.VotoComuneFactory(voto=riga, comune=comune, gravita=voto)
    f.IndicatoreFactory(voce="residenti", comune=comune, valore=1000, riferimento="2025")
    passa(rilevazione, "chiudi", autore=anna)
    rilevazione.chiusa_il = datetime(2026, 4, 1, 12, tzinfo=ROMA)
    rilevazione.save()
    compila_restituzione(documento, autore=anna)
    detto = sezione(documento, "bisogni")
    assert detto.testo.index("### Casa") < detto.testo.index("### Orari")
    assert "Gli enti non sono d'accordo: è da discutere." in detto.testo
    assert "Famiglie in attesa: **40 persone**" in detto.testo
    assert [riga[1] for riga in detto.tabelle[0]["righe"]] == ["Casa", "Orari"]
    figura = sezione(documento, "copertura").figura
    assert (figura["tipo"], [riga["nome"] for riga in figura["righe"]]) == ("matrice", ["Casa", "Orari"])
    with pytest.raises(PassaggioNonPossibile, match="«Primavera», che non sono ancora pubblicati"):
        pubblicata(documento, anna)


def test_una_rilevazione_con_pochi_voti_non_toglie_i_bisogni_di_prima(documento, anna):
    casa, orari, scuola = (f.BisognoFactory(titolo=titolo) for titolo in ("Casa", "Orari", "Scuola"))
    enti = f.EnteFactory.create_batch(4, tipo="comune")
    for titolo, giorno, votati in (
        ("Primavera", 1, {casa: (5, 5, 5), orari: (2, 2, 2)}),
        ("Estate", 2, {orari: (4, 4, 4), casa: (1,), scuola: (3, 3)}),
    ):
        rilevazione = f.RilevazioneFactory(titolo=titolo, stato="fra-i-turni", bisogni=list(votati), enti=enti)
        for bisogno, voti in votati.items():
            for ente, voto in zip(enti, voti, strict=False):
                f.VotoFactory(rilevazione=rilevazione, bisogno=bisogno, ente=ente, gravita=voto, equita=voto)
        passa(rilevazione, "chiudi", autore=anna)
        rilevazione.chiusa_il = datetime(2026, 4, giorno, 12, tzinfo=ROMA)
        rilevazione.save()

    classifica = Contesto(documento, date(2026, 6, 30)).classifica

    assert classifica.rilevazione.titolo == "Estate"
    assert {
        str(posto.valutazione.nome): (classifica.da[posto.valutazione.chiave].titolo, classifica.di_prima(posto))
        for posto in classifica.posti
    } == {
        "Orari": ("Estate", False),
        "Scuola": ("Estate", False),
        "Casa": ("Primavera", True),
    }
    assert classifica.posti[-1].valutazione.nome == "Casa"


def test_una_rilevazione_pubblicata_si_cita_dove_tutti_la_leggono(db):
    rilevazione = f.RilevazioneFactory(titolo="Primavera", stato="chiusa")
    fonte = della_rilevazione(rilevazione)
    assert (fonte.nome, fonte.indirizzo) == (
        "Rilevazione «Primavera» (nell'area riservata)",
        rilevazione.get_absolute_url(),
    )
    rilevazione.stato = "pubblicata"
    fonte = della_rilevazione(rilevazione)
    assert (fonte.nome, fonte.indirizzo) == ("Rilevazione «Primavera»", f"/tavolo/rilevazioni/{rilevazione.slug}/")
