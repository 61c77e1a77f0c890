"""Writing translations, and the queue of what there is to translate."""

import pytest

from risorse.models import StatoTraduzione, Traduzione
from risorse.models.traduzione import impronta
from risorse.servizi import coda_traduzioni
from risorse.servizi.coda_traduzioni import Stato
from risorse.servizi.traduzioni import ItalianoCambiato, salva_traduzione, togli_traduzione
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tavolo.base.contenuto import versione
from tavolo.base.stati import PassaggioNonPossibile, compi
from tests.factories import (
    CategoriaFactory,
    ChiusuraFactory,
    ContattoFactory,
    DestinatariFactory,
    LinguaFactory,
    LinguaParlataFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
    TraduzioneFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def risorsa():
    return RisorsaFactory(nome="Sportello", in_breve="Aiuto")


def test_salva_con_autore_impronta_italiano_e_storia(risorsa, mira):
    prima = versione()
    traduzione = salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira)
    assert (traduzione.testo, traduzione.italiano, traduzione.impronta) == ("Desk", "Sportello", impronta("Sportello"))
    assert (traduzione.stato, traduzione.autore, traduzione.oggetto) == ("da-rivedere", mira, risorsa)
    assert [(s.history_type, s.history_user) for s in traduzione.storia.all()] == [("+", mira)]
    assert versione() > prima


def test_lo_stesso_testo_non_si_riscrive(risorsa, mira):
    traduzione = salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira)
    salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira)
    assert traduzione.storia.count() == 1


def test_verificata_e_poi_cambiata_torna_da_rivedere(risorsa, mira, anna):
    traduzione = salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira, verificata=True)
    assert Traduzione.objects.get().stato == StatoTraduzione.VERIFICATA
    salva_traduzione(risorsa, "nome", "en", "Desk", autore=anna)
    assert Traduzione.objects.get().stato == StatoTraduzione.VERIFICATA
    salva_traduzione(risorsa, "nome", "en", "Help desk", autore=anna)
    salvata = Traduzione.objects.get()
    assert (salvata.testo, salvata.stato, salvata.autore) == ("Help desk", StatoTraduzione.DA_RIVEDERE, anna)
    assert [(s.testo, s.stato) for s in traduzione.storia.all()] == [
        ("Help desk", "da-rivedere"),
        ("Desk", "verificata"),
        ("Desk", "da-rivedere"),
    ]


def test_l_italiano_cambiato_mentre_si_traduceva(risorsa, mira):
    vista = impronta(risorsa.nome)
    risorsa.nome = "Sportello nuovo"
    risorsa.save()
    with pytest.raises(ItalianoCambiato) as cambiato:
        salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira, vista=vista)
    assert (cambiato.value.attuale, Traduzione.objects.count()) == ("Sportello nuovo", 0)


def test_di_due_che_traducono_lo_stesso_testo_il_secondo_lo_sa(risorsa, mira, anna):
    prima = salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira, sopra="")
    for sopra in ("", "2020-01-01T00:00:00+00:00"):
        with pytest.raises(VersioneSuperata):
            salva_traduzione(risorsa, "nome", "en", "Counter", autore=anna, sopra=sopra)
    assert salva_traduzione(risorsa, "nome", "en", "Desk", autore=anna, sopra="") == prima
    assert salva_traduzione(risorsa, "nome", "en", "Counter", autore=anna, sopra=timbro(prima)).testo == "Counter"


def test_togliere_solo_la_traduzione_che_si_e_vista(risorsa, mira, anna):
    traduzione = salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira)
    visto = timbro(traduzione)
    salva_traduzione(risorsa, "nome", "en", "Counter", autore=anna)
    with pytest.raises(VersioneSuperata):
        togli_traduzione(traduzione, autore=mira, sopra=visto)
    togli_traduzione(traduzione, autore=mira)
    togli_traduzione(traduzione, autore=mira)
    assert (Traduzione.objects.count(), traduzione.storia.first().history_user) == (0, mira)


def test_una_traduzione_superata_non_si_verifica(risorsa, mira):
    traduzione = salva_traduzione(risorsa, "nome", "en", "Desk", autore=mira)
    risorsa.nome = "Altro"
    risorsa.save()
    with pytest.raises(PassaggioNonPossibile, match="L'italiano è cambiato"):
        compi(traduzione, "verifica", autore=mira)


# --- The queue ----------------------------------------------------------------------------------------------------------


def test_la_coda_prima_i_termini_poi_le_schede_piu_viste_poi_i_luoghi(bollate):
    salute = CategoriaFactory(nome="Salute", descrizione="Medico")
    esempio = RisorsaFactory(nome="A esempio", esempio=True, area_servita="nazionale")
    comune, ambito = RisorsaFactory(nome="B comune"), RisorsaFactory(nome="C ambito", area_servita="ambito")
    emergenza = RisorsaFactory(nome="Z emergenza", area_servita="nazionale")
    ContattoFactory(ente=None, risorsa=emergenza, emergenza=True)
    RisorsaFactory(nome="Bozza", stato="bozza")
    sede = RisorsaInSedeFactory(risorsa=comune, sede=SedeFactory(comune=bollate)).sede
    SedeFactory(nome="Senza servizi")
    contatto = ContattoFactory(etichetta="centralino")
    assert [una.oggetto for una in coda_traduzioni.coda("en")] == [
        *(salute, emergenza, ambito, comune, esempio, sede, contatto),
    ]


def test_una_scheda_ha_i_suoi_testi_e_quelli_delle_sue_righe():
    risorsa = RisorsaFactory(nome="Sportello", in_breve="Aiuto")
    sede = SedeFactory(nome="Villa")
    in_sede = RisorsaInSedeFactory(risorsa=risorsa, sede=sede, nota="primo piano")
    RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(da_verificare=True), nota="nascosta")
    parlata = LinguaParlataFactory(risorsa=risorsa, quando="il lunedì")
    orario = OrarioFactory(risorsa=None, in_sede=in_sede, nota="solo donne")
    chiusura = ChiusuraFactory(ente=None, risorsa=risorsa, motivo="ferie")
    contatto = ContattoFactory(ente=None, risorsa=risorsa, etichetta="centralino")
    ContattoFactory(ente=None, risorsa=risorsa, etichetta="nascosto", da_verificare=True)
    voci = coda_traduzioni.scheda(risorsa, "ar").voci
    assert [(v.riga, v.campo, v.italiano) for v in voci] == [
        (risorsa, "nome", "Sportello"),
        (risorsa, "in_breve", "Aiuto"),
        (parlata, "quando", "il lunedì"),
        (in_sede, "nota", "primo piano"),
        (orario, "nota", "solo donne"),
        (chiusura, "motivo", "ferie"),
        (contatto, "etichetta", "centralino"),
    ]


def test_gli_stati_dei_testi_e_i_conteggi():
    termini = [DestinatariFactory(ordine=posto) for posto in range(4)]
    for termine in termini[1:]:
        TraduzioneFactory(oggetto=termine, lingua="en")
    Traduzione.objects.filter(oggetto_id=termini[3].pk).update(stato="verificata")
    termini[1].nome = "Un altro nome"
    termini[1].save()
    coda = coda_traduzioni.coda("en")
    assert [una.voci[0].stato for una in coda] == [
        Stato.MANCANTE,
        Stato.SUPERATA,
        Stato.DA_RIVEDERE,
        Stato.VERIFICATA,
    ]
    assert [una.da_fare for una in coda] == [1, 1, 1, 0]
    assert dict(coda_traduzioni.conta(coda)) == dict.fromkeys(Stato, 1)
    assert dict(coda_traduzioni.conta(coda_traduzioni.coda("ar"))) == {Stato.MANCANTE: 4}


def test_i_nomi_delle_lingue_che_il_cldr_conosce_non_sono_da_tradurre():
    LinguaFactory(nome="Arabo", codice="ar")
    ignota = LinguaFactory(nome="Lingua ignota", codice="qq")
    assert [una.oggetto for una in coda_traduzioni.coda("en")] == [ignota]


@pytest.mark.parametrize("quante", [1, 30])
def test_la_coda_costa_sempre_le_stesse_interrogazioni(django_assert_num_queries, quante):
    for _ in range(quante):
        risorsa = RisorsaFactory(categorie=[CategoriaFactory()])
        in_sede = RisorsaInSedeFactory(risorsa=risorsa)
        OrarioFactory(risorsa=None, in_sede=in_sede)
        LinguaParlataFactory(risorsa=risorsa)
        TraduzioneFactory(oggetto=risorsa)
    with django_assert_num_queries(21):
        coda_traduzioni.coda("en")
