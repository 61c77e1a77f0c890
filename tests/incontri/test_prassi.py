"""Good practices: who writes, reviews, publishes and adopts them, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from incontri.forms.prassi import AdozioneForm
from incontri.models import Adozione, Allegato, BuonaPrassi
from incontri.servizi.novita import novita_dal
from tavolo.base.concorrenza import timbro
from tests import factories as f

ELENCO, NUOVA, PUBBLICHE = (reverse(n) for n in ("prassi:prassi-list", "prassi:prassi-create", "lavoro:prassi-list"))


def pagina(prassi, nome="prassi-update", *altro):
    return reverse(f"prassi:{nome}", args=[prassi.pk, *altro])


def passa(cliente, prassi, nome, **dati):
    return cliente.post(pagina(prassi, "prassi-passaggio", nome), dati)


def parole(risposta):
    return " ".join(risposta.content.decode().split())


@pytest.fixture
def prassi(bruno):
    return f.BuonaPrassiFactory(titolo="Sportello di sera", ente=bruno.ente, autore=bruno)


@pytest.fixture
def pubblicata(prassi):
    return f.BuonaPrassiFactory(
        titolo="Avvisi coi disegni", ente=prassi.ente, stato="pubblicata", pubblicata_il=timezone.now()
    )


def dati(prassi, **altro):
    return {
        "titolo": prassi.titolo,
        "ente": prassi.ente_id,
        "in_breve": prassi.in_breve,
        "contesto": prassi.contesto,
        "azione": prassi.azione,
        "risultati": prassi.risultati,
        "timbro": timbro(prassi),
    } | altro


def test_un_referente_racconta_la_prassi_del_suo_ente(come, bruno, senait):
    cliente = come(bruno)
    valori = {"titolo": "Sera", "ente": senait.ente.pk, "in_breve": "Una sera.", "collegamenti": "non un indirizzo"}
    assert cliente.post(NUOVA, valori).context["form"].errors.keys() == {"ente", "collegamenti"}
    valori |= {"ente": bruno.ente.pk, "collegamenti": "https://example.org/a\r\nhttps://example.org/b"}
    risposta = cliente.post(NUOVA, valori)
    fatta = BuonaPrassi.objects.get()
    assert (risposta.url, fatta.stato, fatta.autore, fatta.storia.latest().history_user) == (
        fatta.get_absolute_url(),
        "bozza",
        bruno,
        bruno,
    )
    assert fatta.indirizzi == ["https://example.org/a", "https://example.org/b"]


def test_mandata_due_volte_ne_nasce_una(come, bruno):
    cliente = come(bruno)
    valori = {"titolo": "Sera", "ente": bruno.ente.pk, "in_breve": "Una sera."}
    valori["chiave"] = cliente.get(NUOVA).context["form"]["chiave"].value()
    prima, seconda = cliente.post(NUOVA, valori), cliente.post(NUOVA, valori)
    assert prima.url == seconda.url == BuonaPrassi.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("nome", "da", "a", "chi", "altri"),
    [
        ("proponi", "bozza", "proposta", ("bruno", "anna"), ("mira",)),
        ("proponi", "ritirata", "proposta", ("bruno", "anna"), ("mira",)),
        ("rimanda", "proposta", "bozza", ("anna",), ("bruno", "mira")),
        ("pubblica", "proposta", "pubblicata", ("anna",), ("bruno", "mira")),
        ("ritira", "pubblicata", "ritirata", ("anna",), ("bruno", "senait", "mira")),
    ],
)
def test_chi_la_porta_da_uno_stato_all_altro(nome, da, a, chi, altri, come, request, prassi):
    for persona in (*altri, *chi):
        il_giorno = timezone.now() if da == "pubblicata" else None
        BuonaPrassi.objects.filter(pk=prassi.pk).update(stato=da, pubblicata_il=il_giorno)
        risposta = passa(come(request.getfixturevalue(persona)), prassi, nome, motivo="Mancano i numeri.")
        prassi.refresh_from_db()
        assert (persona, risposta.status_code in (403, 404), prassi.stato) == (
            persona,
            persona in altri,
            da if persona in altri else a,
        )


def test_chi_la_rimanda_dice_che_cosa_manca_e_chi_l_ha_scritta_lo_legge(come, anna, bruno, prassi):
    assert passa(come(bruno), prassi, "proponi").status_code == 302
    assert "motivo" in passa(come(anna), prassi, "rimanda", motivo="").context["form"].errors
    passa(come(anna), prassi, "rimanda", motivo="Mancano i numeri.")
    assert "Mancano i numeri." in parole(come(bruno).get(prassi.get_absolute_url()))
    passa(come(bruno), prassi, "proponi")
    prassi.refresh_from_db()
    assert (prassi.stato, prassi.osservazioni) == ("proposta", "")


def test_senza_racconto_non_si_manda(come, bruno, prassi):
    BuonaPrassi.objects.filter(pk=prassi.pk).update(risultati="")
    risposta = passa(come(bruno), prassi, "proponi")
    assert (risposta.status_code, "Prima scrivi i risultati." in parole(risposta)) == (409, True)


def test_pubblicata_la_corregge_solo_chi_coordina_e_niente_si_perde(come, anna, bruno, prassi):
    aperta = dati(prassi, contesto="Scritto mentre veniva pubblicata.")
    passa(come(anna), prassi, "pubblica")
    prassi.refresh_from_db()
    assert come(bruno).get(pagina(prassi)).url == prassi.get_absolute_url()
    risposta = come(bruno).post(pagina(prassi), aperta)
    assert "Scritto mentre veniva pubblicata." in parole(risposta)
    assert "È già pubblicata" in parole(risposta)
    assert come(anna).post(pagina(prassi), dati(prassi, contesto="Riletto.")).status_code == 302
    prassi.refresh_from_db()
    assert prassi.contesto == "Riletto."


def test_due_insieme_si_leggono_tutti_e_due(come, anna, bruno, prassi):
    vista = dati(prassi, contesto="Testo di Bruno.")
    come(anna).post(pagina(prassi), dati(prassi, contesto="Testo di Anna."))
    risposta = come(bruno).post(pagina(prassi), vista)
    assert risposta.status_code == 409
    assert ("Testo di Anna." in parole(risposta), "Testo di Bruno." in parole(risposta)) == (True, True)
    vista["timbro"] = risposta.context["form"]["timbro"].value()
    assert come(bruno).post(pagina(prassi), vista).status_code == 302
    prassi.refresh_from_db()
    assert prassi.contesto == "Testo di Bruno."


def test_la_bozza_e_del_suo_ente(come, senait, anna, prassi):
    assert come(senait).get(prassi.get_absolute_url()).status_code == 404
    assert come(anna).get(prassi.get_absolute_url()).status_code == 200


def test_l_adotta_il_referente_di_un_altro_comune(come, bruno, senait, senago, bollate, pubblicata):
    nuova = pagina(pubblicata, "adozione-create")
    assert come(bruno).get(nuova).status_code == 302  # his comune is where it comes from
    assert come(senait).get(nuova).context["form"]["comune"].value() == senago.pk  # the only one she writes for
    assert come(senait).post(nuova, {"comune": bollate.pk, "dal": "2026"}).context["form"].errors.keys() == {"comune"}
    assert come(senait).post(nuova, {"comune": senago.pk, "dal": "2026-03", "nota": "Di mercoledì."}).status_code == 302
    fatta = Adozione.objects.get()
    assert (fatta.comune, fatta.autore, fatta.storia.get().history_user) == (senago, senait, senait)
    ancora = come(senait).post(nuova, {"comune": senago.pk, "dal": "2026"})
    assert ancora.context["form"].errors["comune"] == ["Questo comune l'ha già adottata, oppure non è il tuo."]
    assert come(bruno).get(pagina(pubblicata, "adozione-update", fatta.pk)).status_code == 403
    assert come(bruno).post(pagina(pubblicata, "adozione-togli", fatta.pk)).status_code == 403
    corretta = {"dal": "2026-03", "nota": "Di giovedì.", "timbro": timbro(fatta)}
    assert come(senait).post(pagina(pubblicata, "adozione-update", fatta.pk), corretta).status_code == 302
    pubblica = parole(come(bruno).get(pubblicata.pagina_pubblica))
    assert ("Di giovedì." in pubblica, "Senago" in pubblica) == (True, True)
    come(senait).post(pagina(pubblicata, "adozione-togli", fatta.pk))
    assert Adozione.objects.exists() is False
    assert Adozione.storia.first().history_user == senait


def test_in_due_la_adottano_insieme_e_il_secondo_lo_legge(come, senait, senago, pubblicata, monkeypatch):
    salva = AdozioneForm.save

    def intanto(form, *args):
        f.AdozioneFactory(prassi=pubblicata, comune=senago)
        return salva(form, *args)

    monkeypatch.setattr(AdozioneForm, "save", intanto)
    risposta = come(senait).post(pagina(pubblicata, "adozione-create"), {"comune": senago.pk, "dal": "2026"})
    assert risposta.context["form"].errors["comune"] == [
        "Questo comune l'ha già adottata: lo ha scritto qualcun altro mentre compilavi."
    ]


def test_chi_non_e_di_un_comune_non_adotta(come, pubblicata, bollate):
    asst = f.UtenteFactory(ente=f.EnteFactory(tipo="asst", comune=bollate))
    asst.groups.add(Group.objects.get(name="Referenti"))
    assert come(asst).get(pagina(pubblicata, "adozione-create")).status_code == 302
    assert "L'ha adottata un comune" not in parole(come(asst).get(pubblicata.get_absolute_url()))


def test_ritirata_mentre_si_scrive_l_adozione_il_testo_resta(come, senait, senago, pubblicata):
    BuonaPrassi.objects.filter(pk=pubblicata.pk).update(stato="ritirata", ente=senait.ente)
    risposta = come(senait).post(
        pagina(pubblicata, "adozione-create"), {"comune": senago.pk, "dal": "2026", "nota": "Scritta adesso."}
    )
    assert ("non è più pubblicata" in parole(risposta), "Scritta adesso." in parole(risposta)) == (True, True)


def test_i_materiali_si_controllano_e_si_pubblicano_con_la_prassi(come, client, anna, bruno, senait, prassi):
    dove = pagina(prassi, "allegato-list")
    finto = SimpleUploadedFile("volantino.pdf", b"non un pdf")
    assert come(bruno).post(dove, {"file": finto}).context["form"].errors.keys() == {"file"}
    vero = SimpleUploadedFile("note.txt", b"Come si fa, passo per passo.")
    assert come(bruno).post(dove, {"file": vero, "titolo": "Come si fa", "pubblico": "on"}).status_code == 302
    allegato = Allegato.objects.get()
    assert (allegato.prassi, allegato.pubblico, allegato.storia.get().history_user) == (prassi, True, bruno)
    di_tutti = reverse("archivio:allegato", args=[allegato.pk])
    assert come(senait).get(reverse("incontri:allegato", args=[allegato.pk])).status_code == 404
    assert client.get(di_tutti).status_code == 404
    passa(come(anna), prassi, "pubblica")
    risposta = client.get(di_tutti)
    assert (risposta.status_code, b"".join(risposta.streaming_content)) == (200, b"Come si fa, passo per passo.")
    assert "Come si fa" in parole(client.get(prassi.pagina_pubblica))
    # News and feed tell of it too, beside the attachments of the minutes.
    (una,) = novita_dal(timezone.now() - timedelta(days=1), genere="documento")
    assert (una.titolo, una.url) == ("Come si fa", prassi.pagina_pubblica)
    assert una.sintesi.endswith(f"con la buona prassi «{prassi.titolo}».")
    assert client.get(reverse("novita-atom")).status_code == 200
    come(bruno).post(reverse("incontri:allegato-togli", args=[allegato.pk]))
    assert Allegato.objects.count() == 1
    come(anna).post(reverse("incontri:allegato-togli", args=[allegato.pk]))
    assert Allegato.objects.count() == 0


def test_bisogno_e_prassi_si_trovano_l_uno_dall_altra(come, client, bruno, senait, prassi, pubblicata):
    bisogno = f.BisognoFactory(titolo="Orari")
    prassi.bisogni.set([bisogno])
    pubblicata.bisogni.set([bisogno])
    assert "Orari" in parole(come(bruno).get(prassi.get_absolute_url()))
    suoi = {p.titolo for p in come(bruno).get(bisogno.get_absolute_url()).context["prassi"]}
    altri = {p.titolo for p in come(senait).get(bisogno.get_absolute_url()).context["prassi"]}
    assert (suoi, altri) == ({"Sportello di sera", "Avvisi coi disegni"}, {"Avvisi coi disegni"})
    # A need that is not public yet is not named to everybody.
    assert "Orari" not in parole(client.get(pubblicata.pagina_pubblica))


@pytest.fixture
def voce(db):
    verbale = f.VerbaleFactory(stato="condiviso")
    return f.VoceFactory(
        tipo="buona-prassi", testo="- **Chi media** è in segreteria.\nDal 2024.", punto__incontro=verbale.incontro
    )


def test_da_una_voce_nasce_una_prassi_e_si_torna(come, bruno, senait, voce):
    tema = f.TemaFactory()
    voce.punto.incontro.temi.add(tema)
    cliente, verbale = come(bruno), reverse("incontri:verbale-detail", args=[voce.punto.incontro_id])
    nuova = f"{NUOVA}?voce={voce.pk}"
    assert nuova in cliente.get(verbale).text
    form = cliente.get(nuova).context["form"]
    assert [form[campo].value() for campo in ("titolo", "azione", "temi", "ente")] == [
        "Chi media è in segreteria.",
        voce.testo,
        [tema.pk],
        bruno.ente_id,
    ]
    assert cliente.get(NUOVA).context["form"]["ente"].value() == bruno.ente_id
    valori = {"titolo": "In segreteria", "ente": bruno.ente.pk, "in_breve": "Chi media è lì."}
    fatta = BuonaPrassi.objects.get(titolo="In segreteria") if cliente.post(nuova, valori).status_code == 302 else None
    assert fatta.voce == voce
    assert fatta.get_absolute_url() in cliente.get(verbale).text
    assert f"{verbale}#voce-{voce.pk}" in cliente.get(fatta.get_absolute_url()).text
    assert "Da questa voce è già nata" in parole(cliente.get(nuova))
    # a draft is of its ente: the others read the entry, not the draft
    assert fatta.get_absolute_url() not in come(senait).get(verbale).text
    assert "Da questa voce è già nata" not in parole(come(senait).get(nuova))


def test_da_una_bozza_non_nasce_una_prassi_ma_niente_si_perde(come, bruno, voce):
    verbale = voce.punto.incontro.verbale
    verbale.stato = "bozza"
    verbale.save()
    nuova = f"{NUOVA}?voce={voce.pk}"
    cliente = come(bruno)
    assert [cliente.get(nuova).status_code, cliente.get(f"{NUOVA}?voce=x").status_code] == [404, 404]
    valori = {"titolo": "In segreteria", "ente": bruno.ente.pk, "in_breve": "Chi media è lì."}
    assert cliente.post(nuova, valori).status_code == 302
    assert BuonaPrassi.objects.get().voce is None


def test_chi_non_scrive_per_un_ente_non_vede_il_passo(come, mira, voce):
    assert NUOVA not in come(mira).get(reverse("incontri:verbale-detail", args=[voce.punto.incontro_id])).text


def test_il_pubblico_legge_solo_le_pubblicate(client, prassi, pubblicata):
    elenco = parole(client.get(PUBBLICHE))
    assert (pubblicata.titolo in elenco, prassi.titolo in elenco) == (True, False)
    assert client.get(prassi.pagina_pubblica).status_code == 404


def test_i_filtri_di_tutti_e_quelli_dell_area(client, come, bruno, bollate, senago, pubblicata):
    tema, donne = f.TemaFactory(), f.DestinatariFactory()
    altra = f.BuonaPrassiFactory(
        titolo="Volontari", azione="Accompagnano allo sportello", stato="pubblicata", pubblicata_il=timezone.now()
    )
    altra.temi.add(tema)
    altra.comuni.add(senago)
    f.AdozioneFactory(prassi=altra, comune=bollate)
    di_tutti, non_ancora = f.BisognoFactory(destinatari=[donne]), f.BisognoFactory(destinatari=[donne])
    f.RilevazioneFactory(
        stato="pubblicata", pubblicata_il=timezone.now(), decisione=f.VoceFactory(), bisogni=[di_tutti]
    )
    altra.bisogni.add(di_tutti)
    pubblicata.bisogni.add(non_ancora)

    def trovate(dove, **filtri):
        return {una.titolo for una in client.get(dove, filtri).context["object_list"]}

    assert trovate(PUBBLICHE, q="volontari SPORTELLO") == trovate(PUBBLICHE, tema=tema.slug) == {"Volontari"}
    assert trovate(PUBBLICHE, comune=senago.slug) == {"Volontari"}
    assert trovate(PUBBLICHE, comune=bollate.slug) == {"Volontari", "Avvisi coi disegni"}
    # by the needs everybody reads: the others are not told of, not even so
    assert trovate(PUBBLICHE, per=donne.slug) == {"Volontari"}
    assert trovate(PUBBLICHE, q="niente") == set()
    assert "Nessuna buona prassi trovata" in parole(client.get(PUBBLICHE, {"q": "niente"}))
    assert trovate(PUBBLICHE, tema="inventato") == {"Volontari", "Avvisi coi disegni"}
    come(bruno)
    assert trovate(ELENCO, per=donne.slug) == {"Volontari", "Avvisi coi disegni"}
    assert trovate(ELENCO, stato="bozza") == {"Sportello di sera"}


@pytest.mark.parametrize("quante", [1, 3])
def test_elenchi_in_interrogazioni_costanti(quante, come, bruno, bollate, django_assert_num_queries):
    for _ in range(quante):
        una = f.BuonaPrassiFactory(stato="pubblicata", pubblicata_il=timezone.now(), comuni=[bollate])
        f.AdozioneFactory.create_batch(quante, prassi=una)
    cliente = come(bruno)
    with django_assert_num_queries(12):
        cliente.get(ELENCO)
    with django_assert_num_queries(13):
        cliente.get(PUBBLICHE)


def test_chi_coordina_trova_nell_area_quella_da_rivedere_e_l_ente_quella_da_completare(
    come, anna, bruno, senait, prassi
):
    def aspettano(persona):
        righe = come(persona).get(reverse("area")).context["attese"]
        return [(riga.perche, riga.passo.url) for riga in righe if riga.oggetto == prassi]

    dove = prassi.get_absolute_url()
    assert (aspettano(anna), aspettano(bruno)) == ([], [])
    passa(come(bruno), prassi, "proponi")
    assert aspettano(anna) == [("Buona prassi da rivedere, di Comune di Bollate", dove)]
    passa(come(anna), prassi, "rimanda", motivo="Mancano i numeri.")
    assert (aspettano(anna), aspettano(bruno)) == ([], [("Chi coordina chiede di completarla", dove)])
    assert aspettano(senait) == []
