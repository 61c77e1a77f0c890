"""The pages of the versions of the minutes: list, comparison, taking one up again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Voce
from incontri.servizi.versioni import versioni
from tests.factories import PuntoOdgFactory, VerbaleFactory, VoceFactory

OGGI = timezone.now().replace(microsecond=0) - timedelta(hours=1)


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno)


@pytest.fixture
def punto(verbale):
    return PuntoOdgFactory(incontro=verbale.incontro, titolo="Orari")


@pytest.fixture
def due(punto, bruno):
    """Two versions of one entry: Bruno's first text, an hour ago, and his second."""
    voce = VoceFactory(punto=punto, testo="Apre alle 9.")
    voce.testo, voce._history_user, voce.versione = "Apre alle 10.", bruno, 2
    voce.save()
    Voce.storia.filter(versione=1).update(history_date=OGGI, history_user=bruno)
    return voce


def pagina(verbale, nome="versione-list"):
    return reverse(f"incontri:{nome}", args=[verbale.incontro_id])


def chiavi(verbale):
    return [versione.chiave for versione in versioni(verbale)]


def detto(risposta):
    return [str(m) for m in risposta.context["messages"]]


def test_l_elenco_dice_chi_quando_e_che_cosa(come, bruno, verbale, due):
    risposta = come(bruno).get(pagina(verbale))

    assert [(v.chi, v.aggiunte, v.cambiate) for v in risposta.context["versioni"]] == [
        ("Bruno Bollate", 0, 1),
        ("Bruno Bollate", 1, 0),
    ]
    assert f'value="{chiavi(verbale)[1]}" checked' in risposta.content.decode()


def test_senza_niente_di_scritto_l_elenco_dice_che_fare(come, bruno, verbale, punto):
    risposta = come(bruno).get(pagina(verbale))

    assert "la prima versione nasce quando salvi" in risposta.content.decode()


def test_il_confronto_mostra_le_parole_cambiate_in_qualunque_ordine_si_chieda(come, bruno, verbale, due):
    nuova, vecchia = chiavi(verbale)

    trovati = [
        come(bruno).get(pagina(verbale, "versione-confronto"), domanda)
        for domanda in ({}, {"da": vecchia, "a": nuova}, {"da": nuova, "a": vecchia})
    ]

    assert {(r.context["da"].chiave, r.context["a"].chiave) for r in trovati} == {(vecchia, nuova)}
    assert all("9." in r.content.decode().partition("<del><span")[2].partition("</del>")[0] for r in trovati)


@pytest.mark.parametrize("domanda", [{"da": "ieri", "a": "oggi"}, {"da": ""}, {"da": "stessa", "a": "stessa"}])
def test_due_versioni_che_non_sono_due(come, bruno, verbale, due, domanda):
    domanda = {nome: chiavi(verbale)[0] if v == "stessa" else v for nome, v in domanda.items()}

    risposta = come(bruno).get(pagina(verbale, "versione-confronto"), domanda, follow=True)

    assert (risposta.redirect_chain[0][0], detto(risposta)) == (
        pagina(verbale),
        ["Per confrontare scegli due versioni diverse."],
    )


def test_una_versione_sola_non_si_confronta(come, bruno, verbale, punto):
    VoceFactory(punto=punto)

    risposta = come(bruno).get(pagina(verbale, "versione-confronto"), follow=True)

    assert detto(risposta) == ["C'è una versione sola: non c'è ancora niente da confrontare."]


def test_si_chiede_e_si_riprende(come, bruno, verbale, due):
    nuova, vecchia = chiavi(verbale)
    cliente = come(bruno)

    chiesta = cliente.get(pagina(verbale, "versione-ripristina"), {"momento": vecchia})
    due.refresh_from_db()
    prima = due.testo
    fatta = cliente.post(pagina(verbale, "versione-ripristina"), {"momento": vecchia, "visto": nuova}, follow=True)

    due.refresh_from_db()
    assert [(p.titolo, [r.come for r in p.righe]) for p in chiesta.context["punti"]] == [("Orari", ["cambiata"])]
    assert (prima, due.testo, due.versione) == ("Apre alle 10.", "Apre alle 9.", 3)
    assert detto(fatta) == ["Fatto. Com'era prima resta tra le versioni precedenti."]
    assert chiavi(verbale)[1:] == [nuova, vecchia]


def test_riprendere_un_punto_solo_riporta_a_quel_punto(come, bruno, verbale, punto, due):
    nuova, vecchia = chiavi(verbale)
    dati = {"momento": vecchia, "visto": nuova, "punto": str(punto.pk)}

    risposta = come(bruno).post(pagina(verbale, "versione-ripristina"), dati)

    assert risposta["Location"] == reverse("incontri:voce-update", args=[verbale.incontro_id, punto.pk])
    assert punto.voci.get().testo == "Apre alle 9."


@pytest.mark.parametrize("domanda", [{}, {"momento": "mai"}, {"momento": "buono", "punto": "altrove"}])
def test_una_versione_che_non_c_e(come, bruno, verbale, due, domanda):
    if domanda.get("momento") == "buono":
        domanda = domanda | {"momento": chiavi(verbale)[1]}
    cliente = come(bruno)
    chiedi, manda = (getattr(cliente, come_si_chiede) for come_si_chiede in ("get", "post"))

    for risposta in (
        chiedi(pagina(verbale, "versione-ripristina"), domanda, follow=True),
        manda(pagina(verbale, "versione-ripristina"), domanda, follow=True),
    ):
        assert detto(risposta) == ["Questa versione non c'è: scegline una dall'elenco."]
    due.refresh_from_db()
    assert due.testo == "Apre alle 10."


def test_un_punto_sconosciuto_non_diventa_tutto_il_verbale(come, bruno, verbale, due):
    nuova, vecchia = chiavi(verbale)

    come(bruno).post(pagina(verbale, "versione-ripristina"), {"momento": vecchia, "visto": nuova, "punto": "altrove"})

    due.refresh_from_db()
    assert due.testo == "Apre alle 10."


def test_chi_salva_nel_frattempo_non_si_copre(come, bruno, verbale, punto, due, senait):
    nuova, vecchia = chiavi(verbale)
    due.testo, due._history_user = "Apre alle 11.", senait
    due.save()

    risposta = come(bruno).post(pagina(verbale, "versione-ripristina"), {"momento": vecchia, "visto": nuova})

    due.refresh_from_db()
    assert (risposta.status_code, due.testo) == (409, "Apre alle 11.")
    assert risposta.context["adesso"].chi == "Senait Senago"
    assert f'name="visto" value="{chiavi(verbale)[0]}"' in risposta.content.decode()


def test_senza_dire_che_cosa_si_e_visto_si_chiede_ancora(come, bruno, verbale, due):
    risposta = come(bruno).post(pagina(verbale, "versione-ripristina"), {"momento": chiavi(verbale)[1]})

    due.refresh_from_db()
    assert (risposta.status_code, due.testo) == (200, "Apre alle 10.")


def test_quello_che_e_gia_cosi_non_si_riprende(come, bruno, verbale, due):
    risposta = come(bruno).get(pagina(verbale, "versione-ripristina"), {"momento": chiavi(verbale)[0]})

    assert "Il verbale è già com'era allora" in risposta.content.decode()


def test_condiviso_si_legge_e_non_si_riprende(come, bruno, verbale, due):
    nuova, vecchia = chiavi(verbale)
    verbale.stato = "condiviso"
    verbale.save()
    cliente = come(bruno)

    stati = [cliente.get(pagina(verbale, nome)).status_code for nome in ("versione-list", "versione-confronto")]
    chiesta = cliente.get(pagina(verbale, "versione-ripristina"), {"momento": vecchia}, follow=True)
    mandata = cliente.post(pagina(verbale, "versione-ripristina"), {"momento": vecchia, "visto": nuova}, follow=True)

    due.refresh_from_db()
    assert (stati, due.testo) == ([200, 200], "Apre alle 10.")
    motivo = "Il verbale è condiviso e gli enti lo stanno leggendo. Per cambiare qualcosa, prima riportalo in bozza."
    assert detto(chiesta) == detto(mandata) == [motivo]
    assert "Riprendi questa" not in cliente.get(pagina(verbale)).content.decode()


def test_chi_legge_il_verbale_condiviso_non_ne_legge_le_versioni(come, senait, verbale, due):
    verbale.stato = "condiviso"
    verbale.save()
    cliente = come(senait)

    stati = {cliente.get(pagina(verbale, f"versione-{n}")).status_code for n in ("list", "confronto", "ripristina")}

    assert stati == {403}
    assert pagina(verbale) not in cliente.get(verbale.get_absolute_url()).content.decode()


def test_ci_si_arriva_da_dove_si_scrive_e_da_dove_si_legge(come, bruno, verbale, punto, due):
    cliente = come(bruno)
    scrive = reverse("incontri:voce-update", args=[verbale.incontro_id, punto.pk])

    assert all(pagina(verbale) in cliente.get(p).content.decode() for p in (scrive, verbale.get_absolute_url()))


@pytest.mark.parametrize("quanti", [1, 3])
def test_interrogazioni_costanti(come, bruno, verbale, punto, due, quanti, django_assert_num_queries):
    for _ in range(quanti):
        VoceFactory(punto=PuntoOdgFactory(incontro=verbale.incontro))
    cliente = come(bruno)

    with django_assert_num_queries(12):
        cliente.get(pagina(verbale))
    with django_assert_num_queries(16):
        cliente.get(pagina(verbale, "versione-confronto"))
    domanda = {"momento": chiavi(verbale)[-1]}
    with django_assert_num_queries(18):
        cliente.get(pagina(verbale, "versione-ripristina"), domanda)
