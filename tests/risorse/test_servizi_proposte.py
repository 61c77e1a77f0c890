"""Proposals: made by an ente, decided by who coordinates, brought to the card field by field."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from risorse.models import PropostaModifica, Risorsa, Verifica
from risorse.servizi import campi
from risorse.servizi.confronti import Tratto, tratti
from risorse.servizi.proposte import (
    PropostaNonPossibile,
    accogli_proposta,
    avvisa_dell_esito,
    differenze_di,
    proponi_modifica,
    proponi_ritiro,
    respingi_proposta,
)
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    LinguaFactory,
    LinguaParlataFactory,
    PropostaModificaFactory,
    RisorsaFactory,
)


@pytest.fixture
def risorsa(comune_di_bollate):
    return RisorsaFactory(
        ente=comune_di_bollate, nome="Sportello", categorie=[CategoriaFactory(slug="casa", nome="Casa")]
    )


def propone(risorsa, autore, **dopo):
    prima = campi.testi_di(risorsa)
    return proponi_modifica(risorsa, prima={c: prima[c] for c in dopo}, dopo=dopo, autore=autore)


def test_i_testi_di_una_scheda_sono_quelli_di_un_tracciato(risorsa):
    risorsa.comuni_serviti.add(ComuneFactory(nome="Baranzate"), ComuneFactory(nome="Arese"))
    LinguaParlataFactory(risorsa=risorsa, lingua=LinguaFactory(codice="ar"), con_mediatore=True)

    testi = campi.testi_di(risorsa)

    assert {c: testi[c] for c in ("nome", "categorie", "comuni_serviti", "lingue_mediazione", "lingue_personale")} == {
        "nome": "Sportello",
        "categorie": "casa",
        "comuni_serviti": "arese|baranzate",
        "lingue_mediazione": "ar",
        "lingue_personale": "",
    }
    assert (testi["eta_minima"], testi["aperta_nei_festivi"], testi["valida_al"]) == ("", "no", "")
    assert list(testi) == [*campi.DELLA_SCHEDA, *campi.LINGUE, campi.ALTRO] == list(campi.ETICHETTE)


def test_accolta_tutta_la_scheda_cambia_con_una_riga_di_storia_che_nomina_chi_ha_proposto(risorsa, bruno, anna):
    CategoriaFactory(slug="salute")
    proposta = propone(risorsa, bruno, in_breve="Adesso anche altro", categorie="casa|salute", eta_minima="14")
    prima = risorsa.storia.count()

    decisa = accogli_proposta(proposta, ["in_breve", "categorie", "eta_minima"], autore=anna)

    adesso = Risorsa.objects.get()
    assert (adesso.in_breve, adesso.eta_minima) == ("Adesso anche altro", 14)
    assert sorted(adesso.categorie.values_list("slug", flat=True)) == ["casa", "salute"]
    assert (decisa.stato, decisa.decisa_da, decisa.accolti) == (
        "accolta",
        anna,
        ["in_breve", "categorie", "eta_minima"],
    )
    riga = risorsa.storia.get(history_change_reason__startswith="Proposta")
    assert (riga.history_change_reason, riga.history_user) == ("Proposta di Bruno Bollate, Comune di Bollate", anna)
    assert sorted(riga.categorie.values_list("categoria__slug", flat=True)) == ["casa", "salute"]
    # one for the change, one for the confirmation that comes with it
    assert risorsa.storia.count() == prima + 2


def test_accolta_in_parte_il_resto_rimane_com_era(risorsa, bruno, anna):
    proposta = propone(risorsa, bruno, in_breve="Nuovo", requisiti="Residenza")

    decisa = accogli_proposta(proposta, ["requisiti"], autore=anna, motivazione=" Bene così. ")

    assert Risorsa.objects.values_list("in_breve", "requisiti").get() == ("Che cosa fa", "Residenza")
    assert (decisa.stato, decisa.accolti, decisa.motivazione) == ("accolta-in-parte", ["requisiti"], "Bene così.")


def test_accogliere_vale_come_conferma_nel_giorno_della_proposta(risorsa, bruno, anna):
    proposta = propone(risorsa, bruno, in_breve="Nuovo")
    tre_giorni_fa = timezone.now() - timedelta(days=3)
    PropostaModifica.objects.update(creato=tre_giorni_fa)

    accogli_proposta(proposta, ["in_breve"], autore=anna)

    giorno = timezone.localtime(tre_giorni_fa).date()
    assert Verifica.objects.values_list("giorno", "modo", "autore").get() == (giorno, "accesso", bruno.pk)
    assert Risorsa.objects.get().verificata_il == giorno


def test_lingue_accolte_restano_quelle_che_c_erano_con_i_loro_giorni(risorsa, bruno, anna):
    arabo, cinese, urdu = (LinguaFactory(codice=codice) for codice in ("ar", "zh", "ur"))
    LinguaParlataFactory(risorsa=risorsa, lingua=arabo, quando="il lunedì")
    LinguaParlataFactory(risorsa=risorsa, lingua=cinese)
    LinguaParlataFactory(risorsa=risorsa, lingua=urdu, con_mediatore=True)

    accogli_proposta(propone(risorsa, bruno, lingue_personale="ar|ur"), ["lingue_personale"], autore=anna)

    righe = risorsa.lingue_parlate.order_by("con_mediatore", "lingua__codice")
    assert list(righe.values_list("lingua__codice", "con_mediatore", "quando")) == [
        ("ar", False, "il lunedì"),
        ("ur", False, ""),
        ("ur", True, ""),
    ]


@pytest.mark.parametrize(
    ("dopo", "parole"),
    [
        ({"categorie": "sparita"}, "Categorie: «sparita» non esiste"),
        ({"categorie": ""}, "Categorie: Serve almeno una categoria."),
        ({"lingue_personale": "xx"}, "Lingue che parla chi ci lavora: Una di queste lingue non è più nell'elenco."),
        ({"eta_minima": "20", "eta_massima": "10"}, "L'età minima è più alta di quella massima."),
        ({"nome": "Doppio"}, "Questo ente ha già un servizio con questo nome."),
        ({"area_servita": "ambito", "comuni_serviti": "bollate"}, "Comuni serviti: I comuni serviti si indicano solo"),
    ],
)
def test_quello_che_la_scheda_non_puo_essere_non_si_accoglie_e_niente_cambia(risorsa, bruno, anna, dopo, parole):
    RisorsaFactory(ente=risorsa.ente, nome="Doppio")
    proposta = propone(risorsa, bruno, in_breve="Nuovo", **dopo)

    with pytest.raises(PropostaNonPossibile) as errore:
        accogli_proposta(proposta, proposta.dopo, autore=anna)

    assert str(errore.value).startswith(parole)
    assert Risorsa.objects.get(pk=risorsa.pk).in_breve == "Che cosa fa"
    assert PropostaModifica.objects.get().aperta
    assert Verifica.objects.count() == 0


def test_di_due_che_decidono_la_stessa_proposta_ne_vince_uno(risorsa, bruno, anna, superutente):
    proposta = propone(risorsa, bruno, in_breve="Nuovo")
    copia = PropostaModifica.objects.get()
    respingi_proposta(proposta, autore=anna, motivazione="No")

    with pytest.raises(PassaggioNonPossibile):
        accogli_proposta(copia, ["in_breve"], autore=superutente)
    with pytest.raises(PassaggioNonPossibile):
        respingi_proposta(copia, autore=superutente, motivazione="Neanche")

    assert Risorsa.objects.get().in_breve == "Che cosa fa"
    assert PropostaModifica.objects.values_list("stato", "decisa_da", "motivazione").get() == (
        "respinta",
        anna.pk,
        "No",
    )


def test_senza_campi_non_si_accoglie_e_senza_motivo_non_si_respinge(risorsa, bruno, anna):
    proposta = propone(risorsa, bruno, in_breve="Nuovo")

    with pytest.raises(PropostaNonPossibile):
        accogli_proposta(proposta, ["nome"], autore=anna)
    with pytest.raises(PropostaNonPossibile):
        respingi_proposta(proposta, autore=anna, motivazione="  ")

    assert PropostaModifica.objects.get().aperta


def test_il_ritiro_accolto_archivia_la_scheda_e_due_richieste_sono_una(risorsa, bruno, anna):
    proposta = proponi_ritiro(risorsa, nota="Finito il progetto", autore=bruno)
    assert proponi_ritiro(risorsa, nota="Ancora", autore=bruno) == proposta

    decisa = accogli_proposta(proposta, autore=anna)

    assert (decisa.stato, Risorsa.objects.get().stato, Verifica.objects.count()) == ("accolta", "archiviata", 0)
    with pytest.raises(PropostaNonPossibile):
        proponi_ritiro(Risorsa.objects.get(), nota="", autore=bruno)


def test_chi_ha_proposto_lo_sa_per_posta_quando_e_salvato(
    risorsa, bruno, anna, settings, django_capture_on_commit_callbacks
):
    decisa = accogli_proposta(
        propone(risorsa, bruno, in_breve="Nuovo"), ["in_breve"], autore=anna, motivazione="Grazie"
    )

    with django_capture_on_commit_callbacks(execute=True):
        avvisa_dell_esito(decisa)
        assert mail.outbox == []

    (lettera,) = mail.outbox
    assert (lettera.to, lettera.subject) == (["bruno@example.org"], "La tua proposta per «Sportello»: accolta")
    assert f"{settings.INDIRIZZO_PORTALE}/area/servizi/proposte/{decisa.pk}/" in lettera.body
    assert "Sono ora nella scheda: in breve." in lettera.body
    assert "Grazie" in lettera.body


def test_chi_e_venuto_con_il_link_non_riceve_posta(risorsa, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        avvisa_dell_esito(PropostaModificaFactory(risorsa=risorsa, da_link=True))
    assert mail.outbox == []


def test_differenze_in_parole_e_con_quello_che_e_cambiato_nel_frattempo(risorsa, bruno):
    CategoriaFactory(slug="salute", nome="Salute", ordine=9)
    propone(risorsa, bruno, requisiti="ISEE", categorie="casa|salute", valida_al="2027-06-30", costo="gratuito")
    risorsa.requisiti = "Residenza"
    risorsa.save()

    righe = {riga.campo: riga for riga in differenze_di(PropostaModifica.objects.get())}

    assert list(righe) == ["categorie", "requisiti", "costo", "valida_al"]
    assert [(r.prima, r.adesso, r.dopo, r.cambiato) for r in righe.values()] == [
        ("Casa", "Casa", "Casa, Salute", False),
        ("", "Residenza", "ISEE", True),
        ("Da verificare", "Da verificare", "Gratis", False),
        ("", "", "30/06/2027", False),
    ]
    assert righe["categorie"].tratti == [Tratto("Casa"), Tratto(", Salute", aggiunto=True)]


def test_tratti_parola_per_parola():
    assert tratti("Aperto il lunedì.", "Aperto il martedì mattina.") == [
        Tratto("Aperto il "),
        Tratto("lunedì", tolto=True),
        Tratto("martedì mattina", aggiunto=True),
        Tratto("."),
    ]
    assert tratti("", "Tutto nuovo") == [Tratto("Tutto nuovo", aggiunto=True)]
    assert tratti("uguale", "uguale") == [Tratto("uguale")]
    lungo = "parola " * 3000
    assert tratti(lungo, lungo + "fine") == [Tratto(lungo, tolto=True), Tratto(lungo + "fine", aggiunto=True)]
