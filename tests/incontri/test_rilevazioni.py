"""Scoring rounds: turns, blind votes, results that are kept, the decision that approves them, mails."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from incontri.models import Bisogno, Rilevazione, Voce, Voto
from incontri.priorita.dati import PESI
from incontri.servizi.rilevazioni import lettura
from incontri.servizi.rilevazioni.decisioni import porta_in_verbale
from incontri.servizi.rilevazioni.promemoria import da_chiedere, senza_voce, spedisci
from incontri.servizi.rilevazioni.risultati import impronta, ricalcola
from incontri.servizi.rilevazioni.specchio import perche, specchi
from incontri.servizi.rilevazioni.turni import passa
from incontri.servizi.rilevazioni.voti import (
    DatiVoto,
    VotoNonPossibile,
    chi_ha_votato,
    comuni_di,
    da_votare,
    salva_voto,
)
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    BisognoFactory,
    EnteFactory,
    PuntoOdgFactory,
    RilevazioneFactory,
    VerbaleFactory,
    VotoFactory,
)

pytestmark = pytest.mark.django_db
SEGRETO = "Aspettano settimane e poi rinunciano."


def fra(giorni):
    return timezone.localdate() + timedelta(days=giorni)


def detto(gravita=4, equita=3, motivo="", **per_comune):
    return DatiVoto(gravita=gravita, equita=equita, motivo=motivo, per_comune=per_comune)


@pytest.fixture
def bisogni(db):
    return [BisognoFactory(titolo="Mediazione attivata tardi"), BisognoFactory(titolo="Corsi senza posti")]


@pytest.fixture
def aperta(bisogni, anna, bruno, senait):
    rilevazione = RilevazioneFactory(titolo="Autunno", bisogni=bisogni, enti=[bruno.ente, senait.ente])
    passa(rilevazione, "apri", entro=fra(10), autore=anna)
    return rilevazione


@pytest.fixture
def chiusa(aperta, bisogni, anna, bruno, senait):
    for persona, gravita in ((bruno, 5), (senait, 2)):
        salva_voto(aperta, bisogni[0], persona.ente, detto(gravita, motivo=SEGRETO), autore=persona)
    salva_voto(aperta, bisogni[1], bruno.ente, detto(3), autore=bruno)
    passa(aperta, "chiudi-primo", autore=anna)
    passa(aperta, "chiudi", autore=anna)
    return aperta


def test_si_apre_con_bisogni_enti_e_un_giorno(anna, bruno, senait, bisogni):
    vuota = RilevazioneFactory()
    senza_enti = RilevazioneFactory(bisogni=bisogni, enti=[bruno.ente])

    for rilevazione, motivo in (
        (vuota, "Prima scegli i bisogni da valutare."),
        (senza_enti, "Prima scegli gli enti che votano: almeno due."),
    ):
        with pytest.raises(PassaggioNonPossibile, match=motivo):
            passa(rilevazione, "apri", entro=fra(3), autore=anna)
    assert set(Rilevazione.objects.values_list("stato", "entro")) == {("bozza", None)}

    pronta = RilevazioneFactory(bisogni=bisogni, enti=[bruno.ente, senait.ente])
    with pytest.raises(PassaggioNonPossibile, match="entro quale giorno"):
        passa(pronta, "apri", entro=fra(-1), autore=anna)
    passa(pronta, "apri", entro=fra(0), autore=anna)
    pronta.refresh_from_db()
    assert (pronta.stato, pronta.si_vota, pronta.turno, pronta.pesi) == ("primo-turno", True, 1, PESI.come_dati())


def test_un_voto_per_ente_che_si_cambia_finche_e_aperto(aperta, bisogni, bruno, comune_di_bollate):
    primo = salva_voto(aperta, bisogni[0], bruno.ente, detto(4), autore=bruno)
    secondo = salva_voto(aperta, bisogni[0], bruno.ente, detto(None), autore=bruno, versione=timbro(primo))

    assert (primo.pk, secondo.gravita, Voto.objects.count()) == (secondo.pk, None, 1)
    with pytest.raises(VersioneSuperata):
        salva_voto(aperta, bisogni[0], bruno.ente, detto(5), autore=bruno, versione=timbro(primo))
    assert Voto.objects.get().gravita is None
    with pytest.raises(VotoNonPossibile, match="non è fra quelli che votano"):
        salva_voto(aperta, bisogni[0], EnteFactory(), detto(), autore=bruno)
    with pytest.raises(VotoNonPossibile, match="non è più nella rilevazione"):
        salva_voto(aperta, BisognoFactory(), bruno.ente, detto(), autore=bruno)


def test_dopo_il_giorno_o_la_chiusura_non_si_vota(aperta, bisogni, anna, bruno):
    salva_voto(aperta, bisogni[0], bruno.ente, detto(), autore=bruno)
    Rilevazione.objects.filter(pk=aperta.pk).update(entro=fra(-1))
    with pytest.raises(VotoNonPossibile, match="il turno è chiuso"):
        salva_voto(aperta, bisogni[1], bruno.ente, detto(), autore=bruno)
    passa(aperta, "chiudi-primo", autore=anna)
    with pytest.raises(VotoNonPossibile, match="il turno è chiuso"):
        salva_voto(aperta, bisogni[1], bruno.ente, detto(), autore=bruno)


def test_un_ente_valuta_i_comuni_in_cui_lavora(comune_di_bollate, bollate, senago):
    bollate.nell_ambito = senago.nell_ambito = True
    bollate.save()
    senago.save()

    assert comuni_di(comune_di_bollate) == [bollate]
    assert comuni_di(EnteFactory(tipo="unita", padre=comune_di_bollate)) == [bollate]
    assert set(comuni_di(EnteFactory(tipo="asst"))) == {bollate, senago}


@pytest.mark.parametrize("chi", ["anna", "bruno", "senait", "superutente"])
def test_finche_il_turno_e_aperto_nessuno_legge_i_voti_degli_altri(request, come, aperta, bisogni, chi):
    # A third ente votes with a reason nobody else would write; then every page and export is opened.
    altro = EnteFactory(denominazione="Ente che vota")
    aperta.enti.add(altro)
    VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=altro, gravita=5, motivo=SEGRETO)
    persona = request.getfixturevalue(chi)
    pagine = [
        aperta.get_absolute_url(),
        reverse("rilevazioni:voto-update", args=[aperta.pk, bisogni[0].pk]),
        reverse("rilevazioni:graduatoria-csv", args=[aperta.pk]),
        reverse("rilevazioni:rilevazione-list"),
        bisogni[0].get_absolute_url(),
        reverse("bisogni:copertura"),
        reverse("bisogni:copertura-csv"),
        reverse("area"),
        reverse("admin:incontri_rilevazione_change", args=[aperta.pk]),
        reverse("admin:incontri_rilevazione_changelist"),
        reverse("admin:incontri_rilevazione_history", args=[aperta.pk]),
        reverse("admin:incontri_bisogno_change", args=[bisogni[0].pk]),
        reverse("bisogni:percorso"),
        reverse("oparl:system"),
        reverse("dati"),
    ]

    for pagina in pagine:
        assert SEGRETO not in come(persona).get(pagina).content.decode(), pagina
    assert come(persona).get(pagine[2]).status_code == 404
    assert (Voto.objects.leggibili().count(), specchi(aperta, bisogni)) == (0, {})
    assert not hasattr(Voto, "storia")
    assert not LogEntry.objects.filter(change_message__contains=SEGRETO).exists()


def test_chi_coordina_sa_chi_ha_votato_non_come(come, anna, bruno, aperta, bisogni):
    salva_voto(aperta, bisogni[0], bruno.ente, detto(5, motivo=SEGRETO), autore=bruno)

    pagina = come(anna).get(aperta.get_absolute_url())

    gruppi = pagina.context["enti"]
    conti = [(titolo, str(ente), conto.dati, conto.tutti) for titolo, gruppo in gruppi for ente, conto in gruppo]
    assert conti == [
        ("Hanno cominciato", "Comune di Bollate", 1, 2),
        ("Non hanno ancora votato", "Comune di Senago", 0, 2),
    ]
    assert SEGRETO not in pagina.content.decode()


def test_il_secondo_turno_vede_il_primo_senza_nomi_e_solo_da_tre_risposte(aperta, bisogni, anna, bruno, senait):
    enti = [EnteFactory(), EnteFactory()]
    aperta.enti.add(*enti)
    for ente, gravita in zip([bruno.ente, senait.ente, *enti], (5, 4, 3, None), strict=True):
        VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=ente, gravita=gravita, motivo=f"Motivo {gravita}")
    # Three answer about inequality, one only about gravity; two say why.
    for ente, gravita in ((bruno.ente, 5), (senait.ente, None), (enti[0], None)):
        motivo = SEGRETO if ente != enti[0] else ""
        VotoFactory(rilevazione=aperta, bisogno=bisogni[1], ente=ente, gravita=gravita, equita=2, motivo=motivo)
    passa(aperta, "chiudi-primo", autore=anna)

    visti = specchi(aperta, bisogni)

    primo, secondo = visti[bisogni[0].pk], visti[bisogni[1].pk]
    assert (str(primo.gravita), str(primo.scarto_gravita), primo.risposte) == ("4.0", "1.0", 4)
    assert sorted(primo.motivi) == ["Motivo 3", "Motivo 4", "Motivo 5", "Motivo None"]
    assert (secondo.risposte, secondo.gravita, str(secondo.equita), secondo.motivi) == (3, None, "2.0", ())


def test_chi_non_vota_nel_secondo_turno_tiene_il_primo(aperta, bisogni, anna, bruno, senait):
    for persona in (bruno, senait):
        salva_voto(aperta, bisogni[0], persona.ente, detto(2), autore=persona)
    passa(aperta, "chiudi-primo", autore=anna)
    passa(aperta, "apri-secondo", entro=fra(5), autore=anna)
    salva_voto(aperta, bisogni[0], bruno.ente, detto(4), autore=bruno)
    passa(aperta, "chiudi", autore=anna)

    riga = next(r for r in aperta.risultati["righe"] if r["bisogno"] == str(bisogni[0].pk))
    assert (riga["gravita"], riga["votanti"]) == ("3", 2)


def test_i_risultati_si_conservano_e_si_rifanno_uguali(chiusa, bisogni):
    salvati = Rilevazione.objects.get().risultati

    assert salvati["sha256"] == impronta(salvati)
    assert json.loads(json.dumps(ricalcola(chiusa))) == salvati
    assert salvati["ingresso"]["aventi_diritto"] == 2
    assert [(riga["nome"], riga["gravita"], riga["accordo"]) for riga in salvati["righe"]] == [
        ("Corsi senza posti", "3", "non-valutabile"),
        ("Mediazione attivata tardi", "7/2", "non-valutabile"),
    ]
    chiusa.pesi = {"versione": "altra", "d": "5", "g": "1", "e": "1"}
    assert json.loads(json.dumps(ricalcola(chiusa))) == salvati


def test_la_graduatoria_diventa_una_decisione_e_poi_si_pubblica(come, chiusa, bisogni, anna, bruno):
    verbale = VerbaleFactory(verbalizzante=anna)
    punto = PuntoOdgFactory(incontro=verbale.incontro)
    pagina = reverse("rilevazioni:decisione", args=[chiusa.pk])

    dati = {"punto": punto.pk, "testo": "Il Tavolo approva."}
    risposta = come(anna).post(pagina, dati)

    chiusa.refresh_from_db()
    assert (risposta.status_code, chiusa.decisione.testo, chiusa.decisione.tipo) == (
        302,
        "Il Tavolo approva.",
        "decisione",
    )
    with pytest.raises(PassaggioNonPossibile, match="Prima va approvato il verbale"):
        passa(chiusa, "pubblica", autore=anna)
    type(verbale).objects.filter(pk=verbale.pk).update(
        stato="approvato", approvato_il=timezone.now(), approvato_in=verbale.incontro
    )
    passa(chiusa, "pubblica", autore=anna)
    assert set(Bisogno.objects.pubblici()) == set(bisogni)


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        ({}, "punto"),
        ({"punto": "si", "testo": ""}, "testo"),
        ({"punto": "altrui", "testo": "x"}, "punto"),
    ],
)
def test_una_decisione_a_meta_torna_indietro(come, chiusa, anna, bruno, dati, campo):
    propri = PuntoOdgFactory(incontro=VerbaleFactory(verbalizzante=anna).incontro)
    scritti = {"si": propri.pk, "altrui": "00000000-0000-0000-0000-000000000000"}

    risposta = come(anna).post(
        reverse("rilevazioni:decisione", args=[chiusa.pk]), dati | {"punto": scritti.get(dati.get("punto"), "")}
    )

    assert risposta.status_code == 200
    assert campo in risposta.context["form"].errors
    assert Voce.objects.count() == 0


def test_la_decisione_si_porta_una_volta_chiusa(aperta, anna):
    punto = PuntoOdgFactory(incontro=VerbaleFactory(verbalizzante=anna).incontro)
    with pytest.raises(PassaggioNonPossibile, match="quando la rilevazione è chiusa"):
        porta_in_verbale(aperta, punto, testo="x", autore=anna)
    assert Voce.objects.count() == 0


def test_al_pubblico_non_si_dice_il_voto_di_un_ente_solo(chiusa, bisogni):
    tutte, pubbliche = (lettura.righe(chiusa, bisogni, pubblico=pubblico) for pubblico in (False, True))

    assert [[gruppo.voti for gruppo in riga.gruppi] for riga in tutte] == [[1], [2]]
    assert [[gruppo.voti for gruppo in riga.gruppi] for riga in pubbliche] == [[], []]
    # Fewer than three enti gave the numbers of both: overall, too, one could tell who said what.
    assert [riga.coperta for riga in tutte + pubbliche] == [False, False, True, True]
    assert [str(riga.numeri["gravita"]) for riga in tutte] == ["3.0", "3.5"]
    assert [set(riga.numeri.values()) for riga in pubbliche] == [{None}, {None}]
    assert [riga.segnali for riga in pubbliche] == [[], []]


def test_al_pubblico_da_tre_enti_in_su_i_numeri_si_dicono(aperta, bisogni, anna, bruno, senait):
    terzo = EnteFactory()
    aperta.enti.add(terzo)
    for ente in (bruno.ente, senait.ente, terzo):
        VotoFactory(rilevazione=aperta, bisogno=bisogni[0], ente=ente, gravita=5, equita=4)
    for passaggio in ("chiudi-primo", "chiudi"):
        passa(aperta, passaggio, autore=anna)

    righe = {riga.nome: riga for riga in lettura.righe(aperta, bisogni, pubblico=True)}

    riga = righe["Mediazione attivata tardi"]
    assert (riga.coperta, str(riga.numeri["gravita"]), riga.dati["accordo"]) == (False, "5.0", "consenso")
    assert lettura.votanti(aperta) == 3


def test_si_chiede_una_volta_alla_settimana_a_chi_manca(aperta, bisogni, bruno, senait, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for bisogno in bisogni:
        salva_voto(aperta, bisogno, bruno.ente, detto(), autore=bruno)
    senza_nessuno = EnteFactory(denominazione="Ente senza persone")
    aperta.enti.add(senza_nessuno)

    esiti = list(spedisci(da_chiedere(aperta, timezone.localdate()), base="https://portale.example.org"))
    di_nuovo = list(spedisci(da_chiedere(aperta, timezone.localdate()), base="https://portale.example.org"))

    assert sorted((r.ente.denominazione, errore) for r, errore in esiti) == [
        ("Comune di Senago", ""),
        ("Ente senza persone", "nessun referente che possa votare"),
    ]
    assert [r.ente for r, _ in di_nuovo] == [senza_nessuno]
    assert [m.to for m in mail.outbox] == [[senait.email]]
    assert "mancano 2 bisogni" in mail.outbox[0].body
    assert f"https://portale.example.org{aperta.get_absolute_url()}" in mail.outbox[0].body


def test_si_scrive_solo_a_chi_puo_votare(aperta, anna, bruno, senait):
    # The people of the ente it is part of cannot vote for a unit, and who coordinates votes for nobody.
    unita = EnteFactory(tipo="unita", padre=bruno.ente)
    del_coordinamento = EnteFactory()
    anna.ente = del_coordinamento
    anna.save()
    aperta.enti.add(unita, del_coordinamento)

    richieste = {richiesta.ente: richiesta.indirizzi for richiesta in da_chiedere(aperta, timezone.localdate())}

    assert richieste == {
        bruno.ente: (bruno.email,),
        senait.ente: (senait.email,),
        unita: (),
        del_coordinamento: (),
    }
    assert set(senza_voce(aperta.enti.all())) == {unita, del_coordinamento}


def test_nel_secondo_turno_il_voto_del_primo_vale(aperta, bisogni, anna, bruno, senait, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for bisogno in bisogni:
        salva_voto(aperta, bisogno, bruno.ente, detto(), autore=bruno)
    salva_voto(aperta, bisogni[0], senait.ente, detto(), autore=senait)
    passa(aperta, "chiudi-primo", autore=anna)
    passa(aperta, "apri-secondo", entro=fra(5), autore=anna)

    conti = {ente: (conto.dati, conto.tutti, conto.rivisti, conto.finito) for ente, conto in chi_ha_votato(aperta)}
    assert conti == {bruno.ente: (2, 2, 0, True), senait.ente: (1, 2, 0, False)}
    oggi = timezone.localdate()
    list(spedisci(da_chiedere(aperta, oggi), base="https://portale.example.org"))
    assert sorted(m.to for m in mail.outbox) == [[bruno.email], [senait.email]]
    testi = {m.to[0]: m.body for m in mail.outbox}
    assert ["manca" in testi[persona.email] for persona in (bruno, senait)] == [False, True]
    # A week later only who has a need without any vote is asked again.
    assert [r.ente for r in da_chiedere(aperta, oggi + timedelta(days=7))] == [senait.ente]
    assert [(r, c.rivisti) for r, c in da_votare(bruno)] == [(aperta, 0)]
    salva_voto(aperta, bisogni[0], bruno.ente, detto(2), autore=bruno)
    assert da_votare(bruno) == []


def test_una_mail_che_non_parte_si_riprova(aperta, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    richieste = da_chiedere(aperta, timezone.localdate())
    esiti = list(spedisci(richieste, base="https://portale.example.org"))

    assert [bool(errore) for _, errore in esiti] == [True, True]
    assert len(da_chiedere(aperta, timezone.localdate())) == 2


def test_il_comando_mostra_senza_mandare(aperta, capsys, settings):
    settings.INDIRIZZO_PORTALE = "https://portale.example.org"
    call_command("sollecita_voti", prova=True)

    assert "Prova: niente è stato mandato." in capsys.readouterr().out
    assert mail.outbox == []


def test_dopo_la_chiusura_si_legge_perche_senza_sapere_di_chi(come, anna, bruno, bisogni):
    enti = [bruno.ente, *EnteFactory.create_batch(3)]
    rilevazione = RilevazioneFactory(bisogni=bisogni, enti=enti)
    passa(rilevazione, "apri", entro=fra(10), autore=anna)
    for ente, motivo in zip(enti, ("Aspettano.", "Rinunciano.", "Non lo sanno.", ""), strict=True):
        salva_voto(rilevazione, bisogni[0], ente, detto(4, motivo=motivo), autore=anna)
    for ente in enti[:2]:
        salva_voto(rilevazione, bisogni[1], ente, detto(4, motivo=SEGRETO), autore=anna)
    assert perche(rilevazione, bisogni) == []
    passa(rilevazione, "chiudi-primo", autore=anna)
    passa(rilevazione, "apri-secondo", entro=fra(10), autore=anna)
    salva_voto(rilevazione, bisogni[0], enti[0], detto(4, motivo="Ora aspettano meno."), autore=anna)
    passa(rilevazione, "chiudi", autore=anna)

    ((bisogno, motivi),) = perche(rilevazione, bisogni)

    assert (bisogno, sorted(motivi)) == (bisogni[0], ["Non lo sanno.", "Ora aspettano meno.", "Rinunciano."])
    pagina = come(bruno).get(rilevazione.get_absolute_url()).text
    assert ("Ora aspettano meno." in pagina, SEGRETO in pagina) == (True, False)
