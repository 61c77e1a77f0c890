"""JSON-LD of a card: what machines read, in the card's language; nothing in it breaks out of its element."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    CategoriaFactory,
    ChiusuraFactory,
    ContattoFactory,
    DestinatariFactory,
    EnteFactory,
    LinguaFactory,
    LinguaParlataFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
    TraduzioneFactory,
)

BLOCCO = re.compile(r'<script type="application/ld\+json" data-element="metatag">(.*?)</script>', re.S)


def dati(client, risorsa, prefisso=""):
    (blocco,) = BLOCCO.findall(client.get(prefisso + risorsa.get_absolute_url()).text)
    return json.loads(blocco)


def test_una_scheda_intera(client, bollate):
    ente = EnteFactory(denominazione="Comune di Bollate", tipo="comune", slug="comune-di-bollate")
    risorsa = RisorsaFactory(
        nome="Sportello casa",
        in_breve="Aiuto per la casa.",
        slug="sportello-casa",
        ente=ente,
        categorie=[CategoriaFactory(nome="Casa")],
        destinatari=[DestinatariFactory(nome="Adulti"), DestinatariFactory(nome="Famiglie", ordine=1)],
        comuni=[bollate],
        costo="gratuito",
    )
    sede = SedeFactory(
        nome="Municipio",
        indirizzo="piazza Aldo Moro 1",
        cap="20021",
        comune=bollate,
        latitudine="45.5",
        longitudine="9.1",
    )
    RisorsaInSedeFactory(risorsa=risorsa, sede=sede)
    RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(nome="Da confermare", da_verificare=True))
    LinguaParlataFactory(risorsa=risorsa, lingua=LinguaFactory(codice="ar"))
    ContattoFactory(ente=None, risorsa=risorsa, valore="02 5550001")
    OrarioFactory(risorsa=risorsa, giorno=1, dalle=time(9), alle=time(12, 30))
    OrarioFactory(risorsa=risorsa, giorno=2, dalle=time(20), alle=time(0), valido_dal=date(2027, 6, 1))
    OrarioFactory(risorsa=risorsa, giorno=3, su_appuntamento=True)
    oggi = timezone.localdate()
    ChiusuraFactory(ente=None, risorsa=risorsa, dal=oggi, al=oggi + timedelta(days=3))
    ChiusuraFactory(ente=None, risorsa=risorsa, dal=oggi - timedelta(days=9), al=oggi - timedelta(days=8))
    qui = "http://testserver/servizi/sportello-casa/"
    comune = {
        "@type": "GovernmentOrganization",
        "name": "Comune di Bollate",
        "url": "http://testserver/tavolo/enti/comune-di-bollate/",
    }
    specifica = {"@type": "OpeningHoursSpecification"}
    assert dati(client, risorsa) == {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": qui,
        "url": qui,
        "name": "Sportello casa",
        "description": "Aiuto per la casa.",
        "inLanguage": "it",
        "serviceType": ["Casa"],
        "serviceOperator": comune,
        "provider": comune,
        "areaServed": [{"@type": "City", "name": "Bollate"}],
        "audience": {"@type": "Audience", "audienceType": "Adulti, Famiglie"},
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "serviceUrl": qui,
                "servicePhone": {"@type": "ContactPoint", "telephone": "02 5550001"},
                "availableLanguage": ["ar"],
                "serviceLocation": {
                    "@type": "Place",
                    "name": "Municipio",
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": "piazza Aldo Moro 1",
                        "postalCode": "20021",
                        "addressLocality": "Bollate",
                        "addressCountry": "IT",
                    },
                    "geo": {"@type": "GeoCoordinates", "latitude": 45.5, "longitude": 9.1},
                    "openingHoursSpecification": [
                        specifica | {"dayOfWeek": "https://schema.org/Monday", "opens": "09:00", "closes": "12:30"},
                        specifica
                        | {
                            "dayOfWeek": "https://schema.org/Tuesday",
                            "opens": "20:00",
                            "closes": "23:59",
                            "validFrom": "2027-06-01",
                        },
                        specifica
                        | {
                            "opens": "00:00",
                            "closes": "00:00",
                            "validFrom": oggi.isoformat(),
                            "validThrough": (oggi + timedelta(days=3)).isoformat(),
                        },
                    ],
                },
            }
        ],
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "EUR"},
    }


def test_una_scheda_spoglia_non_ha_chiavi_vuote(client, db):
    risorsa = RisorsaFactory(area_servita="nazionale")
    trovati = dati(client, risorsa)
    assert "audience" not in trovati
    assert trovati["areaServed"] == [{"@type": "Country", "name": "Italia"}]
    assert trovati["availableChannel"] == [{"@type": "ServiceChannel", "serviceUrl": trovati["url"]}]


def test_nella_lingua_della_pagina(client, db):
    risorsa = RisorsaFactory(nome="Sportello casa", area_servita="ambito")
    TraduzioneFactory(oggetto=risorsa, campo="nome", lingua="en", testo="Housing desk", stato="verificata")
    indirizzo = f"http://testserver/en{risorsa.get_absolute_url()}"
    trovati = dati(client, risorsa, "/en")
    assert (trovati["name"], trovati["inLanguage"]) == ("Housing desk", "en")
    assert trovati["url"] == indirizzo


@pytest.mark.parametrize(
    "nome", ["</script><script>alert(1)</script>", "<!--<script>", 'a"b\\c', "a\u2028b", "{{ 7|add:7 }}"]
)
def test_nessun_nome_esce_dal_suo_elemento(client, db, nome):
    risorsa = RisorsaFactory(nome=nome, slug="strano")
    pagina = client.get(risorsa.get_absolute_url()).text
    (blocco,) = BLOCCO.findall(pagina)
    assert json.loads(blocco)["name"] == nome
    assert not set("<>&\u2028") & set(blocco)


def test_una_scheda_inventata_o_non_pubblica(client, come, anna):
    inventata, bozza = RisorsaFactory(esempio=True), RisorsaFactory(stato="bozza")
    assert '<meta name="robots" content="noindex">' in client.get(inventata.get_absolute_url()).text
    assert "noindex" not in client.get(RisorsaFactory().get_absolute_url()).text
    assert "ld+json" not in come(anna).get(bozza.get_absolute_url()).text
