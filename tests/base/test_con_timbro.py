"""Two people on the same form: who saves second keeps what they typed, and what the others wrote elsewhere."""

import pytest
from django.http import QueryDict

from incontri.forms.bisogni import BisognoForm
from incontri.models import Bisogno
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tests.factories import BisognoFactory, DestinatariFactory, TemaFactory

pytestmark = pytest.mark.django_db


def modulo(bisogno, utente, **cambi):
    """The form as a browser sends it from the page of `bisogno` as it is now, but for `cambi`."""
    dati = QueryDict(mutable=True)
    dati.update(
        {
            "titolo": bisogno.titolo,
            "descrizione": bisogno.descrizione.replace("\n", "\r\n"),
            "tema": str(bisogno.tema_id),
            "timbro": timbro(bisogno),
        }
    )
    for nome in ("destinatari", "comuni", "categorie"):
        dati.setlist(nome, [str(pk) for pk in getattr(bisogno, nome).values_list("pk", flat=True)])
    for nome, valore in cambi.items():
        dati.setlist(nome, valore if isinstance(valore, list) else [valore])
    return BisognoForm(dati, instance=Bisogno.objects.get(pk=bisogno.pk), utente=utente)


@pytest.fixture
def bisogno():
    return BisognoFactory(titolo="Corsi di sera", descrizione="Prima riga\nSeconda riga", tema=TemaFactory())


def salva(form):
    assert form.is_valid(), form.errors
    form.save()


def riaperto(form):
    assert form.is_valid(), form.errors
    with pytest.raises(VersioneSuperata) as superata:
        form.save()
    (salvato,) = superata.value.salvate.values()
    return form.riaperto(salvato)


def test_quello_che_hanno_cambiato_solo_gli_altri_resta(anna, bisogno):
    donne = DestinatariFactory()
    mio = modulo(bisogno, anna, titolo="Corsi la sera")
    salva(modulo(bisogno, anna, descrizione="Di un'altra persona", destinatari=[str(donne.pk)]))

    nuovo = riaperto(mio)

    assert nuovo.confronto() == [("Il bisogno, in una riga", "Corsi di sera", "Corsi la sera")]
    assert nuovo.accolti == ["Che cosa succede", str(nuovo["destinatari"].label)]
    salva(nuovo)
    salvato = Bisogno.objects.get(pk=bisogno.pk)
    assert (salvato.titolo, salvato.descrizione) == ("Corsi la sera", "Di un'altra persona")
    assert list(salvato.destinatari.all()) == [donne]


def test_chi_non_ha_cambiato_niente_trova_quello_degli_altri(anna, bisogno):
    mio = modulo(bisogno, anna)
    salva(modulo(bisogno, anna, titolo="Un altro titolo"))

    nuovo = riaperto(mio)

    assert (nuovo.confronto(), nuovo.accolti) == ([], ["Il bisogno, in una riga"])
    assert nuovo["titolo"].value() == "Un altro titolo"


def test_dove_hanno_scritto_tutti_e_due_resta_il_mio_accanto_al_suo(anna, bisogno):
    mio = modulo(bisogno, anna, titolo="Il mio", descrizione="Anche questo")
    salva(modulo(bisogno, anna, titolo="Il suo"))

    nuovo = riaperto(mio)

    assert nuovo.confronto() == [
        ("Il bisogno, in una riga", "Il suo", "Il mio"),
        ("Che cosa succede", "Prima riga\nSeconda riga", "Anche questo"),
    ]
    assert nuovo.accolti == []


@pytest.mark.parametrize("segno", ["", "ieri", "2020-01-01T00:00:00+00:00"])
def test_se_non_si_sa_che_cosa_ha_visto_vale_quello_che_ha_scritto(anna, bisogno, segno):
    mio = modulo(bisogno, anna, timbro=segno, titolo="Il mio")
    salva(modulo(bisogno, anna, descrizione="Di un'altra persona"))

    nuovo = riaperto(mio)

    assert nuovo.accolti == []
    assert [riga[0] for riga in nuovo.confronto()] == ["Il bisogno, in una riga", "Che cosa succede"]
