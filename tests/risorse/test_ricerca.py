"""The search: the same services in the same order on both engines, what is forgiven, what stays indexed."""

import pytest
from django.core.management import call_command
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risorse.models import Risorsa, Sinonimo, StatoRisorsa
from risorse.models import TestoRicerca as RigaDiRadici
from risorse.ricerca.cerca import cerca, intendi, trova
from risorse.ricerca.indice import indicizza, raccolta
from risorse.ricerca.schedario import schedario_di_oggi
from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    DestinatariFactory,
    EnteFactory,
    LinguaFactory,
    LinguaParlataFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
    SinonimoFactory,
    TraduzioneFactory,
)

SCHEDE = [
    # name, in breve, descrizione, categoria, comune
    ("Sportello permesso di soggiorno", "Aiuto per chiedere o rinnovare il permesso.", "", "Documenti", "Bollate"),
    ("Sportello cittadini", "Residenza e carta d'identità.", "Anche ricevute del permesso di soggiorno.", "Documenti", "Senago"),
    ("Corso di italiano A1", "Lezioni per chi comincia.", "Due sere la settimana.", "Imparare l'italiano", "Bollate"),
    ("Scuola di italiano delle donne", "Corsi con spazio bimbi.", "", "Imparare l'italiano", "Senago"),
    ("Consultorio familiare", "Visite in gravidanza, gratis.", "Medico e ostetrica.", "Salute", "Bollate"),
    ("Ambulatorio del medico", "Visite su appuntamento.", "", "Salute", "Senago"),
    ("Asilo nido", "Per bambini da zero a tre anni.", "", "Scuola e minori", "Bollate"),
    ("èlite Accoglienza", "Prima accoglienza.", "", "Casa", "Solaro"),
    ("accoglienza notturna", "Un letto per la notte.", "", "Casa", "Senago"),
    ("Banca del cibo", "Pacchi alimentari.", "", "Cibo", "Bollate"),
    ("Orientamento alle cure", "Anche in caso di urgenza.", "Senza carte.", "Salute", "Solaro"),
    ("Orto delle mamme", "Chi trova un verme lo tiene.", "Dopo il lavoro.", "Tempo libero", "Solaro"),
    ("Ricerca attiva", "Curriculum e colloqui.", "", "Lavoro e formazione", "Solaro"),
    ("Ballo dal mondo", "Musica.", "", "Associazioni e comunità", "Solaro"),
    ("Casa di Comunità", "Infermiere.", "", "Salute", "Solaro"),
    ("Avviso affitti", "Un messaggio.", "", "Casa", "Solaro"),
    ("Aiuto allo studio", "Compiti, anche al nido.", "", "Scuola e minori", "Solaro"),
]  # fmt: skip
PERMESSO = ["Sportello permesso di soggiorno", "Sportello cittadini"]
ITALIANO = ["Corso di italiano A1", "Scuola di italiano delle donne"]
# Text, the names found in their order, the corrected text, whether any word was enough.
ATTESE = [
    ("permesso di soggiorno", PERMESSO, "", False),
    ("PERMESSI  SOGGIORNO", PERMESSO, "", False),
    ("permesso di sogiorno", PERMESSO, "permesso di soggiorno", False),
    ("soggi", PERMESSO, "", False),
    ("come faccio il permesso?", PERMESSO, "", False),
    ("medici", ["Ambulatorio del medico", "Consultorio familiare"], "", False),
    ("dottore", ["Ambulatorio del medico", "Consultorio familiare"], "", False),
    ("dottore bollate", ["Consultorio familiare"], "", False),
    ("codice tessera", ["Ambulatorio del medico", "Consultorio familiare"], "", False),
    ("corsi italiano", ITALIANO, "", False),
    ("italiano senago", ["Scuola di italiano delle donne"], "", False),
    ("acoglienza", ["accoglienza notturna", "èlite Accoglienza"], "accoglienza", False),
    ("elite", ["èlite Accoglienza"], "", False),
    ("banche", ["Banca del cibo"], "", False),
    ("asili", ["Asilo nido", "Aiuto allo studio"], "", False),
    ("asilo karate", ["Asilo nido", "Aiuto allo studio"], "", True),
    ("karate", [], "", False),
    ("identità", ["Sportello cittadini"], "", False),
    ("identita'", ["Sportello cittadini"], "", False),
    ("residence permit", ["Sportello permesso di soggiorno"], "", False),
    ("رُخصة", ["Sportello permesso di soggiorno"], "", False),
    ("居留", ["Sportello permesso di soggiorno"], "", False),
    ("证", ["Sportello permesso di soggiorno"], "", False),
    ("居住证", [], "", False),
    ('" OR 1', [], "", False),
    ("NEAR(italiano)", ITALIANO, "", True),
    ("italiano*", ITALIANO, "", False),
    ("nome:italiano", ITALIANO, "", True),
    ("-italiano", ITALIANO, "", False),
    ("???", [], "", False),
    ("perché non trovo lavoro", ["Ricerca attiva", "Orto delle mamme"], "", False),
    ("dotore", ["Ambulatorio del medico", "Consultorio familiare"], "dottore", False),
    ("moschea", ["Ballo dal mondo"], "", False),
    ("affitto", ["Avviso affitti", "Casa di Comunità", "accoglienza notturna", "èlite Accoglienza"], "", False),
    ("asilo nido", ["Asilo nido", "Aiuto allo studio"], "", False),
    ("casa", ["Casa di Comunità", "accoglienza notturna", "Avviso affitti", "èlite Accoglienza"], "", False),
    ("musica curriculum compiti", ["Ballo dal mondo", "Ricerca attiva", "Aiuto allo studio"], "", True),
    ("sportello musica", ["Ballo dal mondo", "Sportello cittadini", "Sportello permesso di soggiorno"], "", True),
]  # fmt: skip


@pytest.fixture
def schede(db):
    comuni = {nome: ComuneFactory(nome=nome) for nome in ("Bollate", "Senago", "Solaro")}
    categorie = {nome: CategoriaFactory(nome=nome) for nome in dict.fromkeys(scheda[3] for scheda in SCHEDE)}
    ente = EnteFactory(denominazione="Rete")
    with raccolta():
        for nome, breve, descrizione, categoria, comune in SCHEDE:
            termini = {"categorie": [categorie[categoria]], "comuni": [comuni[comune]]}
            RisorsaFactory(nome=nome, in_breve=breve, descrizione=descrizione, ente=ente, **termini)
        permesso = Risorsa.objects.get(nome=PERMESSO[0])
        for lingua, testo in (("en", "Residence permits help desk"), ("ar", "رخصة الإقامة"), ("zh-hans", "居留证帮助")):
            TraduzioneFactory(oggetto=permesso, lingua=lingua, testo=testo)
    SinonimoFactory(parola="dottore", significati="medico, consultorio")
    TraduzioneFactory(oggetto=Risorsa.objects.get(nome="Ambulatorio del medico"), lingua="en", testo="Doctor")
    SinonimoFactory(parola="moschea", significati="associazioni e comunità")
    SinonimoFactory(parola="affitto", significati="casa")
    SinonimoFactory(parola="asilo", significati="nido")
    SinonimoFactory(parola="tessera", significati="visite")
    SinonimoFactory(parola="codice tessera", significati="medico")


def nomi(testo, **opzioni):
    trovate, chiavi = trova(intendi(testo, **opzioni)), schedario_di_oggi().chiavi
    per_chiave = dict(Risorsa.objects.values_list("pk", "nome"))
    return [per_chiave[chiavi[posto]] for posto in trovate.in_ordine(trovate.tutte)]


def test_the_same_services_in_the_same_order(schede):
    trovate = [(testo, nomi(testo), intendi(testo).corretta, intendi(testo).almeno_una) for testo, *_ in ATTESE]
    assert trovate == ATTESE


def test_other_lists_find_the_same_services_in_their_own_order(schede):
    trovate = cerca(Risorsa.objects.attive(), intendi("italiano")).values_list("nome", flat=True)
    assert list(trovate) == ITALIANO
    assert list(cerca(Risorsa.objects.all(), intendi("???"))) == []


def test_exactly_means_forgiving_nothing(schede):
    assert [nomi(testo, esatta=True) for testo in ("sogiorno", "soggi", "asilo karate")] == [[], [], []]
    assert nomi("dottore", esatta=True) == []


def test_what_was_looked_for_besides_is_said(schede):
    assert [intendi(testo).sinonimi for testo in ("dottore", "dotore", "medico", "nido asilo")] == [
        ("medico", "consultorio"),
        ("medico", "consultorio"),
        (),
        ("nido",),
    ]
    assert intendi("dottore", esatta=True).sinonimi == ()


def test_a_mistyped_word_is_put_right_in_the_language_of_the_page(schede):
    Sinonimo.objects.all().delete()
    with override("it"):
        assert (intendi("docter").corretta, intendi("dotore").corretta) == ("doctor", "doctor")
        TraduzioneFactory(oggetto=Risorsa.objects.get(nome="Banca del cibo"), lingua="en", testo="Medick")
        assert intendi("medicx").corretta == "medico"


# --- The index follows -----------------------------------------------------------------------------------------------


def test_every_change_reaches_the_index(db):
    ente, comune, categoria = (
        EnteFactory(denominazione="Alfa"),
        ComuneFactory(nome="Cesate"),
        CategoriaFactory(nome="Beta"),
    )
    lingua, donne = LinguaFactory(nome="Gamma"), DestinatariFactory(nome="Delta")
    risorsa = RisorsaFactory(nome="Epsilon", ente=ente, categorie=[categoria], destinatari=[donne])
    LinguaParlataFactory(risorsa=risorsa, lingua=lingua)
    in_sede = RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(nome="Zeta", comune=comune))
    traduzione = TraduzioneFactory(oggetto=categoria, testo="Theta")
    for testo in ("alfa", "cesate", "beta", "gamma", "delta", "epsilon", "zeta", "theta"):
        assert (testo, nomi(testo)) == (testo, ["Epsilon"])
    for riga, campo, nuovo in (
        (ente, "denominazione", "Primo"),
        (comune, "nome", "Solaro"),
        (categoria, "nome", "Secondo"),
        (lingua, "nome", "Terzo"),
        (donne, "nome", "Quarto"),
        (in_sede.sede, "nome", "Quinto"),
        (traduzione, "testo", "Sesto"),
        (risorsa, "in_breve", "Settimo"),
    ):
        vecchio = getattr(riga, campo)
        setattr(riga, campo, nuovo)
        riga.save()
        assert (nomi(nuovo), nomi(vecchio, esatta=True)) == (["Epsilon"], [])
    traduzione.delete()
    in_sede.delete()
    risorsa.destinatari.clear()
    categoria.delete()
    assert [nomi(t, esatta=True) for t in ("Sesto", "Quinto", "Quarto", "Secondo")] == [[], [], [], []]


def test_only_published_services_are_indexed(db):
    risorsa = RisorsaFactory(nome="Prova")
    assert nomi("prova") == ["Prova"]
    risorsa.stato = StatoRisorsa.SOSPESA
    risorsa.save()
    assert (nomi("prova"), RigaDiRadici.objects.count()) == ([], 0)


def test_a_place_to_be_verified_gives_no_words(db):
    risorsa = RisorsaFactory()
    RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(nome="Rifugio", da_verificare=True))
    assert nomi("rifugio") == []


def test_the_command_makes_a_lost_index_again(schede, capsys):
    RigaDiRadici.objects.all().delete()
    assert nomi("permesso") == []
    call_command("ricostruisci_indice")
    assert capsys.readouterr().out == "Indice della ricerca: 17 servizi, 17 aggiornati.\n"
    assert nomi("permesso") == PERMESSO
    call_command("ricostruisci_indice")
    assert capsys.readouterr().out == "Indice della ricerca: 17 servizi, 0 aggiornati.\n"


@pytest.mark.parametrize("quante", [1, 30])
def test_a_renamed_term_costs_the_same_however_many_services_have_it(db, django_assert_num_queries, quante):
    ente = EnteFactory()
    categoria = CategoriaFactory(nome="Prima")
    with raccolta():
        for _ in range(quante):
            RisorsaFactory(ente=ente, categorie=[categoria])
    categoria.nome = "Dopo"
    # The row, its history, the content version, the services of the term, ten for them.
    with django_assert_num_queries(16):
        categoria.save()
    assert len(nomi("dopo")) == quante


def test_a_bulk_writer_indexes_what_it_wrote(db):
    risorsa = RisorsaFactory(nome="Vecchio")
    Risorsa.objects.filter(pk=risorsa.pk).update(nome="Nuovo")
    indicizza([risorsa.pk])
    assert nomi("nuovo") == ["Nuovo"]


# --- Strings nobody means well with ----------------------------------------------------------------------------------


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(max_size=200) | st.text(alphabet="\"'*:(){}^-+|&!<>\\ ANDORNEAR,%_a1è", max_size=60))
def test_no_text_breaks_the_search(schede, testo):
    assert set(nomi(testo)) <= {scheda[0] for scheda in SCHEDE}
