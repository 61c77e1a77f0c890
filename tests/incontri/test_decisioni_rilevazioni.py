"""Only a decision that holds approves a ranking, puts its needs first and lets it be published."""

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Bisogno, Rilevazione, Verbale, Voce
from incontri.servizi.rilevazioni.decisioni import collega_decisione, decisioni_possibili, metti_in_priorita
from incontri.servizi.rilevazioni.turni import passa
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    BisognoFactory,
    IndicatoreFactory,
    RilevazioneFactory,
    VerbaleFactory,
    VoceFactory,
    VotoComuneFactory,
    VotoFactory,
)

pytestmark = pytest.mark.django_db
RINVIATA = "La decisione collegata è rinviata, o non è più una decisione: la graduatoria non è approvata."
DA_APPROVARE = "Prima va approvato il verbale in cui c'è la decisione."


@pytest.fixture
def bisogni(db):
    return [BisognoFactory(titolo=titolo) for titolo in ("Mediazione attivata tardi", "Corsi senza posti")]


@pytest.fixture
def chiusa(anna, bruno, senait, bisogni, bollate):
    bollate.nell_ambito = True
    bollate.save()
    IndicatoreFactory(voce="residenti", comune=bollate, valore=1000)
    rilevazione = RilevazioneFactory(
        titolo="Autunno", bisogni=bisogni, enti=[bruno.ente, senait.ente], stato="fra-i-turni"
    )
    for bisogno, gravita in zip(bisogni, (5, 2), strict=True):
        for persona in (bruno, senait):
            voto = VotoFactory(rilevazione=rilevazione, bisogno=bisogno, ente=persona.ente, gravita=gravita)
            VotoComuneFactory(voto=voto, comune=bollate, gravita=gravita)
    passa(rilevazione, "chiudi", autore=anna)
    return rilevazione


def decisione(stato="bozza", esito="unanimita"):
    """A decision in minutes of that state."""
    verbale = VerbaleFactory()
    voce = VoceFactory(punto__incontro=verbale.incontro, tipo="decisione", esito=esito, testo="Si approva.")
    porta_a(voce, stato)
    return voce


def porta_a(voce, stato):
    verbale = voce.punto.incontro.verbale
    altro = {
        "bozza": {},
        "condiviso": {"condiviso_il": timezone.now(), "osservazioni_entro": timezone.localdate()},
        "approvato": {"approvato_il": timezone.now(), "approvato_in": verbale.incontro},
    }
    Verbale.objects.filter(pk=verbale.pk).update(stato=stato, **altro[stato])


def collega(rilevazione, voce):
    Rilevazione.objects.filter(pk=rilevazione.pk).update(decisione=voce)
    return Rilevazione.objects.get(pk=rilevazione.pk)


def stati():
    return list(Bisogno.objects.order_by("titolo").values_list("stato", flat=True))


def test_si_collega_solo_una_decisione_presa_che_gli_enti_leggono(chiusa, anna):
    bozza, rinviata, condivisa = decisione(), decisione("condiviso", "rinvio"), decisione("condiviso")
    VoceFactory(punto=condivisa.punto, tipo="discussione")

    assert list(decisioni_possibili()) == [condivisa]
    for voce in (bozza, rinviata):
        with pytest.raises(PassaggioNonPossibile, match="Questa decisione non vale"):
            collega_decisione(chiusa, voce, autore=anna)
    collega_decisione(chiusa, condivisa, autore=anna)
    assert Rilevazione.objects.get().decisione == condivisa


@pytest.mark.parametrize(
    ("stato", "esito", "contro"),
    [
        ("bozza", "unanimita", DA_APPROVARE),
        ("condiviso", "unanimita", DA_APPROVARE),
        ("approvato", "rinvio", RINVIATA),
        ("approvato", "maggioranza", ""),
    ],
)
def test_solo_una_decisione_che_vale_approva(chiusa, bisogni, anna, stato, esito, contro):
    rilevazione = collega(chiusa, decisione(stato, esito))

    assert (rilevazione.contro_la_decisione, rilevazione.approvata) == (contro, not contro)
    if contro:
        with pytest.raises(PassaggioNonPossibile, match=contro):
            metti_in_priorita(rilevazione, bisogni, autore=anna)
        with pytest.raises(PassaggioNonPossibile, match=contro):
            passa(rilevazione, "pubblica", autore=anna)
        assert (stati(), Rilevazione.objects.get().stato) == (["proposto", "proposto"], "chiusa")
    else:
        assert metti_in_priorita(rilevazione, bisogni[:1], autore=anna) == bisogni[:1]
        passa(rilevazione, "pubblica", autore=anna)
        assert (stati(), Rilevazione.objects.get().stato) == (["proposto", "prioritario"], "pubblicata")


def test_una_decisione_tolta_dal_testo_non_approva_piu(chiusa):
    voce = decisione("condiviso")
    rilevazione = collega(chiusa, voce)
    Voce.objects.filter(pk=voce.pk).update(tipo="discussione", esito="")
    porta_a(voce, "approvato")
    rilevazione.refresh_from_db()
    assert rilevazione.contro_la_decisione == RINVIATA


def test_la_pagina_non_dice_approvata_prima_che_lo_sia(come, chiusa, anna):
    voce = decisione()
    pagina = collega(chiusa, voce).get_absolute_url()

    prima = come(anna).get(pagina)
    assert ("non è ancora approvata" in prima.content.decode(), prima.context["si_da_priorita"]) == (True, False)
    porta_a(voce, "approvato")
    dopo = come(anna).get(pagina)
    assert ("Approvata nell'incontro" in dopo.content.decode(), dopo.context["si_da_priorita"]) == (True, True)
    assert reverse("rilevazioni:priorita", args=[chiusa.pk]) in dopo.content.decode()


def test_i_bisogni_si_mettono_in_priorita_dalla_pagina(come, chiusa, bisogni, anna):
    pagina = reverse("rilevazioni:priorita", args=[chiusa.pk])
    assert come(anna).get(pagina).url == chiusa.get_absolute_url()
    voce = decisione()
    collega(chiusa, voce)
    impossibile = come(anna).post(pagina, {"bisogni": [bisogni[0].pk]})
    assert impossibile.context["form"].non_field_errors() == [DA_APPROVARE]
    assert stati() == ["proposto", "proposto"]

    porta_a(voce, "approvato")
    form = come(anna).get(pagina).context["form"]
    assert [str(parole) for _, parole in form.fields["bisogni"].choices] == [
        "1. Mediazione attivata tardi (copertura da rilevare)",
        "2. Corsi senza posti (copertura da rilevare)",
    ]
    assert form["bisogni"].value() == [bisogno.pk for bisogno in bisogni]
    assert come(anna).post(pagina, {"bisogni": []}).context["form"].errors == {"bisogni": ["Scegli almeno un bisogno."]}
    assert come(anna).post(pagina, {"bisogni": [bisogni[0].pk]}).url == chiusa.get_absolute_url()
    assert stati() == ["proposto", "prioritario"]


def test_il_verbale_porta_alla_rilevazione_che_decide(come, chiusa, anna):
    voce = decisione("approvato")
    collega(chiusa, voce)
    testo = come(anna).get(reverse("incontri:verbale-detail", args=[voce.punto.incontro_id])).content.decode()
    assert f'<a href="{chiusa.get_absolute_url()}">Autunno</a>' in testo
    assert "Approva la graduatoria" in testo
