"""From the votes in the database to the ranking: the same numbers the pure formulas give, in whatever order the votes came."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incontri.models import Voto, VotoComune
from incontri.priorita import dati as formule
from incontri.priorita.graduatoria import graduatoria
from incontri.servizi.rilevazioni.risultati import calcola, posti
from tests import factories as f

ENTI = ("comune", "comune", "asst", "cooperativa")
risposte = st.none() | st.integers(1, 5)
# For each need, what each ente says: gravity, inequality, gravity in the one comune; None, it did not vote.
voti = st.lists(
    st.lists(st.none() | st.tuples(risposte, risposte, risposte), min_size=len(ENTI), max_size=len(ENTI)),
    min_size=2,
    max_size=2,
)


def deposita(rilevazione, comune, detti, ordine):
    Voto.objects.filter(rilevazione=rilevazione).delete()
    for bisogno, quale, ente, chi in ordine:
        if detti[quale][chi] is None:
            continue
        gravita, equita, nel_comune = detti[quale][chi]
        voto = f.VotoFactory(rilevazione=rilevazione, bisogno=bisogno, ente=ente, gravita=gravita, equita=equita)
        VotoComune.objects.create(voto=voto, comune=comune, gravita=nel_comune)


@given(detti=voti, dati=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_dai_voti_salvati_vengono_i_numeri_delle_formule(db, bollate, detti, dati):
    bollate.nell_ambito = True
    bollate.save()
    bisogni = [f.BisognoFactory(titolo=titolo) for titolo in ("Casa", "Orari")]
    enti = [f.EnteFactory(tipo=tipo) for tipo in ENTI]
    rilevazione = f.RilevazioneFactory(stato="fra-i-turni", bisogni=bisogni, enti=enti)
    coppie = [(bisogno, q, ente, chi) for q, bisogno in enumerate(bisogni) for chi, ente in enumerate(enti)]

    deposita(rilevazione, bollate, detti, coppie)
    primo = calcola(rilevazione, fino_al_turno=1)
    deposita(rilevazione, bollate, detti, dati.draw(st.permutations(coppie)))
    secondo = calcola(rilevazione, fino_al_turno=1)

    assert secondo == primo
    rilevazione.risultati = primo
    attesi = [
        formule.DatiBisogno(
            str(bisogno.pk),
            bisogno.titolo,
            tuple(
                formule.Voto(str(ente.pk), ente.tipo, *detto[:2], {bollate.slug: detto[2]})
                for ente, detto in zip(enti, detti[quale], strict=True)
                if detto is not None
            ),
        )
        for quale, bisogno in enumerate(bisogni)
    ]
    assert posti(rilevazione) == graduatoria(attesi, primo["ingresso"]["popolazioni"], aventi_diritto=len(enti))
