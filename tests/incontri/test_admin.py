"""Meetings and minutes in the back office."""

import pytest
import tablib
from django.contrib import admin
from django.urls import reverse

from incontri.models import Convocazione, Incontro, Presenza, PuntoOdg, Verbale, Voce
from incontri.tracciati import (
    TracciatoConvocazione,
    TracciatoIncontro,
    TracciatoPresenza,
    TracciatoPuntoOdg,
    TracciatoVoce,
)
from tavolo.base.concorrenza import timbro
from tests.factories import (
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    PuntoOdgFactory,
    VerbaleFactory,
    VoceFactory,
)

pytestmark = pytest.mark.django_db


def test_convoca_in_blocco_solo_chi_ha_la_data(anna, come):
    con_data = IncontroFactory(titolo="Con data", inizio="2026-12-01T09:00Z")
    senza = IncontroFactory(titolo="Senza data")
    scelti = {"action": "convoca", "_selected_action": [con_data.pk, senza.pk]}
    risposta = come(anna).post(reverse("admin:incontri_incontro_changelist"), scelti, follow=True)
    assert [str(m) for m in risposta.context["messages"]] == [
        "Segna come convocato: fatto per 1.",
        "«Senza data»: Per convocare l'incontro indica prima la data e l'ora di inizio.",
    ]
    assert sorted(Incontro.objects.values_list("stato", flat=True)) == ["convocato", "pianificato"]


def test_il_verbale_cambia_mano(anna, bruno, senait, come):
    verbale = VerbaleFactory(verbalizzante=bruno)
    dove = reverse("admin:incontri_verbale_change", args=[verbale.pk])
    dati = {"incontro": verbale.incontro_id, "verbalizzante": senait.pk, "redattori": [bruno.pk], "stato": "condiviso"}
    dati["timbro"] = timbro(verbale)
    assert come(anna).post(dove, dati).status_code == 302
    verbale = Verbale.objects.get()
    assert (verbale.verbalizzante, list(verbale.redattori.all()), verbale.stato) == (senait, [bruno], "bozza")


def test_le_voci_si_leggono_soltanto(anna, superutente, come):
    voce = VoceFactory(testo="Si è detto questo.")
    dove = reverse("admin:incontri_voce_change", args=[voce.pk])
    for utente in (anna, superutente):
        assert come(utente).get(dove).status_code == 200
        assert come(utente).post(dove, {"testo": "Altro"}).status_code == 403
        versione = reverse("admin:incontri_voce_simple_history", args=[voce.pk, voce.storia.get().pk])
        assert come(utente).post(versione, {"testo": "Altro"}).status_code == 403
    voce.refresh_from_db()
    assert (voce.testo, voce.versione) == ("Si è detto questo.", 1)


@pytest.fixture
def fermo(bruno):
    """A meeting with a point, an attendance and an entry, whose minutes the enti are reading."""
    incontro = VerbaleFactory(verbalizzante=bruno, stato="condiviso", incontro__titolo="Fermo").incontro
    VoceFactory(punto=PuntoOdgFactory(incontro=incontro, titolo="Com'era"))
    PresenzaFactory(incontro=incontro, nota="Com'era")
    return incontro


@pytest.mark.parametrize("modello", ["incontro", "puntoodg", "presenza", "verbale"])
@pytest.mark.parametrize("vista", ["change", "delete"])
@pytest.mark.parametrize("chi", ["anna", "superutente"])
def test_quello_che_gli_enti_leggono_sta_fermo(request, come, fermo, modello, vista, chi):
    riga = {"incontro": fermo, "puntoodg": fermo.punti.get(), "presenza": fermo.presenze.get()}.get(modello)
    pk = (riga or fermo.verbale).pk
    cliente = come(request.getfixturevalue(chi))

    risposta = cliente.post(reverse(f"admin:incontri_{modello}_{vista}", args=[pk]), {"post": "yes", "titolo": "No"})

    assert risposta.status_code == 403
    assert (PuntoOdg.objects.get().titolo, Presenza.objects.get().nota) == ("Com'era", "Com'era")
    assert Incontro.objects.get().titolo == "Fermo"


def test_dentro_un_incontro_fermo_non_si_aggiungono_righe(anna, come, fermo):
    risposta = come(anna).get(reverse("admin:incontri_incontro_change", args=[fermo.pk]))

    righe = risposta.context["inline_admin_formsets"]
    assert [(r.has_add_permission, r.has_change_permission, r.has_delete_permission) for r in righe] == [
        (False, False, False)
    ] * 2


def test_un_punto_non_si_aggiunge_ne_si_sposta_in_un_incontro_fermo(anna, come, fermo):
    altrove = PuntoOdgFactory(titolo="Altrove")
    dati = {"incontro": fermo.pk, "titolo": "Nuovo", "ordine": 1}

    nuovo = come(anna).post(reverse("admin:incontri_puntoodg_add"), dati)
    spostato = come(anna).post(reverse("admin:incontri_puntoodg_change", args=[altrove.pk]), dati)

    for risposta in (nuovo, spostato):
        assert "gli enti lo stanno leggendo" in risposta.context["adminform"].form.errors["incontro"][0]
    assert fermo.punti.count() == 1


@pytest.mark.parametrize(
    ("tracciato", "colonne", "valori"),
    [
        (TracciatoIncontro, ["slug", "titolo"], ["fermo", "Cambiato"]),
        (TracciatoPuntoOdg, ["incontro", "titolo", "durata"], ["fermo", "Com'era", "5"]),
        (TracciatoPuntoOdg, ["incontro", "titolo"], ["fermo", "Nuovo"]),
        (TracciatoPresenza, ["incontro", "seggio", "ospite", "esito"], ["fermo", "", "Giulia", "in-sede"]),
    ],
)
def test_una_tabella_non_cambia_un_incontro_fermo(fermo, tracciato, colonne, valori):
    esito = tracciato().import_data(tablib.Dataset(valori, headers=colonne), dry_run=False)

    assert "gli enti lo stanno leggendo" in " ".join(str(e) for e in esito.errori)
    assert Incontro.objects.get().titolo == "Fermo"
    assert (fermo.punti.get().durata, fermo.presenze.count()) == (None, 1)


def test_le_righe_rimaste_uguali_di_un_incontro_fermo_passano(fermo):
    tabella = tablib.Dataset(["fermo", "Com'era"], headers=["incontro", "titolo"])

    assert TracciatoPuntoOdg().import_data(tabella, dry_run=False).errori == []


@pytest.fixture
def convocato():
    """A convened meeting with a point on its agenda."""
    incontro = IncontroFactory(titolo="Convocato", inizio="2026-12-01T09:00Z", stato="convocato")
    PuntoOdgFactory(incontro=incontro, titolo="Com'era")
    return incontro


def sequenze():
    return dict(Incontro.objects.values_list("titolo", "sequenza"))


def dentro(incontro, punti):
    """The page of the meeting as its form is sent, with these rows of the agenda."""
    dati = {
        "titolo": incontro.titolo,
        "inizio_0": "2026-12-01",
        "inizio_1": "10:00",
        "modalita": incontro.modalita,
        "slug": incontro.slug,
        "ordine": incontro.ordine,
        "timbro": timbro(incontro),
        "punti-TOTAL_FORMS": len(punti),
        "punti-INITIAL_FORMS": 1,
        "presenze-TOTAL_FORMS": 0,
        "presenze-INITIAL_FORMS": 0,
    }
    righe = {f"punti-{n}-{nome}": valore for n, riga in enumerate(punti) for nome, valore in riga.items()}
    return dati | righe


def test_un_altro_odg_dentro_l_incontro_e_una_nuova_versione_per_i_calendari(anna, come, convocato):
    punto = convocato.punti.get()
    riga = {"uuid": punto.pk, "ordine": punto.ordine, "titolo": punto.titolo, "timbro": timbro(punto)}
    dove = reverse("admin:incontri_incontro_change", args=[convocato.pk])

    uguale = come(anna).post(dove, dentro(convocato, [riga]))
    prima = sequenze()
    cambiato = come(anna).post(dove, dentro(Incontro.objects.get(), [riga, {"ordine": 2, "titolo": "Nuovo"}]))

    assert (uguale.status_code, cambiato.status_code) == (302, 302)
    assert (prima, sequenze()) == ({"Convocato": 0}, {"Convocato": 1})


def test_un_punto_cambiato_spostato_o_tolto_e_una_nuova_versione(anna, come, convocato):
    punto, altrove = convocato.punti.get(), IncontroFactory(titolo="Da convocare")
    dove = reverse("admin:incontri_puntoodg_change", args=[punto.pk])
    dati = {"incontro": convocato.pk, "titolo": "Nuovo", "ordine": 1, "tipo": "ordinario", "pubblico": "on"}

    trovate = []
    for cambio in ({}, {"incontro": altrove.pk}, {"incontro": convocato.pk}):
        dati |= cambio | {"timbro": timbro(PuntoOdg.objects.get())}
        assert come(anna).post(dove, dati).status_code == 302
        trovate.append(sequenze()["Convocato"])
    come(anna).post(reverse("admin:incontri_puntoodg_delete", args=[punto.pk]), {"post": "yes"})
    trovate.append(sequenze()["Convocato"])
    scelto = PuntoOdgFactory(incontro=convocato)
    in_blocco = {"action": "delete_selected", "_selected_action": [scelto.pk], "post": "yes"}
    come(anna).post(reverse("admin:incontri_puntoodg_changelist"), in_blocco)
    trovate.append(sequenze()["Convocato"])

    assert (trovate, sequenze()["Da convocare"], PuntoOdg.objects.count()) == ([1, 2, 3, 4, 5], 0, 0)


@pytest.mark.parametrize(
    ("tracciato", "colonne", "valori", "attesa"),
    [
        (TracciatoPuntoOdg, ["incontro", "titolo"], ["convocato", "Com'era"], 0),
        (TracciatoPuntoOdg, ["incontro", "titolo"], ["convocato", "Nuovo"], 1),
        (TracciatoPuntoOdg, ["incontro", "titolo", "durata"], ["convocato", "Com'era", "5"], 1),
        (TracciatoIncontro, ["slug", "titolo", "luogo"], ["convocato", "Convocato", "Altrove"], 1),
    ],
)
def test_una_tabella_che_cambia_l_incontro_e_una_nuova_versione(convocato, tracciato, colonne, valori, attesa):
    tabella = tablib.Dataset(valori, headers=colonne)

    assert tracciato().import_data(tabella, dry_run=True).errori == []
    prova = sequenze()
    assert tracciato().import_data(tabella, dry_run=False).errori == []

    assert (prova, sequenze()) == ({"Convocato": 0}, {"Convocato": attesa})


def test_il_verbale_resta_del_suo_incontro(anna, bruno, come):
    verbale, altro = VerbaleFactory(verbalizzante=bruno), IncontroFactory()
    dove = reverse("admin:incontri_verbale_change", args=[verbale.pk])

    come(anna).post(dove, {"incontro": altro.pk, "verbalizzante": bruno.pk})

    assert Verbale.objects.get().incontro == verbale.incontro
    assert come(anna).get(reverse("admin:incontri_verbale_add")).status_code == 403


def test_il_verbale_si_elimina_solo_senza_voci(anna, come):
    verbale = VerbaleFactory()
    voce = VoceFactory(punto__incontro=verbale.incontro)
    dove = reverse("admin:incontri_verbale_delete", args=[verbale.pk])
    elenco = reverse("admin:incontri_verbale_changelist")
    in_blocco = {"action": "delete_selected", "_selected_action": [verbale.pk], "post": "yes"}

    assert come(anna).post(dove, {"post": "yes"}).status_code == 403
    come(anna).post(elenco, in_blocco)
    assert Verbale.objects.count() == 1
    voce.delete()
    assert come(anna).post(dove, {"post": "yes"}).status_code == 302
    assert Verbale.objects.count() == 0


def test_nessuno_ha_il_permesso_di_scrivere_voci_in_amministrazione(anna, bruno):
    permessi = [f"incontri.{azione}_voce" for azione in ("add", "change", "delete")]

    assert [utente.has_perm(p) for utente in (anna, bruno) for p in permessi] == [False] * 6


def test_le_voci_esportate_dicono_di_quale_incontro_sono(anna):
    VoceFactory(punto__titolo="Varie", punto__incontro__titolo="Primo incontro", testo="Detto", ordine=1)

    (riga,) = TracciatoVoce().export(Voce.objects.all()).dict

    assert riga == {
        "incontro": "primo-incontro",
        "punto": "Varie",
        "tipo": "discussione",
        "testo": "Detto",
        "ordine": "1",
    }


@pytest.mark.parametrize("chi", ["anna", "superutente"])
def test_le_convocazioni_si_leggono_soltanto(request, chi, come):
    convocazione = ConvocazioneFactory()
    cliente = come(request.getfixturevalue(chi))
    dove = {
        vista: reverse(f"admin:incontri_convocazione_{vista}", args=[convocazione.pk]) for vista in ("change", "delete")
    }

    assert cliente.get(dove["change"]).status_code == 200
    assert cliente.post(dove["change"], {"risposta": "viene"}).status_code == 403
    assert cliente.post(dove["delete"], {"post": "yes"}).status_code == 403
    assert Convocazione.objects.get().risposta == "attesa"


def test_le_convocazioni_si_eliminano_con_il_loro_incontro(anna, come):
    incontro = ConvocazioneFactory().incontro

    risposta = come(anna).post(reverse("admin:incontri_incontro_delete", args=[incontro.pk]), {"post": "yes"})

    assert risposta.status_code == 302
    assert (Incontro.objects.count(), Convocazione.objects.count()) == (0, 0)


def test_le_convocazioni_escono_senza_indirizzi(anna):
    ConvocazioneFactory(incontro__titolo="Primo incontro", seggio__nome="Bollate", seggio__ente__denominazione="Comune")

    (riga,) = TracciatoConvocazione().export(Convocazione.objects.all()).dict

    assert riga == {
        "incontro": "primo-incontro",
        "seggio": "bollate",
        "ente": "comune",
        "nome": "Chi viene",
        "risposta": "attesa",
        "delegato": "",
        "nota": "",
        "risposto": "",
        "inviata": "",
    }


@pytest.mark.parametrize("chi", ["anna", "superutente"])
def test_in_blocco_si_passano_di_stato_solo_gli_incontri_e_i_bisogni(request, chi, rf):
    """Minutes, observations, corrections, commitments and instances move one at a time, on their pages."""
    richiesta = rf.get("/")
    richiesta.user = request.getfixturevalue(chi)
    schede = {m._meta.model_name: s for m, s in admin.site._registry.items() if m._meta.app_label == "incontri"}

    offerte = {nome: set(scheda.get_actions(richiesta)) - {"delete_selected"} for nome, scheda in schede.items()}

    assert {nome: azioni for nome, azioni in offerte.items() if azioni} == {
        "bisogno": {"analizza", "dai_priorita", "riapri", "rispondi"},
        "incontro": {"convoca", "concludi", "annulla", "riapri"},
    }
