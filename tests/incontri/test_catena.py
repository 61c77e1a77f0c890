"""The chain: the story of a need, what is stuck, the way back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Bisogno, EsitoProposta, Evidenza, Impegno, Proposta, Voce
from incontri.servizi.catena.momenti import Anello
from incontri.servizi.catena.percorso import ELENCHI, percorso
from incontri.servizi.catena.storia import storia
from incontri.servizi.impegni import rivedi_impegno
from tests import factories as f
from tests.incontri.pubblicati import pubblica

PERCORSO = reverse("bisogni:percorso")


def elenco(quale):
    return reverse("bisogni:percorso-elenco", args=[quale])


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def titoli(bisogno, utente=None):
    return [momento.titolo for momento in storia(bisogno, utente).momenti]


@pytest.fixture
def criticita(bruno):
    verbale = f.VerbaleFactory(verbalizzante=bruno, stato="condiviso", incontro__titolo="Primo incontro")
    verbale.incontro.inizio = timezone.now() - timedelta(days=60)
    verbale.incontro.save()
    punto = f.PuntoOdgFactory(incontro=verbale.incontro)
    return Voce.objects.create(punto=punto, tipo="criticita", testo="Chi media arriva tardi.")


@pytest.fixture
def bisogno(criticita):
    bisogno = f.BisognoFactory(titolo="Mediazione", stato="in-analisi")
    f.OrigineBisognoFactory(bisogno=bisogno, tipo="verbale", voce=criticita, nota="")
    f.EvidenzaFactory(bisogno=bisogno, testo="Giorni di attesa", unita="giorni", valore=34, riferimento="2025")
    return bisogno


@pytest.fixture
def proposta(bisogno, bruno):
    decisione = f.VoceFactory(tipo="decisione", punto__incontro__titolo="Secondo incontro")
    proposta = f.PropostaFactory(
        titolo="Un elenco", bisogni=[bisogno], capofila=bruno.ente, decisione=decisione, stato="in-attuazione"
    )
    f.PassoPropostaFactory(proposta=proposta, testo="Chiamare", fatto_il=date(2026, 1, 5))
    f.PassoPropostaFactory(proposta=proposta, testo="Scrivere", entro=date(2026, 2, 5))
    return proposta


def test_la_storia_va_dalla_criticita_all_esito(bisogno, proposta, bruno):
    impegno = f.ImpegnoFactory(testo="Mandare l'elenco.", ente=bruno.ente, proposta=proposta, scadenza=date(2026, 3, 1))
    evidenza = bisogno.evidenze.get()
    bisogno.stato = "prioritario"
    bisogno.save()
    attesi = {
        "Se ne parla: Primo incontro",
        "Il Tavolo lo scrive fra i bisogni",
        "Ora è: prioritario",
        "Giorni di attesa: 34 giorni (tutto l'Ambito, 2025. ASST Rhodense)",
        "Una proposta: Un elenco",
        "Approvata: Un elenco",
        "Un passo fatto: Chiamare",
        "Un passo in ritardo: Scrivere",
        "Comune di Bollate si impegna: Mandare l'elenco.",
        "Doveva essere fatto: Mandare l'elenco.",
    }
    assert set(titoli(bisogno, bruno)) == attesi
    rivedi_impegno(impegno, stato="fatto", scadenza=impegno.scadenza, nota="", autore=bruno)
    f.EsitoPropostaFactory(proposta=proposta, evidenza=evidenza, valore=20, riferimento="2026", fonte="ASST")
    racconto = storia(bisogno, bruno)
    assert {momento.titolo for momento in racconto.momenti} == attesi - {"Doveva essere fatto: Mandare l'elenco."} | {
        "Impegno mantenuto: Mandare l'elenco.",
        "Prima e dopo: Giorni di attesa",
    }
    ultimo = next(momento for momento in racconto.momenti if momento.anello == Anello.ESITO)
    assert ultimo.testo == "34 giorni (2025), poi 20 giorni (2026)."
    giorni = [momento.quando for momento in racconto.momenti]
    assert giorni == sorted(giorni)


def test_le_parole_di_un_verbale_le_legge_chi_lo_legge(bisogno, criticita, bruno, mira):
    def testo(utente):
        return [momento.testo for momento in storia(bisogno, utente).momenti if momento.anello == Anello.CRITICITA]

    assert (testo(bruno), testo(mira), testo(None)) == (["Chi media arriva tardi."], [""], [])


def test_tutti_leggono_solo_quello_che_e_pubblico(bisogno, bruno):
    incontro = pubblica("Incontro aperto", ente=bruno.ente)
    detta, interna = incontro.punti.get(pubblico=True).voci.order_by("-pubblica")
    f.OrigineBisognoFactory(bisogno=bisogno, tipo="verbale", voce=detta, nota="")
    altro = f.BisognoFactory()
    f.OrigineBisognoFactory(bisogno=altro, tipo="verbale", voce=interna, nota="")
    f.OrigineBisognoFactory(bisogno=altro, nota="Nota riservata")
    f.PropostaFactory(titolo="Idea riservata", bisogni=[altro])
    f.RilevazioneFactory(titolo="Aperta", stato="primo-turno", bisogni=[altro])
    assert titoli(altro) == ["Il Tavolo lo scrive fra i bisogni"]
    assert "Se ne parla: Incontro aperto" in titoli(bisogno)
    assert "Se ne parla: Primo incontro" not in titoli(bisogno)


def test_il_posto_in_una_rilevazione(bisogno, bruno, mira):
    def riga(chiave, posto, p):
        return {"bisogno": str(chiave), "parte": "ordinata", "posto": posto, "p": p}

    risultati = {"righe": [riga("x", 1, "60"), riga(bisogno.pk, 2, "825/16")]}
    f.RilevazioneFactory(
        titolo="Autunno", stato="chiusa", chiusa_il=timezone.now(), bisogni=[bisogno], risultati=risultati
    )
    trovato = next(m for m in storia(bisogno, bruno).momenti if m.anello == Anello.VALUTAZIONE)
    assert (trovato.titolo, trovato.dettaglio) == (
        "Gli enti lo hanno valutato: Autunno",
        "Posto 2 di 2. Priorità 51,6 su 100.",
    )
    assert [m for m in storia(bisogno, mira).momenti if m.anello == Anello.VALUTAZIONE] == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_storia_ha_domande_costanti(bisogno, bruno, quanti, django_assert_num_queries):
    for _ in range(quanti):
        f.OrigineBisognoFactory(bisogno=bisogno)
        f.EvidenzaFactory(bisogno=bisogno)
        proposta = f.PropostaFactory(bisogni=[bisogno])
        f.PassoPropostaFactory(proposta=proposta, fatto_il=date(2026, 1, 5), ente=bruno.ente)
        rivedi_impegno(f.ImpegnoFactory(proposta=proposta), stato="fatto", scadenza=None, nota="", autore=bruno)
        f.RilevazioneFactory(bisogni=[bisogno], stato="primo-turno")
        f.EsitoPropostaFactory(proposta=proposta, evidenza=bisogno.evidenze.first())
    bruno.has_perm("incontri.view_bisogno")
    with django_assert_num_queries(13):
        assert len(storia(bisogno, bruno).momenti) > 5


def test_quello_che_e_fermo(bisogno, proposta, criticita, bruno, anna, mira):
    mai_portata = Voce.objects.create(punto=criticita.punto, tipo="criticita", testo="Gli orari.")
    bozza = f.VerbaleFactory(verbalizzante=bruno)
    f.VoceFactory(punto__incontro=bozza.incontro, tipo="criticita")
    senza_evidenze = f.BisognoFactory(titolo="Casa", stato="prioritario")
    f.ImpegnoFactory(proposta=f.PropostaFactory(bisogni=[bisogno]), scadenza=date(2026, 1, 1))
    conclusa = f.PropostaFactory(stato="conclusa", decisione=f.VoceFactory(tipo="decisione"), esito="Fatto.")
    f.BisognoFactory(stato="superato")
    mezzo_anno_fa = timezone.now() - timedelta(days=181)
    dimenticati = [f.BisognoFactory(titolo="Vecchio", stato="in-analisi"), f.BisognoFactory(titolo="Con un dato nuovo")]
    f.EvidenzaFactory(bisogno=dimenticati[1])
    f.EvidenzaFactory(bisogno=dimenticati[0])
    Evidenza.objects.filter(bisogno=dimenticati[0]).update(aggiornato=mezzo_anno_fa)
    Bisogno.objects.filter(pk__in=[b.pk for b in dimenticati]).update(aggiornato=mezzo_anno_fa)
    idea = f.PropostaFactory(titolo="Un'idea lasciata lì")
    Proposta.objects.filter(pk=idea.pk).update(aggiornato=mezzo_anno_fa)
    ferme = {fermo.nome: quanti for conto in percorso(anna) for fermo, quanti in conto.ferme}
    assert ferme == {
        "mai-portate": 1,
        "senza-evidenze": 1,
        "bisogni-dimenticati": 1,
        "senza-proposta": 1,
        "senza-impegni": 1,
        "passi-in-ritardo": 1,
        "proposte-dimenticate": 1,
        "impegni-in-ritardo": 1,
        "senza-esito": 1,
        "superati-senza-motivo": 1,
    }
    righe = {nome: list(righe(anna)) for nome, (_titolo, _che, righe) in ELENCHI.items()}
    assert righe["mai-portate"] == [mai_portata]
    assert righe["senza-evidenze"] == righe["senza-proposta"] == [senza_evidenze]
    assert righe["senza-impegni"] == righe["passi-in-ritardo"] == [proposta]
    assert righe["senza-esito"] == [conclusa]
    assert (righe["bisogni-dimenticati"], righe["proposte-dimenticate"]) == ([dimenticati[0]], [idea])
    assert percorso(mira)[0].quante == 0  # who mediates reads no minutes
    assert Impegno.objects.count() == 1
    assert EsitoProposta.objects.count() == 0


def test_ogni_conto_apre_il_suo_elenco(bisogno, proposta, come, anna):
    cliente = come(anna)
    pagina = parole(cliente.get(PERCORSO))
    for nome, (titolo, _che_fare, righe) in ELENCHI.items():
        risposta = cliente.get(elenco(nome))
        assert len(risposta.context["object_list"]) == righe(anna).count()
        assert risposta.context["titolo"] == titolo
    assert f'href="{elenco("passi-in-ritardo")}"' in pagina
    assert cliente.get(elenco("non-c-e")).status_code == 404


def test_le_pagine_della_storia(bisogno, proposta, come, bruno):
    pagina = parole(come(bruno).get(reverse("bisogni:catena", args=[bisogno.pk])))
    for detto in ("Chi media arriva tardi.", "Un elenco", "In ritardo", "Che cosa è cambiato: ancora niente"):
        assert detto in pagina, detto


def test_si_torna_indietro(bisogno, proposta, criticita, come, bruno):
    impegno = f.ImpegnoFactory(ente=bruno.ente, proposta=proposta)
    proposta.voce = criticita
    proposta.save()
    cliente = come(bruno)
    pagina_impegno = parole(cliente.get(impegno.get_absolute_url()))
    verbale = parole(cliente.get(reverse("incontri:verbale-detail", args=[criticita.punto.incontro_id])))
    for pagina in (pagina_impegno, verbale):
        assert f'che risponde a <a href="{bisogno.get_absolute_url()}">Mediazione</a>' in pagina
    assert "Ne è nata" in verbale
