"""People, seats and the door of the back office."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.urls import reverse

from referenti.models import Ente, Seggio, Utente
from tavolo.base.concorrenza import timbro
from tavolo.base.permessi import COORDINAMENTO, GRUPPI, REFERENTI
from tests.factories import IncaricoFactory, SeggioFactory, UtenteFactory

pytestmark = pytest.mark.django_db


def pagina(vista, *args, modello="utente"):
    return reverse(f"admin:referenti_{modello}_{vista}", args=args)


def dati(**altri):
    return {"nome": "Nina", "cognome": "Nuova", "email": "Nina@Example.org", "is_active": "on"} | altri


def con_timbro(riga, **altri):
    return dati(timbro=timbro(riga), **altri)


def messaggi(risposta):
    return [str(m) for m in risposta.context["messages"]]


def test_chi_non_ha_fatto_l_accesso_va_alla_porta_del_portale(client):
    risposta = client.get(reverse("admin:index"), follow=True)
    assert risposta.redirect_chain == [
        ("/amministrazione/login/?next=/amministrazione/", 302),
        (f"{reverse('account_login')}?next=%2Famministrazione%2F", 302),
    ]


def test_chi_non_coordina_trova_scritto_che_non_puo(bruno, come):
    risposta = come(bruno).get(reverse("admin:index"), follow=True)
    assert (risposta.status_code, len(risposta.redirect_chain)) == (403, 1)
    assert "Non puoi vedere questa pagina" in risposta.content.decode()


def test_chi_coordina_passa_dalla_porta_senza_girare(anna, come):
    assert come(anna).get(reverse("admin:login")).url == reverse("admin:index")
    assert come(anna).get(reverse("admin:login") + "?next=https://male.example/").url == reverse("admin:index")


def test_password_e_uscita_sono_quelle_del_portale(anna, come):
    cliente = come(anna)
    assert cliente.get(reverse("admin:password_change")).url == reverse("account_change_password")
    assert cliente.get(reverse("admin:logout")).status_code == 405
    assert cliente.post(reverse("admin:logout")).url == reverse("home")
    assert "_auth_user_id" not in cliente.session


def test_prima_pagina_dice_che_cosa_aspetta(anna, come, django_assert_num_queries):
    Ente.objects.update(da_verificare=True)
    SeggioFactory(ente=anna.ente)
    cliente = come(anna)
    with django_assert_num_queries(22):  # one for each of the seventeen things that may wait
        risposta = cliente.get(reverse("admin:index"))
    assert [(a.etichetta, a.quante) for a in risposta.context["attese"]] == [
        ("Enti da verificare", 1),
        ("Seggi vacanti", 1),
    ]
    for attesa in risposta.context["attese"]:
        assert cliente.get(attesa.indirizzo).context["cl"].result_count == attesa.quante


def test_seggi_vacanti_e_occupati(anna, bruno, come):
    vuoto = SeggioFactory(nome="Vuoto")

    def elenco(valore):
        risposta = come(anna).get(pagina("changelist", modello="seggio"), {"vacante": valore})
        return list(risposta.context["cl"].queryset)

    assert (elenco("si"), elenco("no")) == ([vuoto], list(Seggio.objects.exclude(pk=vuoto.pk)))


def test_persona_nuova_senza_password_e_con_i_ruoli(anna, come):
    ruolo = Group.objects.get_or_create(name=REFERENTI)[0]
    come(anna).post(pagina("add"), dati(groups=[ruolo.pk], is_superuser="on", password="x"))
    nina = Utente.objects.get(email="nina@example.org")
    assert (nina.has_usable_password(), nina.is_superuser, list(nina.groups.all())) == (False, False, [ruolo])


def test_si_scelgono_solo_i_tre_ruoli(anna, come):
    for nome in GRUPPI:
        Group.objects.get_or_create(name=nome)
    altro = Group.objects.create(name="Altro")
    modulo = come(anna).get(pagina("add")).context["adminform"].form
    assert [str(g) for g in modulo.fields["groups"].queryset] == sorted(GRUPPI)
    assert "is_superuser" not in modulo.fields
    come(anna).post(pagina("add"), dati(groups=[altro.pk]))
    assert not Utente.objects.filter(email="nina@example.org").exists()


def test_chi_coordina_non_tocca_un_superutente(anna, superutente, come):
    cliente = come(anna)
    assert cliente.get(pagina("change", superutente.pk)).status_code == 200
    assert cliente.post(pagina("change", superutente.pk), dati(email="ladra@example.org")).status_code == 403
    assert cliente.post(pagina("delete", superutente.pk), {"post": "yes"}).status_code == 403
    assert cliente.post(pagina("invito", superutente.pk)).status_code == 403
    scelti = {"action": "delete_selected", "_selected_action": [superutente.pk], "post": "yes"}
    cliente.post(pagina("changelist"), scelti)
    superutente.refresh_from_db()
    assert superutente.email == "super@example.org"


def test_una_versione_vecchia_non_fa_ne_disfa_superutenti(anna, bruno, superutente, come):
    bruno.is_superuser = True
    bruno.save()
    bruno.is_superuser = False
    bruno.save()
    da_super = bruno.storia.filter(is_superuser=True).get()
    cliente = come(anna)
    assert cliente.post(pagina("simple_history", bruno.pk, da_super.pk), dati(email=bruno.email)).status_code == 403
    vecchia = superutente.storia.get()
    vecchia.is_superuser = False
    vecchia.save()
    assert cliente.post(pagina("simple_history", superutente.pk, vecchia.pk), dati()).status_code == 403
    assert [Utente.objects.get(pk=u.pk).is_superuser for u in (bruno, superutente)] == [False, True]


def test_il_superutente_puo_farne_un_altro(superutente, come):
    come(superutente).post(pagina("add"), dati(is_superuser="on"))
    assert Utente.objects.get(email="nina@example.org").is_superuser is True


def test_non_ci_si_chiude_fuori(anna, come):
    coordinamento = Group.objects.get(name=COORDINAMENTO)
    corpo = con_timbro(anna, email=anna.email, groups=[coordinamento.pk], is_active="")
    risposta = come(anna).post(pagina("change", anna.pk), corpo)
    assert risposta.context["adminform"].form.errors["is_active"] == [
        "Non puoi disattivare te stesso: chiedilo a chi coordina con te."
    ]


def test_chi_coordina_non_si_toglie_il_ruolo(anna, come):
    risposta = come(anna).post(pagina("change", anna.pk), con_timbro(anna, email=anna.email))
    assert risposta.context["adminform"].form.errors["groups"] == [
        "Non puoi toglierti il ruolo di coordinamento: chiedilo a chi coordina con te."
    ]
    assert [g.name for g in anna.groups.all()] == [COORDINAMENTO]


def test_chi_coordina_toglie_il_ruolo_a_un_altra_e_un_superutente_non_ne_ha_bisogno(anna, superutente, come):
    assert come(superutente).post(pagina("change", anna.pk), con_timbro(anna, email=anna.email)).status_code == 302
    assert list(anna.groups.all()) == []
    corpo = con_timbro(superutente, email=superutente.email, is_superuser="on")
    assert come(superutente).post(pagina("change", superutente.pk), corpo).status_code == 302


def test_non_si_elimina_se_stessi(anna, superutente, come):
    avviso = "non puoi eliminare te stesso, chiedilo a chi coordina con te."
    altra = UtenteFactory()
    for chi in (anna, superutente):
        cliente = come(chi)
        da_sola = cliente.post(pagina("delete", chi.pk), {"post": "yes"})
        scelti = {"action": "delete_selected", "_selected_action": [chi.pk, altra.pk], "post": "yes"}
        in_blocco = cliente.post(pagina("changelist"), scelti)
        assert [avviso in risposta.text for risposta in (da_sola, in_blocco)] == [True, True]
        assert Utente.objects.filter(pk__in=[chi.pk, altra.pk]).count() == 2


def test_una_versione_vecchia_non_lascia_aperta_la_porta_nuova(anna, bruno, come):
    vecchia = bruno.storia.first()
    bruno.email = "bruno.nuovo@example.org"
    bruno.save()
    EmailAddress.objects.create(user=bruno, email=bruno.email, primary=True, verified=True)
    dove = pagina("simple_history", bruno.pk, vecchia.pk)
    assert come(anna).post(dove, con_timbro(bruno, email="bruno@example.org", ente=bruno.ente_id)).status_code == 302
    bruno.refresh_from_db()
    assert bruno.email == "bruno@example.org"
    assert not EmailAddress.objects.filter(user=bruno).exclude(email=bruno.email).exists()


def test_l_indirizzo_vecchio_non_apre_piu(anna, bruno, come):
    EmailAddress.objects.create(user=bruno, email=bruno.email, primary=True, verified=True)
    come(anna).post(pagina("change", bruno.pk), con_timbro(bruno, email="bruno.nuovo@example.org"))
    bruno.refresh_from_db()
    assert bruno.email == "bruno.nuovo@example.org"
    assert not EmailAddress.objects.filter(user=bruno).exclude(email=bruno.email).exists()


def test_invito_di_una_chiave_che_non_lo_e(anna, come):
    assert come(anna).post("/amministrazione/referenti/utente/abc/invito/").status_code == 404


def test_invito_dalla_pagina_e_dall_elenco(anna, bruno, come, mailoutbox):
    spenta = UtenteFactory(nome="Sara", cognome="Spenta", is_active=False)
    cliente = come(anna)
    assert cliente.get(pagina("invito", bruno.pk)).status_code == 405
    assert messaggi(cliente.post(pagina("invito", bruno.pk), follow=True)) == [
        "Invitazione mandata a bruno@example.org."
    ]
    scelti = {"action": "manda_invito", "_selected_action": [bruno.pk, spenta.pk]}
    assert sorted(messaggi(cliente.post(pagina("changelist"), scelti, follow=True))) == [
        "Invitazione mandata a bruno@example.org.",
        "Sara Spenta non è una persona attiva: prima riattivala.",
    ]
    assert [m.to for m in mailoutbox] == [["bruno@example.org"]] * 2


def test_la_posta_che_non_parte_si_dice(anna, bruno, come, monkeypatch):
    def rotta(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("referenti.admin.utenti.invita", rotta)
    assert messaggi(come(anna).post(pagina("invito", bruno.pk), follow=True)) == [
        "La posta non parte: Bruno Bollate non ha ricevuto l'invitazione."
    ]


def test_righe_protette_si_spiegano(anna, come):
    seggio = SeggioFactory()
    IncaricoFactory(seggio=seggio)
    risposta = come(anna).post(pagina("delete", seggio.pk, modello="seggio"), {"post": "yes"})
    assert (risposta.status_code, len(risposta.context["protected"])) == (200, 1)
    assert Seggio.objects.filter(pk=seggio.pk).exists()


@pytest.mark.parametrize("vista", ["history", "change", "delete"])
def test_chiavi_che_non_lo_sono(vista, anna, come):
    assert come(anna).get(pagina(vista, "boh", modello="ente"), follow=True).status_code in (200, 404)
    assert come(anna).get(f"/amministrazione/referenti/ente/{anna.ente.pk}/history/boh/").status_code == 404


def test_persone_in_uscita_senza_password_e_niente_in_entrata(anna, come):
    righe = come(anna).post(pagina("export"), {"format": "0"}).content.decode("utf-8-sig").splitlines()
    assert righe[0] == "email,nome,cognome,ente,is_active"
    assert come(anna).get("/amministrazione/referenti/utente/import/", follow=True).status_code in (200, 404)
