"""On the page of approved minutes: the box, the original as it is kept, the corrections from the request to the number."""

import hashlib
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Originale, Rettifica
from incontri.servizi.originali import congela
from incontri.servizi.pubblicati import verbali_pubblicati
from incontri.servizi.rettifiche import approva_rettifica, proponi_rettifica, stampabili
from tavolo.base.stati import PassaggioNonPossibile, compi
from tests import factories as f

ROMA = ZoneInfo("Europe/Rome")
pytestmark = pytest.mark.django_db


@pytest.fixture
def dopo():
    return f.IncontroFactory(titolo="Dopo", inizio=datetime(2026, 4, 4, 15, tzinfo=ROMA), stato="svolto")


@pytest.fixture
def verbale(bruno, dopo):
    """Minutes approved by the meeting that followed."""
    incontro = f.IncontroFactory(titolo="Primo", inizio=datetime(2026, 3, 4, 15, tzinfo=ROMA))
    verbale = f.VerbaleFactory(incontro=incontro, verbalizzante=bruno, stato="condiviso")
    f.VoceFactory(punto=f.PuntoOdgFactory(incontro=incontro), testo="Si è deciso.")
    compi(verbale, "approva", autore=bruno, valori={"approvato_il": timezone.now(), "approvato_in": dopo})
    congela(verbale, autore=bruno)
    return verbale


def indirizzo(nome, verbale, **altro):
    return reverse(f"incontri:{nome}", kwargs={"pk": verbale.incontro_id, **altro})


def test_il_riquadro_e_l_originale(verbale, senait, come):
    cliente, originale = come(senait), Originale.objects.get()
    pagina = cliente.get(verbale.get_absolute_url()).content.decode()
    assert "Questo verbale è approvato" in pagina
    assert originale.impronta_pdf in pagina
    pdf = cliente.get(indirizzo("originale", verbale, formato="pdf"))
    assert (pdf["Content-Type"], pdf["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="verbale-primo-2026-03-04.pdf"',
    )
    assert hashlib.sha256(pdf.content).hexdigest() == originale.impronta_pdf
    dati = cliente.get(indirizzo("originale", verbale, formato="json"))
    assert (dati["Content-Type"], hashlib.sha256(dati.content).hexdigest()) == (
        "application/json",
        originale.impronta_contenuto,
    )
    assert json.loads(dati.content)["approvazione"]["incontro"] == "Dopo, 4 aprile 2026"
    assert cliente.get(indirizzo("originale", verbale, formato="zip")).status_code == 404


def test_da_proposta_ad_approvata(verbale, dopo, senait, anna, come):
    dati = {"testo": "I presenti erano 12.", "motivo": "Un numero sbagliato.", "pubblica": "on"}
    risposta = come(senait).post(indirizzo("rettifica-create", verbale), dati, follow=True)
    assert "Rettifica proposta" in risposta.content.decode()
    rettifica = Rettifica.objects.get()
    assert (rettifica.stato, rettifica.numero, rettifica.autore) == ("proposta", None, senait)
    decidi = indirizzo("rettifica-decidi", verbale, rettifica=rettifica.pk)
    risposta = come(anna).post(decidi, {"in_incontro": verbale.incontro_id})
    assert "scegline uno dall&#x27;elenco" in risposta.content.decode()
    risposta = come(anna).post(decidi, {"in_incontro": dopo.pk}, follow=True)
    assert "Approvata: è la rettifica 1 di questo verbale." in risposta.content.decode()
    rettifica.refresh_from_db()
    assert hashlib.sha256(rettifica.contenuto.encode()).hexdigest() == rettifica.impronta
    assert [(r["numero"], r["testo"], r["incontro"]) for r in stampabili(Rettifica.objects.approvate())] == [
        (1, "I presenti erano 12.", "Dopo, 4 aprile 2026")
    ]
    risposta = come(anna).post(decidi, {"in_incontro": dopo.pk})
    assert (risposta.status_code, Rettifica.objects.get().numero) == (200, 1)


def test_non_approvata(verbale, anna, come):
    rettifica = f.RettificaFactory(verbale=verbale)
    come(anna).post(indirizzo("rettifica-decidi", verbale, rettifica=rettifica.pk), {"respingi": "1"})
    rettifica.refresh_from_db()
    assert (rettifica.stato, rettifica.numero) == ("respinta", None)


def test_quello_che_si_scrive_torna_indietro(verbale, senait, come, client):
    dati = {"testo": "I presenti erano 12.", "motivo": ""}
    pagina = come(senait).post(indirizzo("rettifica-create", verbale), dati).content.decode()
    assert "I presenti erano 12." in pagina
    client.logout()
    pagina = client.post(indirizzo("rettifica-create", verbale), dati | {"motivo": "Perché sì"})
    assert (pagina.status_code, "Perché sì" in pagina.content.decode()) == (403, True)


def test_una_bozza_non_si_rettifica(anna, come):
    bozza = f.VerbaleFactory()
    risposta = come(anna).get(indirizzo("rettifica-create", bozza), follow=True)
    assert "si corregge il testo, senza rettifica" in risposta.content.decode()


def test_il_pubblico_legge_solo_le_pubbliche_dei_pubblicati(verbale, dopo, anna):
    for numero, pubblica in ((1, True), (2, False)):
        f.RettificaFactory(
            verbale=verbale,
            numero=numero,
            pubblica=pubblica,
            stato="approvata",
            approvata_in=dopo,
            approvata_il=timezone.now(),
            impronta="0" * 64,
        )
    assert verbali_pubblicati([verbale.incontro_id]) == {}
    compi(verbale, "pubblica", autore=anna, valori={"pubblicato_il": timezone.now()})
    letto = verbali_pubblicati([verbale.incontro_id])[verbale.incontro_id]
    assert [r.numero for r in letto.rettifiche] == [1]


def test_nell_amministrazione_si_guarda(verbale, superutente, come):
    f.RettificaFactory(verbale=verbale)
    cliente = come(superutente)
    for riga in (Originale.objects.get(), Rettifica.objects.get()):
        nome = f"admin:incontri_{riga._meta.model_name}"
        assert cliente.get(reverse(f"{nome}_change", args=[riga.pk])).status_code == 200
        assert cliente.post(reverse(f"{nome}_change", args=[riga.pk]), {}).status_code == 403
        assert cliente.post(reverse(f"{nome}_delete", args=[riga.pk]), {"post": "yes"}).status_code == 403
        assert cliente.get(reverse(f"{nome}_add")).status_code == 403


CODICE = "RSSMRA 85T10 A562S"


def test_una_rettifica_pubblica_si_controlla_quando_si_propone(verbale, senait, come):
    qui, cliente = indirizzo("rettifica-create", verbale), come(senait)
    assert "controllato" not in cliente.get(qui).context["form"].fields
    dati = {"testo": f"L'ha detto {verbale.verbalizzante}.", "motivo": "Tel. 333 1234567", "pubblica": "on"}

    form = cliente.post(qui, dati).context["form"]
    assert form.errors == {
        "controllato": [
            f"Non l'abbiamo ancora proposta. Guarda meglio: «{verbale.verbalizzante}» sembra il nome di chi c'era o ha scritto; "
            "«333 1234567» sembra un numero di telefono. Toglilo, oppure conferma."
        ]
    }
    assert (form["testo"].value(), form["motivo"].value()) == (dati["testo"], dati["motivo"])
    grave = cliente.post(qui, dati | {"testo": f"Il caso di {CODICE}", "controllato": "on"}).context["form"]
    assert list(grave.errors) == ["testo"]
    assert not Rettifica.objects.exists()

    assert cliente.post(qui, dati | {"controllato": "on"}).status_code == 302
    interna = {"testo": dati["testo"], "motivo": dati["motivo"]}
    assert cliente.post(qui, interna).status_code == 302
    assert list(Rettifica.objects.order_by("creato").values_list("pubblica", flat=True)) == [True, False]


def test_una_rettifica_pubblica_si_controlla_quando_si_approva(verbale, dopo, anna, come):
    compi(verbale, "pubblica", autore=anna, valori={"pubblicato_il": timezone.now()})
    rettifica = f.RettificaFactory(verbale=verbale, testo="Chiamare **il** 333 1234567", motivo="Sì", pubblica=True)
    qui, cliente = indirizzo("rettifica-decidi", verbale, rettifica=rettifica.pk), come(anna)

    pagina = cliente.get(qui)
    testo = pagina.content.decode()
    assert "questo si legge subito sul sito" in testo
    assert "Chiamare <strong>il</strong> 333 1234567" in testo
    assert "«333 1234567» sembra un numero di telefono" in testo
    risposta = cliente.post(qui, {"in_incontro": dopo.pk})
    assert list(risposta.context["form"].errors) == ["controllato"]
    assert risposta.context["form"]["in_incontro"].value() == str(dopo.pk)
    assert cliente.post(qui, {"in_incontro": dopo.pk, "controllato": "on"}).status_code == 302
    rettifica.refresh_from_db()
    assert rettifica.stato == "approvata"


def test_un_codice_fiscale_non_si_approva_nemmeno_confermando(verbale, dopo, anna, come):
    rettifica = f.RettificaFactory(verbale=verbale, testo=f"Il caso di {CODICE}", motivo="Sì", pubblica=True)
    qui = indirizzo("rettifica-decidi", verbale, rettifica=rettifica.pk)

    form = come(anna).post(qui, {"in_incontro": dopo.pk, "controllato": "on"}).context["form"]

    assert form.non_field_errors() == [
        f"Non si può approvare: «{CODICE}» sembra un codice fiscale. "
        "Scegli «Non approvare», e proponila di nuovo senza."
    ]
    with pytest.raises(PassaggioNonPossibile, match="codice fiscale"):
        approva_rettifica(rettifica, in_incontro=dopo, autore=anna)
    with pytest.raises(PassaggioNonPossibile, match="codice fiscale"):
        proponi_rettifica(verbale, testo="Sì", motivo=CODICE, pubblica=True, autore=anna)
    rettifica.refresh_from_db()
    assert rettifica.stato == "proposta"
