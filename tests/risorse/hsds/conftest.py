"""A directory worth validating: three pages of services, a virtual place, a service without hours, hidden things beside."""

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from risorse.models import Risorsa
from tests import factories as f


@dataclass
class Rubrica:
    """The services the public sees, the one with everything, and what must never show."""

    ricca: Risorsa
    nuda: Risorsa
    pubbliche: list
    nascoste: list


def crea_rubrica(quante=12):
    """Make `quante` plain services, one with everything, one bare, and some that are nobody's business."""
    comune = f.ComuneFactory(nome="Bollate", codice_istat="015027", cap="20021")
    ente = f.EnteFactory(denominazione="Consultorio di Bollate", tipo="unita", padre=f.EnteFactory(ruolo="promotore"))
    categoria = f.CategoriaFactory(nome="Salute", slug="salute", descrizione="Medici e consultori")
    ricca = f.RisorsaFactory(
        ente=ente,
        nome="Ambulatorio, «prima visita»",
        in_breve="Visita chi non ha il medico.",
        descrizione="Porta i referti.\nAspettati domande.",
        categorie=[categoria],
        comuni=[comune],
        destinatari=[f.DestinatariFactory(nome="Donne", slug="donne")],
        requisiti="Avere 14 anni",
        eta_minima=14,
        eta_massima=99,
        costo="gratuito",
        costo_nota="Non si paga il ticket",
        verificata_il=date(2026, 10, 1),
    )
    ricca.modalita.add(f.ModalitaAccessoFactory(nome="Su appuntamento", slug="su-appuntamento"))
    ricca.documenti.add(f.DocumentoRichiestoFactory(nome="Carta d'identità"))
    arabo, urdu = f.LinguaFactory(nome="Arabo", codice="ar"), f.LinguaFactory(nome="Urdu", codice="ur")
    f.LinguaParlataFactory(risorsa=ricca, lingua=arabo, quando="il martedì")
    f.LinguaParlataFactory(risorsa=ricca, lingua=urdu, con_mediatore=True, quando="il lunedì, su richiesta")
    sede = f.SedeFactory(
        ente=ente,
        nome="Palazzina B",
        comune=comune,
        indirizzo="via Piave 20",
        latitudine="45.55100",
        longitudine="9.11000",
        accessibilita="si",
        accessibilita_nota="Rampa",
    )
    virtuale = f.SedeFactory(
        ente=ente, nome="Videochiamata", comune=None, tipo="virtuale", latitudine=None, longitudine=None
    )
    f.ContattoFactory(ente=None, sede=virtuale, tipo="web", valore="https://example.org/video")
    legame = f.RisorsaInSedeFactory(risorsa=ricca, sede=sede, nota="Secondo piano")
    f.RisorsaInSedeFactory(risorsa=ricca, sede=virtuale)
    for giorno in (1, 3):
        f.OrarioFactory(risorsa=None, in_sede=legame, giorno=giorno)
    f.OrarioFactory(risorsa=ricca, giorno=2, dalle=time(14), alle=time(0), su_appuntamento=True, nota="Suonare")
    f.OrarioFactory(risorsa=None, sede=sede, giorno=5, valido_dal=date(2026, 6, 1), valido_al=date(2026, 8, 31))
    oggi = timezone.localdate()
    f.ChiusuraFactory(ente=None, risorsa=ricca, dal=oggi, al=oggi + timedelta(days=10), motivo="ferie")
    for tipo, valore in (
        ("telefono", "02 35001"),
        ("whatsapp", "333 1234567"),
        ("email", "ambulatorio@example.org"),
        ("pec", "ambulatorio@pec.example.org"),
        ("web", "https://example.org/ambulatorio"),
    ):
        f.ContattoFactory(ente=None, risorsa=ricca, tipo=tipo, valore=valore, etichetta="Sportello")
    f.ContattoFactory(ente=ente, tipo="email", valore="ente@example.org")
    nuda = f.RisorsaFactory(ente=ente, nome="Corso senza orari", esempio=True, fonte="", area_servita="ambito")
    altre = [f.RisorsaFactory(nome=f"Sportello {numero:03d}", ente=ente) for numero in range(quante)]
    nascoste = [
        f.RisorsaFactory(nome="Bozza segreta", stato="bozza"),
        f.RisorsaFactory(nome="Sospesa segreta", stato="sospesa"),
        f.RisorsaFactory(nome="Finita segreta", valida_al=oggi - timedelta(days=1)),
    ]
    luogo_segreto = f.SedeFactory(ente=ente, nome="Luogo segreto", comune=comune, da_verificare=True)
    f.RisorsaInSedeFactory(risorsa=ricca, sede=luogo_segreto)
    f.RisorsaInSedeFactory(
        risorsa=nascoste[0], sede=f.SedeFactory(ente=nascoste[0].ente, nome="Sede segreta", comune=comune)
    )
    f.ContattoFactory(ente=None, risorsa=ricca, valore="02 99999", etichetta="segreta", da_verificare=True)
    return Rubrica(ricca, nuda, [ricca, nuda, *altre], nascoste)


@pytest.fixture
def rubrica(db):
    return crea_rubrica()
