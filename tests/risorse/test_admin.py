"""Services in the back office: passages in bulk, authors, versions."""

import pytest
from django.urls import reverse

from risorse.models import Contatto, Risorsa
from tests.factories import (
    CategoriaFactory,
    ContattoFactory,
    EnteFactory,
    RicercaVuotaFactory,
    RisorsaFactory,
    ValutazioneFactory,
)

pytestmark = pytest.mark.django_db
ELENCO = "admin:risorse_risorsa_changelist"


def compi_tutte(cliente, azione, *righe):
    scelti = {"action": azione, "_selected_action": [riga.pk for riga in righe]}
    return [str(m) for m in cliente.post(reverse(ELENCO), scelti, follow=True).context["messages"]]


def vuote(*prefissi):
    return {f"{p}-{n}": "0" for p in prefissi for n in ("TOTAL_FORMS", "INITIAL_FORMS")}


def corpo(**altri):
    base = {"nome": "Nuovo", "in_breve": "Breve", "tipo": "servizio", "area_servita": "ambito", "costo": "gratuito"}
    return base | vuote("orari", "chiusure", "lingue_parlate", "in_sedi", "contatti") | altri


def test_pubblica_in_blocco_dice_chi_si_e_chi_no(anna, come):
    bozza = RisorsaFactory(nome="Bozza", stato="bozza")
    con_telefono = RisorsaFactory(nome="Con telefono", stato="bozza")
    ContattoFactory(ente=None, risorsa=con_telefono)
    senza_fonte = RisorsaFactory(nome="Senza fonte", stato="in-revisione", fonte="")
    archiviata = RisorsaFactory(nome="Archiviata", stato="archiviata")
    assert compi_tutte(come(anna), "pubblica", bozza, con_telefono, senza_fonte, archiviata) == [
        "Pubblica: fatto per 2.",
        "«Archiviata»: «Pubblica» non si può fare: lo stato è «Archiviata».",
        "«Bozza»: è pubblicata senza un luogo, un contatto e un orario. "
        "Scrivili nella scheda, altrimenti a chi legge serve poco.",
        "«Senza fonte»: Un servizio vero si pubblica solo con la sua fonte.",
    ]
    stati = Risorsa.objects.order_by("nome").values_list("stato", flat=True)
    assert list(stati) == ["archiviata", "pubblicata", "pubblicata", "in-revisione"]
    assert bozza.storia.first().history_user == anna


def test_sospendi_e_archivia(anna, come):
    risorsa = RisorsaFactory()
    assert compi_tutte(come(anna), "sospendi", risorsa) == ["Sospendi: fatto per 1."]
    assert compi_tutte(come(anna), "archivia", risorsa) == ["Archivia: fatto per 1."]
    risorsa.refresh_from_db()
    assert risorsa.stato == "archiviata"


def test_autore_stato_e_contatti_dalla_pagina(anna, come):
    categoria, ente = CategoriaFactory(), EnteFactory()
    contatto = {"contatti-TOTAL_FORMS": "1", "contatti-0-tipo": "telefono", "contatti-0-valore": "02 5550001"}
    dati = corpo(ente=ente.pk, categorie=[categoria.pk], stato="pubblicata", **contatto, **{"contatti-0-ordine": "0"})
    risposta = come(anna).post(reverse("admin:risorse_risorsa_add"), dati)
    assert risposta.status_code == 302
    risorsa = Risorsa.objects.get()
    assert (risorsa.autore, risorsa.stato, risorsa.slug) == (anna, "bozza", "nuovo")
    assert risorsa.contatti.get().storia.get().history_user == anna


def test_i_comuni_serviti_solo_se_il_territorio_sono_alcuni_comuni(anna, bollate, come):
    dati = corpo(ente=EnteFactory().pk, categorie=[CategoriaFactory().pk], comuni_serviti=[bollate.pk])
    risposta = come(anna).post(reverse("admin:risorse_risorsa_add"), dati)
    assert risposta.context["adminform"].form.errors == {
        "comuni_serviti": ["I comuni serviti si indicano solo se il territorio servito è «Solo alcuni comuni»."]
    }
    assert come(anna).post(reverse("admin:risorse_risorsa_add"), dati | {"area_servita": "comuni"}).status_code == 302


def test_una_versione_ripresa_tiene_lo_stato_di_oggi(anna, come):
    risorsa = RisorsaFactory(nome="Prima", stato="pubblicata", categorie=[CategoriaFactory()])
    vecchia = risorsa.storia.first()
    risorsa.nome, risorsa.stato = "Dopo", "archiviata"
    risorsa.save()
    dati = corpo(nome="Prima", ente=risorsa.ente_id, categorie=[risorsa.categorie.get().pk], fonte="Fonte")
    dove = reverse("admin:risorse_risorsa_simple_history", args=[risorsa.pk, vecchia.pk])
    dati["timbro"] = come(anna).get(dove).context["adminform"].form["timbro"].value()
    assert come(anna).post(dove, dati).status_code == 302
    risorsa.refresh_from_db()
    assert (risorsa.nome, risorsa.stato) == ("Prima", "archiviata")


def test_contatti_verificati_in_blocco(anna, come):
    contatto = ContattoFactory(da_verificare=True)
    scelti = {"action": "segna_verificati", "_selected_action": [contatto.pk]}
    come(anna).post(reverse("admin:risorse_contatto_changelist"), scelti)
    assert (Contatto.objects.get().da_verificare, contatto.storia.count()) == (False, 2)


def test_ente_con_i_suoi_contatti_e_le_sue_unita(anna, come):
    ente = EnteFactory(denominazione="ASST")
    EnteFactory(denominazione="Consultorio", padre=ente)
    ContattoFactory(ente=ente, valore="02 5550099")
    testo = come(anna).get(reverse("admin:referenti_ente_change", args=[ente.pk])).content.decode()
    assert [parola in testo for parola in ("Consultorio</a>", "02 5550099")] == [True, True]


@pytest.mark.parametrize(
    ("elenco", "fabbrica", "campo"),
    [("ricercavuota", RicercaVuotaFactory, "comune"), ("valutazione", ValutazioneFactory, "lingua")],
)
def test_il_filtro_di_un_valore_vuoto_ha_un_nome(anna, come, elenco, fabbrica, campo):
    fabbrica(**{campo: ""})
    testo = come(anna).get(reverse(f"admin:risorse_{elenco}_changelist")).text
    assert (f'<a href="?{campo}=">(nessun valore)</a>' in testo, f'<a href="?{campo}="></a>' in testo) == (True, False)
