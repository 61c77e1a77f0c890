"""The Italian of the libraries, where ours takes its place."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tests.factories import CategoriaFactory


@pytest.mark.parametrize(
    ("originale", "nostra"),
    [
        ("The {name} “{obj}” was added successfully.", "Salvato: {name} «{obj}»."),
        ("The {name} “{obj}” was changed successfully.", "Salvato: {name} «{obj}»."),
        ("Delete selected %(verbose_name_plural)s", "Cancella (le righe scelte)"),
        ("Select %s to view", "Scegli %s da leggere"),
        (" By %(filter_title)s ", " Filtro: %(filter_title)s "),
        ("Error:", "Errore:"),
        ("Model name", "Tabella"),
        ("Successfully signed in as %(name)s.", "L'accesso è riuscito: ciao, %(name)s."),
    ],
)
def test_le_frasi_delle_librerie_vanno_bene_per_ogni_nome(originale, nostra):
    assert gettext(originale) == nostra


@pytest.mark.parametrize("quante", [1, 2])
def test_anche_al_plurale(quante):
    frase = ngettext(
        "%(count)s %(name)s was changed successfully.", "%(count)s %(name)s were changed successfully.", quante
    )
    assert frase == "Salvato: %(count)s %(name)s."


def test_nel_retro_si_leggono_quelle(anna, come):
    cliente, categoria = come(anna), CategoriaFactory(nome="Salute")
    dove = reverse("admin:risorse_categoria_change", args=[categoria.pk])
    modulo = cliente.get(dove).context["adminform"].form
    dati = {nome: modulo[nome].value() for nome in modulo.fields}
    risposta = cliente.post(dove, dati, follow=True)
    assert [str(m) for m in risposta.context["messages"]] == [f'Salvato: categoria «<a href="{dove}">Salute</a>».']
    assert "<title>Errore: " in cliente.post(dove, dati | {"nome": ""}).text
    inizio = cliente.get(reverse("admin:index")).text
    assert ("Tabella</th>" in inizio, "Model name" in inizio) == (True, False)


def test_si_esporta_in_csv_se_non_si_sceglie_altro(anna, come):
    modulo = come(anna).get(reverse("admin:risorse_categoria_export")).context["form"]
    assert (modulo["format"].value(), modulo.fields["format"].choices) == ("0", [("0", "CSV"), ("1", "XLSX (Excel)")])
