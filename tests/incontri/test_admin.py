"""Meetings and minutes in the back office."""

import pytest
from django.urls import reverse

from incontri.models import Incontro, Verbale
from tests.factories import IncontroFactory, VerbaleFactory, VoceFactory

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
