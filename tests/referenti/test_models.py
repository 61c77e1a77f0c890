"""Rules of the territory, the enti, the seats, the figures and the people."""

import datetime

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from referenti.models import Comune, Ente, Incarico, Seggio, Utente
from tests.factories import (
    ArticoloFactory,
    ComuneFactory,
    EnteFactory,
    IncaricoFactory,
    IndicatoreFactory,
    ProtocolloFactory,
    SeggioFactory,
    SottoscrizioneFactory,
    TappaFactory,
    UtenteFactory,
)

OGGI = datetime.date(2026, 11, 23)


def errori(riga):
    """What a form would say of this row."""
    with pytest.raises(ValidationError) as errore:
        riga.full_clean()
    return errore.value.message_dict


def con(riga, **campi):
    """The row with other values, not saved."""
    for nome, valore in campi.items():
        setattr(riga, nome, valore)
    return riga


class TestComune:
    def test_i_codici_hanno_la_loro_forma(self, db):
        comune = ComuneFactory.build(codice_istat="15027", codice_belfiore="a940", cap="2002")

        assert errori(comune) == {
            "codice_istat": ["Il codice ISTAT è fatto di sei cifre."],
            "codice_belfiore": ["Il codice catastale è una lettera e tre cifre."],
            "cap": ["Il CAP è fatto di cinque cifre."],
        }

    def test_le_coordinate_sono_due(self, db):
        comune = ComuneFactory.build(latitudine=None)

        assert errori(comune) == {NON_FIELD_ERRORS: ["Indica entrambe le coordinate."]}

    @pytest.mark.parametrize(
        "confine",
        [
            {"type": "Point", "coordinates": [9.1, 45.5]},
            {"type": "Polygon"},
            {"type": "Polygon", "coordinates": [[[200, 45.5], [9.2, 45.5]]]},
            ["Polygon"],
            "confine",
        ],
    )
    def test_il_confine_e_un_poligono(self, db, confine):
        assert errori(ComuneFactory.build(confine=confine)) == {
            "confine": ["Il confine non è una geometria GeoJSON di tipo Polygon o MultiPolygon."]
        }

    def test_un_comune_ha_anche_piu_poligoni(self, db):
        poligono = [[[9.1, 45.5], [9.2, 45.5], [9.2, 45.6], [9.1, 45.5]]]

        assert ComuneFactory.build(confine={"type": "MultiPolygon", "coordinates": [poligono]}).full_clean() is None

    def test_quelli_dell_ambito_stanno_nel_loro_ordine(self, db):
        solaro, rho, baranzate = (
            ComuneFactory(nome=nome, ordine=ordine, nell_ambito=dentro)
            for nome, ordine, dentro in [("Solaro", 2, True), ("Rho", 0, False), ("Baranzate", 1, True)]
        )

        assert list(Comune.objects.dell_ambito()) == [baranzate, solaro]
        assert list(Comune.objects.all()) == [rho, baranzate, solaro]


class TestSlug:
    def test_nasce_dal_nome_senza_accenti(self, db):
        assert EnteFactory(denominazione="Città metropolitana").slug == "citta-metropolitana"

    def test_due_nomi_uguali_hanno_indirizzi_diversi(self, db):
        EnteFactory(denominazione="La Rotonda")

        assert EnteFactory(denominazione="La Rotonda!").slug == "la-rotonda-2"
        assert EnteFactory(denominazione="La Rotonda?").slug == "la-rotonda-3"

    def test_resta_quando_il_nome_cambia(self, db):
        ente = EnteFactory(denominazione="Associazione La Rotonda")
        con(ente, denominazione="Fondazione La Rotonda").save()

        assert ente.slug == "associazione-la-rotonda"

    def test_un_nome_senza_lettere_latine_ha_comunque_un_indirizzo(self, db):
        assert EnteFactory(denominazione="جمعية").slug == "voce"


class TestEnte:
    def test_la_fine_non_viene_prima_dell_inizio(self, db):
        assert errori(EnteFactory.build(dal="2022-09", al="2021")) == {
            NON_FIELD_ERRORS: ["La data di fine viene prima di quella di inizio."]
        }

    def test_un_ente_non_fa_parte_di_se_stesso(self, db):
        ente = EnteFactory()

        assert errori(con(ente, padre=ente)) == {NON_FIELD_ERRORS: ["Un ente non può far parte di sé stesso."]}

    def test_ne_di_una_sua_unita_per_quanto_lontana(self, db):
        nonno = EnteFactory(denominazione="Nonno")
        nipote = EnteFactory(denominazione="Nipote", padre=EnteFactory(padre=nonno))
        nonno.padre = nipote

        assert errori(nonno) == {"padre": ["«Nipote» fa già parte di questo ente."]}
        assert Ente.objects.get(pk=nipote.pk).full_clean() is None

    def test_la_denominazione_e_unica(self, db):
        EnteFactory(denominazione="IC Rodari")

        assert list(errori(EnteFactory.build(denominazione="IC Rodari"))) == ["denominazione"]

    def test_la_rete_non_conta_le_unita_ne_chi_sta_fuori(self, db):
        asst = EnteFactory(ruolo="sottoscrittore", ordine=2)
        EnteFactory(ruolo="sottoscrittore", padre=asst)
        EnteFactory(ruolo="nessuno")
        consorzio = EnteFactory(ruolo="promotore", ordine=1)

        assert list(Ente.objects.della_rete()) == [consorzio, asst]

    def test_il_nome_corto_e_quello_breve_se_c_e(self):
        assert EnteFactory.build(denominazione="ASST Rhodense").nome_corto == "ASST Rhodense"
        assert EnteFactory.build(denominazione="ASC Comuni Insieme", nome_breve="Comuni Insieme").nome_corto == (
            "Comuni Insieme"
        )

    def test_un_ente_con_unita_non_si_elimina(self, db):
        unita = EnteFactory(padre=EnteFactory())

        with pytest.raises(ProtectedError):
            unita.padre.delete()


class TestSeggio:
    def test_un_seggio_e_di_una_persona_per_volta(self, db):
        aperto = IncaricoFactory(dal="2026-01-01")
        secondo = Incarico(seggio=aperto.seggio, utente=UtenteFactory(), dal=datetime.date(2026, 6, 1))

        assert errori(secondo) == {
            NON_FIELD_ERRORS: [
                "In questo periodo il seggio è già di un'altra persona.",
                "Questo seggio è già di un'altra persona: prima chiudi il suo incarico.",
            ]
        }

    @pytest.mark.parametrize(
        ("dal", "al", "libero"),
        [
            ("2024-01-01", "2024-12-31", True),
            ("2024-01-01", "2025-01-01", False),
            ("2025-03-01", "2025-04-01", False),
            ("2025-12-31", "2026-02-01", False),
            ("2026-01-01", "2026-02-01", True),
            ("2026-01-01", None, True),
            ("2024-06-01", None, False),
        ],
    )
    def test_i_periodi_non_si_accavallano(self, db, dal, al, libero):
        passato = IncaricoFactory(dal="2025-01-01", al="2025-12-31")
        altro = Incarico(
            seggio=passato.seggio,
            utente=UtenteFactory(),
            dal=datetime.date.fromisoformat(dal),
            al=al and datetime.date.fromisoformat(al),
        )

        if libero:
            assert altro.full_clean() is None
        else:
            assert errori(altro) == {NON_FIELD_ERRORS: ["In questo periodo il seggio è già di un'altra persona."]}

    def test_lo_stesso_incarico_non_si_accavalla_con_se_stesso(self, db):
        incarico = IncaricoFactory(dal=datetime.date(2026, 1, 1))

        assert con(incarico, al=datetime.date(2026, 6, 30)).full_clean() is None

    def test_due_incarichi_aperti_non_entrano_nemmeno_senza_modulo(self, db):
        seggio = SeggioFactory()
        IncaricoFactory(seggio=seggio)

        with pytest.raises(IntegrityError), transaction.atomic():
            IncaricoFactory(seggio=seggio)

    def test_l_incarico_non_finisce_prima_di_cominciare(self, db):
        incarico = Incarico(
            seggio=SeggioFactory(),
            utente=UtenteFactory(),
            dal=datetime.date(2026, 2, 1),
            al=datetime.date(2026, 1, 1),
        )

        assert errori(incarico) == {NON_FIELD_ERRORS: ["La data di fine viene prima di quella di inizio."]}

    def test_in_corso_conta_il_primo_e_l_ultimo_giorno(self, db):
        incarico = IncaricoFactory(dal="2026-11-23", al="2026-11-24")

        giorni = [OGGI + datetime.timedelta(days=n) for n in (-1, 0, 1, 2)]
        assert [list(Incarico.objects.in_corso(giorno)) for giorno in giorni] == [[], [incarico], [incarico], []]

    def test_ogni_seggio_porta_il_suo_incarico_di_oggi(self, db, django_assert_num_queries):
        coperto = IncaricoFactory(seggio__ordine=1).seggio
        scaduto = IncaricoFactory(seggio__ordine=2, dal="2020-01-01", al="2020-12-31").seggio
        vacante = SeggioFactory(ordine=3)

        with django_assert_num_queries(2):
            seggi = [(s, len(s.incarichi_in_corso)) for s in Seggio.objects.con_incarichi_in_corso()]

        assert seggi == [(coperto, 1), (scaduto, 0), (vacante, 0)]
        SeggioFactory(attivo=False)
        assert list(Seggio.objects.vacanti()) == [scaduto, vacante]

    def test_gli_attivi_sono_quelli_di_oggi(self, db):
        attivo, _sospeso = SeggioFactory(), SeggioFactory(attivo=False)

        assert list(Seggio.objects.attivi()) == [attivo]


class TestIndicatore:
    def test_niente_dato_senza_fonte_e_senza_data(self, db):
        assert errori(IndicatoreFactory.build(fonte="", riferimento="")) == {
            "fonte": ["Questo campo non può essere vuoto."],
            "riferimento": ["Questo campo non può essere vuoto."],
        }

    @pytest.mark.parametrize("campi", [{"fonte": ""}, {"riferimento": ""}])
    def test_nemmeno_scrivendo_direttamente_nel_database(self, db, campi):
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatoreFactory(**campi)

    @pytest.mark.parametrize("voce", ["quota-stranieri", "quota-minori-stranieri"])
    def test_una_quota_e_in_percento(self, db, voce):
        assert errori(IndicatoreFactory.build(voce=voce, unita="persone")) == {
            NON_FIELD_ERRORS: ["Una quota ogni 100 si misura in percento."]
        }

    def test_il_valore_non_e_negativo(self, db):
        assert errori(IndicatoreFactory.build(valore=-1)) == {NON_FIELD_ERRORS: ["Il valore non può essere negativo."]}

    def test_lo_stesso_dato_non_si_ripete_per_un_comune(self, db):
        primo = IndicatoreFactory(comune=ComuneFactory())
        doppio = IndicatoreFactory.build(comune=primo.comune, fonte=primo.fonte)

        assert errori(doppio) == {NON_FIELD_ERRORS: ["Questo dato c'è già: stessa voce, territorio, data e fonte."]}

    def test_lo_stesso_dato_non_si_ripete_per_l_ambito(self, db):
        primo = IndicatoreFactory()

        assert errori(IndicatoreFactory.build(fonte=primo.fonte)) == {
            NON_FIELD_ERRORS: ["Questo dato c'è già: stessa voce, data e fonte per tutto l'Ambito."]
        }

    def test_fonti_e_date_diverse_stanno_insieme(self, db):
        primo = IndicatoreFactory()

        assert IndicatoreFactory.build(fonte=primo.fonte, riferimento="2022-12").full_clean() is None
        assert IndicatoreFactory.build(fonte="ANPR").full_clean() is None

    def test_di_quale_territorio_parla(self, db):
        ambito, del_comune = IndicatoreFactory(), IndicatoreFactory(comune=ComuneFactory(nome="Baranzate"))

        assert (ambito.territorio, del_comune.territorio) == ("tutto l'Ambito", "Baranzate")


class TestProtocollo:
    def test_la_validita_non_finisce_prima_di_cominciare(self, db):
        assert errori(ProtocolloFactory.build(valido_dal="2022-09", valido_al="2022-08")) == {
            NON_FIELD_ERRORS: ["La fine della validità viene prima dell'inizio."]
        }

    def test_una_tappa_non_finisce_prima_di_cominciare(self, db):
        assert errori(TappaFactory.build(dal="2022-09", al="2022-01")) == {
            NON_FIELD_ERRORS: ["La data di fine viene prima di quella di inizio."]
        }
        assert TappaFactory.build(dal="2022-09", al="2022").full_clean() is None

    def test_un_numero_di_articolo_per_protocollo(self, db):
        primo = ArticoloFactory()

        assert errori(ArticoloFactory.build(protocollo=primo.protocollo, numero=primo.numero)) == {
            NON_FIELD_ERRORS: ["Questo protocollo ha già un articolo con questo numero."]
        }
        assert ArticoloFactory.build(protocollo=ProtocolloFactory(), numero=primo.numero).full_clean() is None

    def test_un_ente_sottoscrive_una_volta(self, db):
        firma = SottoscrizioneFactory()

        assert errori(SottoscrizioneFactory.build(protocollo=firma.protocollo, ente=firma.ente)) == {
            NON_FIELD_ERRORS: ["Questo ente ha già sottoscritto il protocollo."]
        }

    def test_nomi_che_si_leggono(self, db):
        firma = SottoscrizioneFactory(protocollo__titolo="Protocollo", ente__denominazione="ASST Rhodense")

        assert str(firma) == "ASST Rhodense, Protocollo"
        assert str(ArticoloFactory.build(numero=1)) == "Art. 1 – Obiettivo"
        assert str(TappaFactory.build(titolo="Firma")) == "Firma"


class TestUtente:
    def test_un_indirizzo_una_persona_comunque_sia_scritto(self, db):
        utente = Utente.objects.create_user(" Bruno@Example.ORG ", nome="Bruno", cognome="Bollate")

        assert utente.email == "bruno@example.org"
        assert Utente.objects.get_by_natural_key("BRUNO@example.org") == utente
        assert errori(Utente(email="bruno@example.org", nome="B", cognome="B", password="!")) == {
            "email": ["C'è già una persona con questa e-mail."]
        }

    def test_senza_password_non_si_entra(self, db):
        utente = Utente.objects.create_user("nuova@example.org", nome="Nuova", cognome="Persona")

        assert (utente.has_usable_password(), utente.is_superuser) == (False, False)

    def test_il_superutente_si_crea_dal_terminale(self, db):
        assert Utente.objects.create_superuser("s@example.org", "x", nome="S", cognome="U").is_superuser is True

    def test_in_amministrazione_entra_chi_coordina(self, anna, bruno, mira, superutente):
        assert [u.is_staff for u in (anna, bruno, mira, superutente)] == [True, False, False, True]

    def test_come_si_chiama(self, anna):
        assert (str(anna), anna.get_short_name()) == ("Anna Coordina", "Anna")
        assert str(UtenteFactory.build(nome="", cognome="", email="x@example.org")) == "x@example.org"


@pytest.mark.parametrize(
    ("dal", "al"), [("2022-09", "2022"), ("2022", "2022-09"), ("2022-09", "2022-09"), ("", "2022")]
)
def test_una_fine_meno_precisa_dell_inizio_non_e_prima(db, dal, al):
    EnteFactory.build(dal=dal, al=al).full_clean(exclude=["padre", "comune"])
    assert EnteFactory(dal=dal, al=al).al == al
