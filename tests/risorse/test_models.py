"""Rules of the directory: services, places, contacts, controlled terms."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from risorse.models import Contatto, Lingua, Risorsa, Sede
from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    ContattoFactory,
    EnteFactory,
    LinguaFactory,
    LinguaParlataFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
)


def errori(riga, **campi):
    """What a form would say of this row with these values."""
    for nome, valore in campi.items():
        setattr(riga, nome, valore)
    with pytest.raises(ValidationError) as errore:
        riga.full_clean(exclude=["categorie"] if isinstance(riga, Risorsa) else None)
    return errore.value.message_dict


class TestRisorsa:
    def test_un_ente_non_ha_due_servizi_con_lo_stesso_nome(self, db):
        risorsa = RisorsaFactory()

        assert errori(RisorsaFactory.build(ente=risorsa.ente, nome=risorsa.nome)) == {
            NON_FIELD_ERRORS: ["Questo ente ha già un servizio con questo nome."]
        }

    @pytest.mark.parametrize(
        ("campi", "messaggio"),
        [
            ({"eta_minima": 18, "eta_massima": 6}, "L'età minima è più alta di quella massima."),
            (
                {"valida_dal": datetime.date(2026, 9, 1), "valida_al": datetime.date(2026, 8, 31)},
                "La fine della validità viene prima dell'inizio.",
            ),
            ({"fonte": ""}, "Un servizio vero si pubblica solo con la sua fonte."),
        ],
    )
    def test_righe_impossibili(self, db, campi, messaggio):
        assert errori(RisorsaFactory(), **campi) == {NON_FIELD_ERRORS: [messaggio]}

    @pytest.mark.parametrize("campi", [{"esempio": True}, {"stato": "bozza"}])
    def test_la_fonte_serve_a_chi_e_vero_e_pubblicato(self, db, campi):
        assert RisorsaFactory(fonte="", **campi).fonte == ""

    def test_nemmeno_scrivendo_direttamente_nel_database(self, db):
        with pytest.raises(IntegrityError), transaction.atomic():
            RisorsaFactory(fonte="")

    def test_ognuno_vede_le_sue(self, anna, bruno, senait, mira, comune_di_bollate, comune_di_senago):
        pubblicata = RisorsaFactory(nome="1", ente=comune_di_senago)
        bozza = RisorsaFactory(nome="2", ente=comune_di_bollate, stato="bozza")
        sospesa = RisorsaFactory(nome="3", ente=comune_di_senago, stato="sospesa")

        viste = {
            chi: list(Risorsa.objects.visibili_a(utente))
            for chi, utente in [
                ("anna", anna),
                ("bruno", bruno),
                ("senait", senait),
                ("mira", mira),
                ("nessuno", AnonymousUser()),
            ]
        }
        assert viste == {
            "anna": [pubblicata, bozza, sospesa],
            "bruno": [pubblicata, bozza],
            "senait": [pubblicata, sospesa],
            "mira": [pubblicata],
            "nessuno": [pubblicata],
        }
        assert list(Risorsa.objects.pubblicate()) == [pubblicata]

    def test_chi_vive_in_un_comune_trova_i_suoi_quelli_di_tutti_e_i_nazionali(self, bollate, senago):
        rho = ComuneFactory(nome="Rho", nell_ambito=False)
        di_bollate = RisorsaFactory(nome="1", comuni=[bollate, rho])
        dell_ambito = RisorsaFactory(nome="2", area_servita="ambito", comuni=[bollate, senago])
        nazionale = RisorsaFactory(nome="3", area_servita="nazionale")

        assert list(Risorsa.objects.che_servono(bollate)) == [di_bollate, dell_ambito, nazionale]
        assert list(Risorsa.objects.che_servono(senago)) == [dell_ambito, nazionale]
        assert list(Risorsa.objects.che_servono(rho)) == [di_bollate, nazionale]

    @pytest.mark.parametrize(("costo", "gratuita"), [("gratuito", True), ("a-pagamento", False), ("non-noto", False)])
    def test_e_gratis_solo_se_lo_si_sa(self, costo, gratuita):
        assert Risorsa(costo=costo).gratuita is gratuita

    def test_una_lingua_una_volta_con_e_una_senza_mediazione(self, db):
        parlata = LinguaParlataFactory()

        assert errori(LinguaParlataFactory.build(risorsa=parlata.risorsa, lingua=parlata.lingua)) == {
            NON_FIELD_ERRORS: ["Questa lingua c'è già."]
        }
        con_mediazione = LinguaParlataFactory(risorsa=parlata.risorsa, lingua=parlata.lingua, con_mediatore=True)
        assert str(con_mediazione) == f"{parlata.lingua} (con mediazione)"

    def test_un_ente_con_servizi_non_si_elimina(self, db):
        risorsa = RisorsaFactory()

        with pytest.raises(ProtectedError):
            risorsa.ente.delete()

    @pytest.mark.parametrize(
        ("stato", "nomi"),
        [
            ("bozza", ["invia-in-revisione", "pubblica", "archivia"]),
            ("in-revisione", ["pubblica", "archivia", "riapri"]),
            ("pubblicata", ["sospendi", "archivia"]),
            ("sospesa", ["pubblica", "archivia"]),
            ("archiviata", ["riapri"]),
        ],
    )
    def test_le_azioni_di_chi_coordina_e_del_suo_ente(self, anna, bruno, stato, nomi):
        risorsa = RisorsaFactory(stato=stato, ente=bruno.ente)

        assert [p.nome for p in risorsa.azioni_per(anna)] == nomi
        # Its ente may say that a draft is ready to be read; nothing else.
        assert [p.nome for p in risorsa.azioni_per(bruno)] == [n for n in nomi if n == "invia-in-revisione"]


class TestSede:
    def test_di_un_luogo_si_dice_il_comune(self, db):
        assert errori(SedeFactory.build(ente=EnteFactory(), comune=None)) == {
            NON_FIELD_ERRORS: ["Di un luogo indica il comune, o almeno l'indirizzo."]
        }
        assert SedeFactory.build(ente=EnteFactory(), comune=None, tipo="virtuale").full_clean() is None

    def test_le_coordinate_sono_due(self, db):
        assert errori(SedeFactory(), latitudine="45.5") == {NON_FIELD_ERRORS: ["Indica entrambe le coordinate."]}

    def test_un_ente_non_ha_due_sedi_con_lo_stesso_nome(self, db):
        sede = SedeFactory()

        assert errori(SedeFactory.build(ente=sede.ente, comune=sede.comune, nome=sede.nome)) == {
            NON_FIELD_ERRORS: ["Questo ente ha già una sede con questo nome."]
        }

    def test_un_servizio_sta_in_una_sede_una_volta(self, db):
        legame = RisorsaInSedeFactory()

        assert errori(RisorsaInSedeFactory.build(risorsa=legame.risorsa, sede=legame.sede)) == {
            NON_FIELD_ERRORS: ["Il servizio è già in questa sede."]
        }

    def test_quelle_da_verificare_restano_fuori_dalle_pagine_pubbliche(self, db):
        confermata, _altra = SedeFactory(), SedeFactory(da_verificare=True)

        assert list(Sede.objects.pubbliche()) == [confermata]


class TestContatto:
    @pytest.mark.parametrize(
        ("tipo", "valore", "messaggio"),
        [
            (
                "telefono",
                "centralino",
                "Scrivi il numero con sole cifre e spazi, per esempio 02 1234567.",
            ),
            ("whatsapp", "02/123", "Scrivi il numero con sole cifre e spazi, per esempio 02 1234567."),
            ("email", "info@", "Questo indirizzo e-mail non è valido."),
            ("pec", "pec", "Questo indirizzo PEC non è valido."),
            ("web", "javascript:alert(1)", "Scrivi l'indirizzo intero, che comincia con https://."),
        ],
    )
    def test_il_valore_e_del_suo_tipo(self, db, tipo, valore, messaggio):
        assert errori(ContattoFactory.build(ente=EnteFactory(), tipo=tipo, valore=valore)) == {"valore": [messaggio]}

    @pytest.mark.parametrize(
        ("tipo", "valore", "href"),
        [
            ("telefono", "112", "tel:112"),
            ("telefono", "02 910041", "tel:+3902910041"),
            ("telefono", "800 901010", "tel:800901010"),
            ("whatsapp", "333 1234567", "https://wa.me/393331234567"),
            ("whatsapp", "+39 333 1234567", "https://wa.me/393331234567"),
            ("email", "info@example.org", "mailto:info@example.org"),
            ("pec", "pec@example.org", "mailto:pec@example.org"),
            ("web", "https://example.org/", "https://example.org/"),
        ],
    )
    def test_il_collegamento_si_apre_con_un_tocco(self, db, tipo, valore, href):
        contatto = ContattoFactory.build(ente=EnteFactory(), tipo=tipo, valore=valore)

        assert contatto.full_clean() is None
        assert contatto.href == href

    @pytest.mark.parametrize("quanti", [0, 2])
    def test_e_di_uno_solo(self, db, quanti):
        di_chi = {"ente": EnteFactory(), "risorsa": RisorsaFactory()} if quanti else {"ente": None}

        assert errori(ContattoFactory.build(**di_chi)) == {
            NON_FIELD_ERRORS: ["Un contatto è di un ente, di una sede o di un servizio: scegline uno solo."]
        }

    def test_non_si_ripete(self, db):
        contatto = ContattoFactory()

        assert errori(ContattoFactory.build(ente=contatto.ente, valore=contatto.valore)) == {
            NON_FIELD_ERRORS: ["Questo contatto c'è già."]
        }

    @pytest.mark.parametrize(
        ("tipo", "valore", "di_servizio"), [("email", "a@example.org", True), ("telefono", "112", False)]
    )
    def test_un_numero_di_emergenza_e_il_telefono_di_un_servizio(self, db, tipo, valore, di_servizio):
        di_chi = {"ente": None, "risorsa": RisorsaFactory()} if di_servizio else {"ente": EnteFactory()}

        assert errori(ContattoFactory.build(tipo=tipo, valore=valore, emergenza=True, **di_chi)) == {
            NON_FIELD_ERRORS: ["Un numero di emergenza è il telefono di un servizio."]
        }

    def test_nella_striscia_i_numeri_confermati_delle_schede_pubblicate(self, db):
        pubblicata, bozza = RisorsaFactory(), RisorsaFactory(stato="bozza")
        finita = RisorsaFactory(valida_al="2020-12-31")
        ContattoFactory(ente=None, risorsa=finita, valore="02 5550003", emergenza=True)
        giusto = ContattoFactory(ente=None, risorsa=pubblicata, valore="1522", emergenza=True)
        ContattoFactory(ente=None, risorsa=pubblicata, valore="02 5550000", emergenza=False)
        ContattoFactory(ente=None, risorsa=pubblicata, valore="02 5550001", emergenza=True, da_verificare=True)
        ContattoFactory(ente=None, risorsa=bozza, valore="02 5550002", emergenza=True)

        assert list(Contatto.objects.di_emergenza()) == [giusto]


class TestTermini:
    @pytest.mark.parametrize("codice", ["ar", "fil", "zh-Hans"])
    def test_codici_di_lingua(self, db, codice):
        assert LinguaFactory.build(codice=codice).full_clean() is None

    @pytest.mark.parametrize("codice", ["arabo", "AR", "zh_hans", ""])
    def test_altri_codici_no(self, db, codice):
        assert list(errori(LinguaFactory.build(codice=codice))) == ["codice"]

    def test_stanno_nel_loro_ordine(self, db):
        arabo, inglese = LinguaFactory(nome="Arabo", ordine=2), LinguaFactory(nome="Inglese", ordine=1)

        assert list(Lingua.objects.all()) == [inglese, arabo]

    def test_l_indirizzo_nasce_dal_nome(self, db):
        assert CategoriaFactory(nome="Documenti e permesso di soggiorno").slug == "documenti-e-permesso-di-soggiorno"
