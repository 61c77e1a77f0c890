"""Autosave: what is typed and not saved is kept for the person who typed it, and offered again."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from incontri.models import PaginaAperta, SalvataggioAutomatico
from incontri.servizi import salvataggi
from tavolo.views.area import attese_di
from tests.factories import PuntoOdgFactory, VerbaleFactory, VoceFactory


@pytest.fixture
def verbale(bruno, senait):
    verbale = VerbaleFactory(verbalizzante=bruno)
    verbale.redattori.add(senait)
    return verbale


@pytest.fixture
def punto(verbale):
    return PuntoOdgFactory(incontro=verbale.incontro)


def pagina(punto):
    return reverse("incontri:voce-update", args=[punto.incontro_id, punto.pk])


def manda(cliente, punto, **campi):
    risposta = cliente.post(reverse("incontri:salvataggio", args=[punto.incontro_id, punto.pk]), campi)
    return risposta.status_code, json.loads(risposta.content)


def campi_di(risposta, **altro):
    righe = risposta.context["righe"]
    dati = {f"voci-{n}": str(righe.management_form[n].value()) for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in righe.forms:
        dati |= {form.add_prefix(n): form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    return dati | {"pagina": risposta.context["pagina"]} | altro


def test_si_scrive_si_chiude_si_riapre_e_il_testo_si_riprende(come, bruno, punto):
    cliente = come(bruno)
    stato, esito = manda(cliente, punto, **campi_di(cliente.get(pagina(punto)), **{"voci-0-testo": "Mai salvato"}))

    riaperta = cliente.get(pagina(punto))
    (offerto,) = riaperta.context["da_riprendere"]
    ripresa = cliente.get(pagina(punto), {"riprendi": str(offerto.pk)})

    assert (stato, esito["ora"]) == (200, f"{timezone.localtime(offerto.aggiornato):%H:%M}")
    assert [form["testo"].value() for form in riaperta.context["righe"].forms] == [None]
    assert ripresa.context["righe"].forms[0]["testo"].value() == "Mai salvato"
    assert ripresa.context["pagina"] == offerto.pagina
    assert ripresa.context["da_riprendere"] == []
    salvata = cliente.post(pagina(punto), campi_di(ripresa))
    assert (salvata.status_code, [v.testo for v in punto.voci.all()]) == (302, ["Mai salvato"])
    assert not SalvataggioAutomatico.objects.exists()


def test_i_campi_che_mancano_restano_come_erano(come, bruno, punto):
    cliente = come(bruno)
    manda(cliente, punto, **{"pagina": "p", "voci-0-testo": "Uno", "voci-1-testo": "Due"})
    manda(cliente, punto, **{"pagina": "p", "voci-1-testo": "Due e mezzo"})
    manda(cliente, punto, pagina="p")

    assert SalvataggioAutomatico.objects.get().dati == {"voci-0-testo": "Uno", "voci-1-testo": "Due e mezzo"}


def test_due_finestre_non_si_coprono(come, bruno, punto):
    cliente = come(bruno)
    manda(cliente, punto, **{"pagina": "prima", "voci-0-testo": "Dalla prima"})
    manda(cliente, punto, **{"pagina": "seconda", "voci-0-testo": "Dalla seconda"})

    offerti = cliente.get(pagina(punto)).context["da_riprendere"]

    assert [t.dati["voci-0-testo"] for t in offerti] == ["Dalla seconda", "Dalla prima"]


def test_quello_che_e_gia_salvato_non_si_offre(come, bruno, punto):
    voce = VoceFactory(punto=punto, testo="Prima", autore=bruno)
    voce.testo, voce._history_user = "Salvato da me", bruno
    voce.save()
    voce.testo, voce._history_user = "Adesso", bruno
    voce.save()
    cliente = come(bruno)

    stato, esito = manda(
        cliente, punto, **{"pagina": "p", "voci-0-testo": "Adesso", "voci-1-testo": "Salvato da me\r\n"}
    )

    assert (stato, esito["offerto"]) == (200, False)
    assert cliente.get(pagina(punto)).context["da_riprendere"] == []


def test_chi_riprende_incontra_quello_che_gli_altri_hanno_salvato(come, bruno, punto):
    voce = VoceFactory(punto=punto, testo="Base")
    cliente = come(bruno)
    campi = campi_di(cliente.get(pagina(punto)), **{"voci-0-testo": "Il mio"})
    manda(cliente, punto, **campi)
    voce.testo, voce.versione = "Di Senait", 2
    voce.save()

    ripresa = cliente.get(pagina(punto), {"riprendi": str(SalvataggioAutomatico.objects.get().pk)})
    salvata = cliente.post(pagina(punto), campi_di(ripresa))

    voce.refresh_from_db()
    assert (salvata.status_code, voce.testo) == (409, "Di Senait")
    assert SalvataggioAutomatico.objects.count() == 1


def test_un_errore_non_butta_il_testo_tenuto(come, bruno, punto):
    VoceFactory(punto=punto, testo="Vecchia")
    cliente = come(bruno)
    campi = campi_di(cliente.get(pagina(punto)), **{"voci-0-testo": "", "voci-1-testo": "Nuova"})
    manda(cliente, punto, **campi)

    cliente.post(pagina(punto), campi)

    assert SalvataggioAutomatico.objects.get().dati["voci-1-testo"] == "Nuova"


def test_con_il_verbale_fermo_il_testo_si_tiene_e_si_legge(come, bruno, verbale, punto):
    cliente = come(bruno)
    verbale.stato = "condiviso"
    verbale.save()

    stato, _ = manda(cliente, punto, **{"pagina": "p", "voci-0-tipo": "decisione", "voci-0-testo": "In ritardo"})
    (attesa,) = [a for a in attese_di(bruno) if "senza salvare" in a.perche]
    letta = cliente.get(attesa.indirizzo)

    assert (stato, letta.context["testi"], letta.context["si_riprende"]) == (200, [("Decisione", "In ritardo")], False)


def test_ognuno_vede_solo_il_suo(come, bruno, senait, punto):
    manda(come(bruno), punto, **{"pagina": "p", "voci-0-testo": "Di Bruno"})
    tenuto = SalvataggioAutomatico.objects.get()
    di_senait = come(senait)

    stati = [
        di_senait.get(reverse("incontri:salvataggio-detail", args=[tenuto.pk])).status_code,
        di_senait.post(reverse("incontri:salvataggio-scarta", args=[tenuto.pk])).status_code,
    ]

    assert stati == [404, 404]
    assert di_senait.get(pagina(punto), {"riprendi": str(tenuto.pk)}).context["righe"].forms[0]["testo"].value() is None
    assert SalvataggioAutomatico.objects.count() == 1


def test_scartare(come, bruno, punto):
    cliente = come(bruno)
    manda(cliente, punto, **{"pagina": "p", "voci-0-testo": "Via"})

    risposta = cliente.post(
        reverse("incontri:salvataggio-scarta", args=[SalvataggioAutomatico.objects.get().pk]), {"torna": "punto"}
    )

    assert (risposta["Location"], SalvataggioAutomatico.objects.count()) == (pagina(punto), 0)


def test_senza_accesso_lo_script_lo_capisce(db, punto):
    assert manda(Client(), punto, **{"voci-0-testo": "x"}) == (401, {"accesso": False})


def test_chi_non_scrive_il_verbale_non_tiene_niente(come, mira, punto):
    risposta = come(mira).post(
        reverse("incontri:salvataggio", args=[punto.incontro_id, punto.pk]), {"voci-0-testo": "x"}
    )

    assert (risposta.status_code, SalvataggioAutomatico.objects.count()) == (404, 0)


def test_un_testo_smisurato(come, bruno, punto, monkeypatch):
    monkeypatch.setattr(salvataggi, "LETTERE_MASSIME", 10)

    stato, esito = manda(come(bruno), punto, **{"pagina": "p", "voci-0-testo": "più di dieci lettere"})

    assert (stato, esito["errore"]) == (413, "Il testo è troppo lungo per il salvataggio automatico.")


def test_chi_altro_ha_aperta_la_pagina(come, bruno, senait, punto):
    manda(come(senait), punto)

    _, esito = manda(come(bruno), punto)
    mostrati = come(bruno).get(pagina(punto)).context["altri_qui"]
    PaginaAperta.objects.filter(utente=senait).update(aggiornato=timezone.now() - timedelta(seconds=61))

    assert (esito["altri"], mostrati) == (["Senait Senago"], ["Senait Senago"])
    assert salvataggi.chi_altro(punto, utente=bruno) == []


def test_dopo_un_mese_si_cancella(bruno, punto):
    for nome, giorni in (("vecchio", 31), ("recente", 29)):
        salvataggi.tieni(punto, {"voci-0-testo": nome}, pagina=nome, utente=bruno)
        quando = timezone.now() - timedelta(days=giorni)
        SalvataggioAutomatico.objects.filter(pagina=nome).update(aggiornato=quando)

    assert salvataggi.scaduti() == 1
    assert [t.pagina for t in SalvataggioAutomatico.objects.all()] == ["recente"]


@pytest.mark.parametrize("quanti", [1, 3])
def test_interrogazioni_costanti(come, bruno, punto, quanti, django_assert_num_queries):
    for numero in range(quanti):
        salvataggi.tieni(punto, {"voci-0-testo": f"Testo {numero}"}, pagina=str(numero), utente=bruno)

    with django_assert_num_queries(3):
        assert len(salvataggi.propri_da_riprendere(bruno)) == quanti
