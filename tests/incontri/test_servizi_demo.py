"""The sample meetings of the demo: the whole life of minutes, once, and nothing that could pass for true."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from incontri.models import Allegato, Impegno, Incontro, Istanza, Verbale
from incontri.servizi.avvisi import tutti_da_avvisare
from incontri.servizi.avvisi_istanze import da_avvisare
from incontri.servizi.demo import crea_incontri_di_esempio
from referenti.servizi.demo import crea_demo


@pytest.fixture
def persone(db, settings):
    settings.DEMO = True
    call_command("carica_dati", "dati/", verbosity=0)
    return crea_demo()


def test_lasciano_una_vita_intera_e_una_volta_sola(persone):
    assert (crea_incontri_di_esempio(persone), crea_incontri_di_esempio(persone)) == (3, 0)
    incontri = Incontro.objects.filter(slug__startswith="incontro-di-esempio-").order_by("inizio")
    assert [i.stato for i in incontri] == ["svolto", "svolto", "convocato"]
    assert all(i.titolo.startswith("Incontro di esempio: ") for i in incontri)
    verbali = Verbale.objects.order_by("incontro__inizio")
    assert [v.stato for v in verbali] == ["pubblicato", "condiviso"]
    assert incontri[1].punti.first().voci.get().esito == "unanimita"
    assert incontri[2].punti.first().verbale_da_approvare == verbali[1]


def test_non_scrive_a_nessuno_e_nessuno_resta_da_avvisare(persone, mailoutbox):
    crea_incontri_di_esempio(persone)
    assert mailoutbox == []
    assert tutti_da_avvisare() == []


def test_un_consultorio_ha_risposto_e_nessuna_e_mail_parte(persone, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        crea_incontri_di_esempio(persone)
    istanza = Istanza.objects.da_discutere().get()
    assert istanza.oggetto.startswith("Istanza di esempio: ")
    assert (istanza.mittente.slug, istanza.destinatario.padre.slug) == ("comune-di-bollate", "asst-rhodense")
    assert [(m.risposta, m.ente.slug) for m in istanza.messaggi.all()] == [(True, "asst-rhodense")]
    assert (mailoutbox, da_avvisare()) == ([], [])


def test_un_allegato_si_scarica_da_tutti(persone, client):
    crea_incontri_di_esempio(persone)
    allegato = Allegato.objects.pubblicati().get()
    pagina = client.get(reverse("archivio:incontro-detail", args=[allegato.incontro.slug])).content.decode()
    indirizzo = reverse("archivio:allegato", args=[allegato.pk])
    assert indirizzo in pagina
    assert b"numeri di esempio" in b"".join(client.get(indirizzo).streaming_content)


def test_un_impegno_e_in_ritardo(persone):
    crea_incontri_di_esempio(persone)
    assert Impegno.objects.count() == 3
    assert Impegno.objects.in_ritardo().get().ente.slug == "comune-di-bollate"
