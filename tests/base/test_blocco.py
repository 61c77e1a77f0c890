"""Rows written together: the same answers, rows and history as one by one, in a few queries."""

import datetime
import random

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint

from referenti.tracciati import TracciatoEnte, TracciatoIncarico, TracciatoIndicatore
from risorse.models import Contatto, Risorsa
from risorse.tracciati import TracciatoContatto, TracciatoLingua, TracciatoRisorsa
from tavolo.base import blocco, contenuto
from tavolo.base.blocco import adatto
from tavolo.base.blocco.condizioni import si_sa_valutare, valuta
from tavolo.base.formati import CSV
from tests.factories import CategoriaFactory, DestinatariFactory, EnteFactory, RisorsaFactory

pytestmark = pytest.mark.django_db
VINCOLI = [
    (modello, vincolo)
    for app in ("referenti", "risorse", "incontri")
    for modello in apps.get_app_config(app).get_models()
    for vincolo in modello._meta.constraints
    if isinstance(vincolo, CheckConstraint) and si_sa_valutare(vincolo.condition, modello)
]


def importa(tracciato, testo, **opzioni):
    return tracciato().import_data(CSV().create_dataset(testo.encode()), **opzioni)


def conti(esito):
    return esito.nuove, esito.aggiornate, esito.invariate, [str(errore) for errore in esito.errori]


class UnaPerUna(TracciatoRisorsa):
    """The same table, row by row."""

    in_blocco = False

    class Meta(TracciatoRisorsa.Meta):
        pass


def file_di_servizi(quanti, **cambi):
    righe = [
        f"s{n},e,Servizio {n},In breve {cambi.get('breve', n)},c{n % 3}|c{(n + 1) % 3},d,comuni,,guida,pubblicata,{n}"
        for n in range(quanti)
    ]
    return "\n".join(
        ["slug,ente,nome,in_breve,categorie,destinatari,area_servita,comuni_serviti,fonte,stato,eta_minima", *righe]
    )


@pytest.fixture
def termini(db):
    EnteFactory(slug="e")
    DestinatariFactory(slug="d")
    return [CategoriaFactory(slug=f"c{n}") for n in range(3)]


def valore_a_caso(campo, caso):
    if campo.null and caso.random() < 0.3:
        return None
    if campo.choices:
        return caso.choice(campo.flatchoices)[0]
    if isinstance(campo, models.BooleanField):
        return caso.random() < 0.5
    if campo.is_relation or isinstance(campo, models.UUIDField):
        return CHIAVI[caso.randrange(2)]
    if isinstance(campo, models.DateTimeField):
        return datetime.datetime(2026, 1, caso.randint(1, 3), tzinfo=datetime.UTC)
    if isinstance(campo, models.DateField):
        return datetime.date(2026, 1, caso.randint(1, 3))
    if isinstance(campo, models.TimeField):
        return datetime.time(caso.randint(8, 10))
    if isinstance(campo, models.IntegerField | models.DecimalField):
        return caso.randint(0, 3)
    return caso.choice(("", "a", "2022"))


CHIAVI = [models.UUIDField().to_python(f"{n}" * 32) for n in (1, 2)]


@pytest.mark.parametrize(("modello", "vincolo"), VINCOLI, ids=[vincolo.name for _, vincolo in VINCOLI])
def test_una_condizione_ha_la_risposta_del_database(modello, vincolo):
    caso = random.Random(vincolo.name)  # noqa: S311
    nomi = {nome.split("__")[0] for nome in vincolo.condition.referenced_base_fields}
    for _ in range(40):
        riga = modello()
        for campo in modello._meta.concrete_fields:
            if campo.name in nomi:
                setattr(riga, campo.attname, valore_a_caso(campo, caso))
        dati = riga.__dict__ | {c.name: getattr(riga, c.attname) for c in modello._meta.concrete_fields}
        try:
            vincolo.validate(modello, riga)
        except ValidationError:
            assert valuta(vincolo.condition, dati) is False, dati
        else:
            assert valuta(vincolo.condition, dati) is not False, dati


def test_le_condizioni_si_valutano_quasi_tutte_qui():
    assert len(VINCOLI) >= 15
    assert not any(nome in {v.name for _, v in VINCOLI} for nome in ("ente_periodo", "tappa_periodo"))


def test_chi_guarda_altre_righe_va_riga_per_riga():
    assert [adatto(t()) for t in (TracciatoRisorsa, TracciatoContatto, TracciatoIndicatore, TracciatoLingua)] == [
        True
    ] * 4
    assert [adatto(t()) for t in (TracciatoEnte, TracciatoIncarico, UnaPerUna)] == [False] * 3


@pytest.mark.parametrize("tracciato", [TracciatoRisorsa, UnaPerUna])
def test_gli_stessi_errori_nei_due_modi(tracciato, termini):
    RisorsaFactory(slug="vecchio", nome="Vecchio", ente__slug="f")
    testo = (
        "slug,ente,nome,in_breve,categorie,area_servita,comuni_serviti,eta_minima,eta_massima,stato,fonte\n"
        "a,e,Uno,Breve,c0,,,,,,\n"
        "b,e,Uno,Breve,c0,,,,,,\n"
        f"c,e,Due,{'x' * 241},c9,,,,,,\n"
        "d,e,Tre,Breve,c0,,,9,3,pubblicata,\n"
        "vecchio,e,Uno,Breve,c0,,,,,,guida\n"
        "a,e,Quattro,Breve,c0,,,,,,\n"
        "f f,e,Cinque,Breve,c0,,,,,,\n"
    )
    esito = importa(tracciato, testo)
    assert [(errore.riga, errore.colonna) for errore in esito.errori] == [
        (3, ""),
        (4, "categorie"),
        (5, ""),
        (5, ""),
        (6, ""),
        (7, ""),
        (8, "slug"),
    ]
    assert esito.errori[0].messaggio == esito.errori[4].messaggio == "Questo ente ha già un servizio con questo nome."
    assert Risorsa.objects.count() == 1


@pytest.mark.parametrize("tracciato", [TracciatoRisorsa, UnaPerUna])
def test_le_stesse_righe_nei_due_modi(tracciato, termini, anna):
    assert conti(importa(tracciato, file_di_servizi(4), user=anna)) == (4, 0, 0, [])
    assert conti(importa(tracciato, file_di_servizi(4), user=anna)) == (0, 0, 4, [])
    prima = Risorsa.objects.get(slug="s1")
    cambiato = file_di_servizi(4).replace("In breve 1,c1|c2", "Nuovo,c2")
    assert conti(importa(tracciato, cambiato, user=anna)) == (0, 1, 3, [])
    risorsa = Risorsa.objects.get(slug="s1")
    assert (risorsa.in_breve, risorsa.autore, risorsa.eta_minima, risorsa.fonte) == ("Nuovo", anna, 1, "guida")
    assert ([c.slug for c in risorsa.categorie.all()], [d.slug for d in risorsa.destinatari.all()]) == (["c2"], ["d"])
    assert (risorsa.creato, risorsa.aggiornato > prima.aggiornato) == (prima.creato, True)
    assert {s.history_change_reason for s in risorsa.storia.all()} == {"Importazione di una tabella"}


def test_la_storia_ha_una_versione_con_i_suoi_elenchi(termini, anna):
    importa(TracciatoRisorsa, file_di_servizi(2), user=anna)
    importa(TracciatoRisorsa, file_di_servizi(2).replace("In breve 1,c1|c2", "Nuovo,c0"), user=anna)
    dopo, prima = Risorsa.objects.get(slug="s1").storia.all()
    assert [(v.history_type, v.in_breve, v.history_user, v.stato) for v in (prima, dopo)] == [
        ("+", "In breve 1", anna, "pubblicata"),
        ("~", "Nuovo", anna, "pubblicata"),
    ]
    assert [sorted(c.categoria.slug for c in v.categorie.all()) for v in (prima, dopo)] == [["c1", "c2"], ["c0"]]
    assert [d.destinatari.slug for d in dopo.destinatari.all()] == ["d"]
    assert sorted(cambio.field for cambio in dopo.diff_against(prima).changes) == ["categorie", "in_breve"]
    assert Risorsa.objects.get(slug="s0").storia.count() == 1


@pytest.mark.parametrize("quante", [1, 30])
def test_domande_costanti(quante, termini, django_assert_num_queries):
    tabella = CSV().create_dataset(file_di_servizi(quante).encode())
    with django_assert_num_queries(DOMANDE_NUOVE):
        assert conti(TracciatoRisorsa(anteprima=False).import_data(tabella)) == (quante, 0, 0, [])
    tabella = CSV().create_dataset(file_di_servizi(quante, breve="altro").encode())
    with django_assert_num_queries(DOMANDE_CAMBIATE):
        assert conti(TracciatoRisorsa(anteprima=False).import_data(tabella)) == (0, quante, 0, [])


# The rows, their lists and history, the version of the content; then what the stems of the search are made of.
DOMANDE_NUOVE, DOMANDE_CAMBIATE = 32, 36


@pytest.mark.parametrize("quante", [1, 30])
def test_anteprima_non_scrive_e_mostra_le_differenze(quante, termini):
    importa(TracciatoRisorsa, file_di_servizi(quante))
    versione = contenuto.versione()
    esito = importa(TracciatoRisorsa, file_di_servizi(quante).replace("c0|c1", "c2"), dry_run=True)
    assert (esito.aggiornate, contenuto.versione()) == (-(-quante // 3), versione)
    differenze = dict(zip(esito.diff_headers, esito.rows[0].diff, strict=True))
    assert differenze["categorie"] == "<del>c0|c1</del> <ins>c2</ins>"
    assert [c.slug for c in Risorsa.objects.get(slug="s0").categorie.all()] == ["c0", "c1"]


def test_il_contenuto_cambia_una_volta_e_chi_aspetta_lo_sa(termini, monkeypatch):
    visti, a_blocchi = [], []

    def una(riga):
        visti.append(riga.slug)

    def altra(riga):
        raise AssertionError(riga)

    def molte(righe):
        a_blocchi.append([(r.slug, [c.slug for c in r.categorie.all()]) for r in righe])

    monkeypatch.setattr(contenuto, "ALLA_MODIFICA", [una, altra])
    monkeypatch.setattr(contenuto, "IN_BLOCCO", {altra: molte})
    prima = contenuto.versione()
    importa(TracciatoRisorsa, file_di_servizi(2))
    assert (contenuto.versione(), visti) == (prima + 1, ["s0", "s1"])
    assert a_blocchi == [[("s0", ["c0", "c1"]), ("s1", ["c1", "c2"])]]
    importa(TracciatoRisorsa, file_di_servizi(2))
    assert contenuto.versione() == prima + 1


def test_indirizzi_dal_nome_senza_doppioni():
    testo = "codice,slug,nome,nome_proprio\nar,,Àrabo,x\nfr,,Arabo,x\nen,arabo-2,Inglese,x\n"
    assert conti(importa(TracciatoLingua, testo))[3] == [
        "riga 4, colonna «slug»: C'è già una scheda con questo valore: usa quella, oppure scrivine un altro."
    ]
    assert conti(importa(TracciatoLingua, testo.replace("arabo-2", ""))) == (3, 0, 0, [])
    lingue = TracciatoLingua._meta.model.objects.values_list("codice", "slug").order_by("codice")
    assert list(lingue) == [("ar", "arabo"), ("en", "inglese"), ("fr", "arabo-2")]
    assert conti(importa(TracciatoLingua, testo.replace("arabo-2", ""))) == (0, 0, 3, [])


def dopo_la_lettura(monkeypatch, fai):
    """Do something between reading and writing, once: before the transaction of the writes, as somebody else would."""
    vero = blocco._scrivi

    def scrivi(lettura):
        monkeypatch.setattr(blocco, "_scrivi", vero)
        fai()
        vero(lettura)

    monkeypatch.setattr(blocco, "_scrivi", scrivi)


def test_chi_ha_scritto_intanto_non_perde_niente(termini, monkeypatch):
    importa(TracciatoRisorsa, file_di_servizi(3))

    def altri():
        risorsa = Risorsa.objects.get(slug="s1")
        risorsa.requisiti = "Scritto da un'altra persona"
        risorsa.save()

    dopo_la_lettura(monkeypatch, altri)
    assert conti(importa(TracciatoRisorsa, file_di_servizi(3, breve="altro"))) == (0, 3, 0, [])
    risorsa = Risorsa.objects.get(slug="s1")
    assert (risorsa.in_breve, risorsa.requisiti) == ("In breve altro", "Scritto da un'altra persona")
    assert risorsa.storia.first().requisiti == "Scritto da un'altra persona"


def test_chi_ha_cancellato_intanto_non_se_la_ritrova_a_meta(termini, monkeypatch):
    importa(TracciatoRisorsa, file_di_servizi(3))
    dopo_la_lettura(monkeypatch, lambda: Risorsa.objects.get(slug="s1").delete())
    assert conti(importa(TracciatoRisorsa, file_di_servizi(3, breve="altro"))) == (1, 2, 0, [])
    assert Risorsa.objects.count() == 3


def test_un_nome_preso_intanto_si_dice_alla_sua_riga(termini, monkeypatch):
    ente = EnteFactory(slug="e2")

    def altri():
        RisorsaFactory(ente=ente, nome="Servizio 1")

    dopo_la_lettura(monkeypatch, altri)
    assert conti(importa(TracciatoRisorsa, file_di_servizi(3).replace(",e,", ",e2,")))[3] == [
        "riga 3: Questo ente ha già un servizio con questo nome."
    ]
    assert Risorsa.objects.count() == 1


def test_il_database_ha_l_ultima_parola_anche_in_blocco(termini, monkeypatch):
    monkeypatch.setattr("tavolo.base.blocco.regole.Regole._unicita", lambda *args: None)
    testo = file_di_servizi(3).replace("Servizio 2", "Servizio 1")
    assert conti(importa(TracciatoRisorsa, testo))[3] == ["riga 4: Questo ente ha già un servizio con questo nome."]
    assert Risorsa.objects.count() == 0


def test_lo_scambio_di_due_nomi_dice_come_riga_per_riga(termini):
    importa(TracciatoRisorsa, file_di_servizi(2))
    scambio = (
        file_di_servizi(2).replace("Servizio 0", "x").replace("Servizio 1", "Servizio 0").replace(",x,", ",Servizio 1,")
    )
    for tracciato in (TracciatoRisorsa, UnaPerUna):
        assert conti(importa(tracciato, scambio))[3] == [
            f"riga {riga}: Questo ente ha già un servizio con questo nome." for riga in (2, 3)
        ]
    # The first row leaves the name, the second takes it.
    giro = file_di_servizi(2).replace("Servizio 0", "Altro").replace("Servizio 1", "Servizio 0")
    assert conti(importa(TracciatoRisorsa, giro)) == (0, 2, 0, [])
    assert list(Risorsa.objects.values_list("slug", "nome").order_by("slug")) == [("s0", "Altro"), ("s1", "Servizio 0")]


def test_i_contatti_si_controllano_riga_per_riga_e_si_scrivono_insieme(termini):
    testo = "ente,sede,risorsa,tipo,valore\ne,,,telefono,02 1234567\ne,,,email,chi\ne,,,telefono,02 1234567\n,,,web,https://a.it\n"
    assert conti(importa(TracciatoContatto, testo))[3] == [
        "riga 3, colonna «valore»: Questo indirizzo e-mail non è valido.",
        "riga 4: È la stessa voce della riga 2.",
        "riga 5: Un contatto è di un ente, di una sede o di un servizio: scegline uno solo.",
    ]
    assert Contatto.objects.count() == 0


def test_avanzamento(termini, monkeypatch):
    monkeypatch.setattr("tavolo.base.blocco.lettura.OGNI", 2)
    detti = []
    tabella = CSV().create_dataset(file_di_servizi(5).encode())
    TracciatoRisorsa(avanzamento=lambda fatte, totale: detti.append((fatte, totale))).import_data(tabella)
    assert detti == [(2, 5), (4, 5), (5, 5)]
