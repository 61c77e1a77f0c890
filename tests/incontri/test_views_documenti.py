"""The files of a meeting: who gets them, what they are called, what they are made of."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Originale
from incontri.servizi.contenuto import canonico, contenuto
from incontri.stampa import verbale as stampa
from tavolo.base.documenti import DocumentoNonRiuscito
from tests.factories import IncontroFactory, PuntoOdgFactory, VerbaleFactory, VoceFactory

TIPI = {
    "pdf": ("application/pdf", b"%PDF-1.7"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK"),
}


@pytest.fixture
def incontro(db, anna):
    incontro = IncontroFactory(
        titolo="Quinto incontro",
        inizio=datetime(2026, 10, 8, 9, 30, tzinfo=timezone.get_default_timezone()),
        presiede=anna,
    )
    VoceFactory(punto=PuntoOdgFactory(incontro=incontro, titolo="Un punto"), testo="Si è **detto**.")
    return incontro


@pytest.fixture
def verbale(incontro, bruno):
    return VerbaleFactory(incontro=incontro, verbalizzante=bruno)


def indirizzo(nome, incontro, formato):
    return reverse(f"incontri:{nome}-documento", args=[incontro.pk, formato])


@pytest.mark.parametrize("formato", TIPI)
@pytest.mark.parametrize("nome", ["convocazione", "foglio-presenze"])
def test_convocazione_e_foglio_li_scarica_chi_vede_l_incontro(client, senait, incontro, nome, formato):
    client.force_login(senait)
    risposta = client.get(indirizzo(nome, incontro, formato))
    tipo, inizio = TIPI[formato]
    assert risposta["Content-Type"] == tipo
    assert risposta.content.startswith(inizio)
    assert f'filename="{nome}-2026-10-08.{formato}"' in risposta["Content-Disposition"]


@pytest.mark.parametrize("formato", TIPI)
def test_il_verbale_in_bozza_lo_scarica_chi_lo_scrive(client, bruno, senait, incontro, verbale, formato):
    client.force_login(bruno)
    risposta = client.get(indirizzo("verbale", incontro, formato))
    assert risposta.content.startswith(TIPI[formato][1])
    assert f'filename="verbale-bozza-2026-10-08.{formato}"' in risposta["Content-Disposition"]
    client.force_login(senait)
    assert client.get(indirizzo("verbale", incontro, formato)).status_code == 404


def test_la_pagina_del_verbale_ha_la_sua_sicurezza(client, bruno, incontro, verbale):
    client.force_login(bruno)
    risposta = client.get(indirizzo("verbale", incontro, "html"))
    assert "<strong>detto</strong>" in risposta.content.decode()
    assert "BOZZA" in risposta.content.decode()
    assert risposta["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize(
    ("nome", "formato"), [("verbale", "exe"), ("convocazione", "html"), ("foglio-presenze", "pdf/")]
)
def test_in_un_formato_che_non_c_e_non_si_trova(client, bruno, incontro, verbale, nome, formato):
    client.force_login(bruno)
    pezzo = {"verbale": "verbale/verbale"}.get(nome, nome)
    assert client.get(f"/area/incontri/{incontro.pk}/{pezzo}.{formato}").status_code == 404


def test_un_documento_che_non_riesce_lo_dice_e_torna(client, bruno, incontro, verbale, monkeypatch):
    def rotto(*_):
        raise DocumentoNonRiuscito("no")

    monkeypatch.setattr(stampa, "pdf", rotto)
    client.force_login(bruno)
    risposta = client.get(indirizzo("verbale", incontro, "pdf"), follow=True)
    assert risposta.redirect_chain == [(verbale.get_absolute_url(), 302)]
    assert "Non siamo riusciti a preparare questo documento." in risposta.content.decode()


def approva(verbale, autore, **altro):
    """The minutes as an approval leaves them."""
    adesso = timezone.now()
    verbale.stato, verbale.approvato_il, verbale.approvato_in = "approvato", adesso, verbale.incontro
    verbale.save()
    dati = contenuto(verbale)
    return Originale.objects.create(
        verbale=verbale, contenuto=canonico(dati), html="<p>originale</p>", pdf=b"%PDF originale", autore=autore
    )


def test_l_approvato_si_scarica_com_e_stato_conservato(client, senait, incontro, verbale, bruno):
    approva(verbale, bruno)
    client.force_login(senait)
    assert client.get(indirizzo("verbale", incontro, "pdf")).content == b"%PDF originale"
    assert client.get(indirizzo("verbale", incontro, "html")).content == b"<p>originale</p>"
    docx = client.get(indirizzo("verbale", incontro, "docx"))
    assert 'filename="verbale-2026-10-08.docx"' in docx["Content-Disposition"]


def test_le_pagine_dicono_che_cosa_si_scarica(client, bruno, incontro, verbale):
    client.force_login(bruno)
    dell_incontro = client.get(incontro.get_absolute_url()).content.decode()
    del_verbale = client.get(verbale.get_absolute_url()).content.decode()
    assert indirizzo("convocazione", incontro, "odt") in dell_incontro
    assert indirizzo("foglio-presenze", incontro, "pdf") in dell_incontro
    assert indirizzo("verbale", incontro, "pdf") in del_verbale
