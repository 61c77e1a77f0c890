"""A document out for comments: each ente is told once, whatever becomes of the mail; when it is asked again, again."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from incontri.models import AvvisoRestituzione
from incontri.servizi.restituzioni.compilazione import compila_restituzione
from incontri.servizi.restituzioni.consultazione import avvisa_gli_enti, chiedi_commenti, da_avvisare
from incontri.servizi.restituzioni.vita import crea_restituzione
from tavolo.base.stati import compi

BASE = "https://portale.example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture
def documento(anna):
    restituzione = crea_restituzione(titolo="Il 2026", dal=date(2026, 1, 1), al=date(2026, 6, 30), autore=anna)
    compila_restituzione(restituzione, autore=anna)
    return restituzione


@pytest.fixture
def posta_rotta(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1


def chiedi(cliente, documento):
    return cliente.post(reverse("restituzioni:restituzione-passaggio", args=[documento.pk, "consulta"]))


def test_chi_chiede_i_commenti_scrive_agli_enti_una_volta(
    come, anna, bruno, senait, documento, mailoutbox, django_capture_on_commit_callbacks
):
    assert da_avvisare(documento) == []
    with django_capture_on_commit_callbacks(execute=True):
        chiedi(come(anna), documento)
        come(anna).post(reverse("restituzioni:restituzione-avvisa", args=[documento.pk]))
    assert sorted(m.to for m in mailoutbox) == [[bruno.email], [senait.email]]
    assert mailoutbox[0].subject == "Tavolo Intercultura: da leggere e commentare, Il 2026"
    assert documento.get_absolute_url() in mailoutbox[0].body
    assert AvvisoRestituzione.objects.count() == 2

    documento.refresh_from_db()
    compi(documento, "riprendi", autore=anna)
    chiedi_commenti(documento, autore=anna)
    assert [avviso.ente for avviso in da_avvisare(documento)] == [bruno.ente, senait.ente]


def test_una_posta_rotta_non_disfa_niente_e_si_riprova(
    come, anna, bruno, documento, posta_rotta, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        chiedi(come(anna), documento)

    documento.refresh_from_db()
    assert (documento.stato, AvvisoRestituzione.objects.count()) == ("in-consultazione", 0)
    pagina = come(anna).get(documento.get_absolute_url())
    assert pagina.context["da_avvisare"] == [bruno.ente]
    assert come(bruno).post(reverse("restituzioni:restituzione-avvisa", args=[documento.pk])).status_code == 403


def test_il_comando_manda_quello_che_non_e_partito(anna, bruno, documento, settings, mailoutbox, capsys):
    settings.INDIRIZZO_PORTALE = BASE
    chiedi_commenti(documento, autore=anna)
    call_command("avvisa_enti")
    call_command("avvisa_enti")
    assert capsys.readouterr().out.splitlines() == [f"{bruno.ente}, Il 2026: mandato a 1.", "Niente da mandare."]
    assert len(mailoutbox) == 1


def test_il_comando_dice_che_cosa_non_e_partito(anna, bruno, documento, posta_rotta, settings):
    settings.INDIRIZZO_PORTALE = BASE
    chiedi_commenti(documento, autore=anna)
    with pytest.raises(CommandError, match="E-mail non mandate: 1 su 1"):
        call_command("avvisa_enti")
    assert avvisa_gli_enti(documento, base=BASE) == [bruno.ente]
