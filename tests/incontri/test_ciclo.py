"""The life of the minutes: what gates each step, who may take it, what it leaves behind."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from incontri.models import AvvisoVerbale, Incontro, Osservazione, Presenza, Verbale, Voce
from incontri.models.completezza import impedimento, requisiti
from incontri.servizi.anteprima import sospetti
from incontri.servizi.approvazioni import approva_verbale
from incontri.servizi.condivisioni import condividi_verbale, correzioni, riprendi_verbale
from incontri.servizi.osservazioni import NonSiOsserva, decidi_osservazione, osserva
from incontri.servizi.pubblicati import anteprima
from incontri.servizi.pubblicazioni import pubblica_verbale
from tavolo.base.contenuto import versione
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import IncontroFactory, OsservazioneFactory, PuntoOdgFactory, VerbaleFactory
from tests.incontri.completo import MOMENTO, verbale_completo


def di(nome, verbale, *altro):
    return reverse(f"incontri:{nome}", args=[verbale.incontro_id, *altro])


@pytest.fixture
def bozza(bruno):
    return verbale_completo(bruno)


@pytest.fixture
def condiviso(bruno):
    return verbale_completo(bruno, stato="condiviso")


@pytest.fixture
def successivo(db):
    return IncontroFactory(titolo="Sesto incontro", stato="svolto", inizio=MOMENTO + timedelta(days=60))


@pytest.mark.parametrize(
    ("modello", "campi", "manca"),
    [
        (Incontro, {"luogo": ""}, "come e dove"),
        (Incontro, {"presiede": None}, "chi coordina l'incontro"),
        (Verbale, {"aperto": None}, "l'ora di inizio"),
        (Verbale, {"chiuso": None}, "l'ora di fine"),
        (Verbale, {"verbalizzante": None}, "chi verbalizza"),
        (Presenza, {"esito": "assente"}, "chi c'era"),
        (Presenza, {"esito": "delega"}, "chi è venuto con la delega"),
        (Voce, {"testo": " "}, "il testo del punto 1; il testo del punto 2"),
    ],
)
def test_che_cosa_manca_blocca_la_condivisione_ed_e_nominato(bozza, bruno, modello, campi, manca):
    modello.objects.update(**campi)

    with pytest.raises(PassaggioNonPossibile, match=manca):
        condividi_verbale(bozza, autore=bruno)

    assert Verbale.objects.get().stato == "bozza"


def test_decisione_senza_esito_e_impegno_senza_ente_bloccano(bozza):
    Voce.objects.filter(tipo="decisione").update(esito="")
    Voce.objects.get(tipo="impegno").impegno.delete()

    assert impedimento(Verbale.objects.get()) == (
        "Prima di condividere il verbale mancano: com'è stata presa la decisione del punto 2; "
        "l'ente che prende l'impegno del punto 2."
    )


def test_la_convocazione_e_le_varie_non_bloccano(bozza):
    Incontro.objects.update(convocato_il=None)
    PuntoOdgFactory(incontro=bozza.incontro, tipo="varie", ordine=9)

    assert impedimento(Verbale.objects.get()) == ""


def test_condividere_segna_le_date_e_avvisa_ogni_ente_una_volta(
    come, bozza, bruno, senait, settings, django_capture_on_commit_callbacks
):
    settings.GIORNI_OSSERVAZIONI = 12
    with django_capture_on_commit_callbacks(execute=True):
        come(bruno).post(di("verbale-passaggio", bozza, "condividi"))
    with django_capture_on_commit_callbacks(execute=True):
        come(bruno).post(di("verbale-avvisa", bozza))

    verbale = Verbale.objects.get()
    assert (verbale.stato, verbale.osservazioni_entro) == ("condiviso", timezone.localdate() + timedelta(days=12))
    assert sorted(m.to for m in mail.outbox) == [["bruno@example.org"], ["senait@example.org"]]
    assert AvvisoVerbale.objects.filter(condivisione=verbale.condiviso_il).count() == 2


def test_una_posta_rotta_non_disfa_la_condivisione_e_si_riprova(
    come, bozza, bruno, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    with django_capture_on_commit_callbacks(execute=True):
        come(bruno).post(di("verbale-passaggio", bozza, "condividi"))

    assert (Verbale.objects.get().stato, AvvisoVerbale.objects.count()) == ("condiviso", 0)
    pagina = come(bruno).get(di("verbale-detail", bozza))
    assert pagina.context["da_avvisare"] == [bruno.ente]


def test_ricondiviso_dice_perche_e_quali_punti(bozza, bruno):
    condividi_verbale(bozza, autore=bruno)
    riprendi_verbale(bozza, motivo="Correggo la data", autore=bruno)
    voce = Voce.objects.get(tipo="discussione")
    voce.testo = "Corretto"
    voce.save()
    condividi_verbale(bozza, autore=bruno)

    trovate = correzioni(bozza)
    assert (trovate.motivi, trovate.punti) == (["Correggo la data"], [voce.punto])


@pytest.mark.parametrize(("giorni", "in_ritardo", "si_puo"), [(0, False, True), (-1, False, False), (-1, True, True)])
def test_si_osserva_fino_a_tutto_l_ultimo_giorno(condiviso, senait, giorni, in_ritardo, si_puo):
    Verbale.objects.update(osservazioni_entro=timezone.localdate() + timedelta(days=giorni))

    def scrivi():
        osserva(condiviso, ente=senait.ente, testo="Manca", in_ritardo=in_ritardo, autore=senait)

    if si_puo:
        scrivi()
    else:
        with pytest.raises(NonSiOsserva):
            scrivi()
    assert Osservazione.objects.exists() == si_puo


def test_la_referente_osserva_per_il_suo_ente_e_la_coordinatrice_decide(come, condiviso, senait, anna):
    punto = condiviso.incontro.punti.first()
    come(senait).post(di("osservazione-create", condiviso), {"punto": punto.pk, "testo": "Era martedì"})
    osservazione = Osservazione.objects.get()
    dove = di("osservazione-decidi", condiviso, osservazione.pk)

    assert (osservazione.ente, osservazione.punto) == (senait.ente, punto)
    assert come(senait).get(dove).status_code == 403
    senza = come(anna).post(dove, {"decisione": "accogli", "motivo": " "})
    assert (senza.status_code, Osservazione.objects.get().stato) == (200, "aperta")
    fatto = come(anna).post(dove, {"decisione": "accogli", "motivo": "Vero", "riprendi": "on"})

    assert fatto["Location"] == di("voce-update", condiviso, punto.pk)
    assert (Osservazione.objects.get().stato, Verbale.objects.get().stato) == ("accolta", "bozza")


def test_un_osservazione_aperta_ferma_l_approvazione_e_decisa_no(condiviso, successivo, anna):
    osservazione = OsservazioneFactory(verbale=condiviso)
    with pytest.raises(PassaggioNonPossibile, match="C'è un'osservazione da decidere"):
        approva_verbale(condiviso, in_incontro=successivo, esito="unanimita", autore=anna)

    decidi_osservazione(osservazione, "respingi", motivo="No", base="", autore=anna)
    approva_verbale(condiviso, in_incontro=successivo, esito="maggioranza", autore=anna)

    verbale = Verbale.objects.get()
    assert (verbale.stato, verbale.approvato_in, bool(verbale.originale)) == ("approvato", successivo, True)


def test_l_approvazione_si_scrive_nel_verbale_che_approva(condiviso, successivo, anna, bruno):
    VerbaleFactory(incontro=successivo, verbalizzante=bruno)
    punto = PuntoOdgFactory(incontro=successivo, tipo="approvazione", verbale_da_approvare=condiviso)

    approva_verbale(condiviso, in_incontro=successivo, esito="unanimita", autore=anna)

    assert [(v.tipo, v.esito) for v in punto.voci.all()] == [("decisione", "unanimita")]


def test_rinviata_resta_condiviso_e_due_volte_non_si_approva(condiviso, successivo, anna):
    approva_verbale(condiviso, in_incontro=successivo, esito="rinvio", autore=anna)
    assert Verbale.objects.get().stato == "condiviso"

    approva_verbale(condiviso, in_incontro=successivo, esito="unanimita", autore=anna)
    with pytest.raises(PassaggioNonPossibile):
        approva_verbale(condiviso, in_incontro=successivo, esito="unanimita", autore=anna)


@pytest.mark.parametrize("giorni", [-1, 4000])
def test_non_approva_un_incontro_precedente_o_futuro(condiviso, anna, giorni):
    altro = IncontroFactory(inizio=MOMENTO + timedelta(days=giorni))

    with pytest.raises(PassaggioNonPossibile, match="successivo"):
        approva_verbale(condiviso, in_incontro=altro, esito="unanimita", autore=anna)


def test_seduta_stante_dalla_bozza_completa(bozza, bruno):
    approva_verbale(bozza, in_incontro=bozza.incontro, esito="unanimita", autore=bruno)

    verbale = Verbale.objects.get()
    assert (verbale.stato, verbale.seduta_stante) == ("approvato", True)


def test_pubblicare_alza_la_versione_e_mostra_solo_il_pubblico(bozza, bruno, anna):
    Voce.objects.filter(tipo="decisione").update(pubblica=True, testo="Ne parla Bruno Bollate.")
    Verbale.objects.update(aperto=time(10, 0))
    approva_verbale(bozza, in_incontro=bozza.incontro, esito="unanimita", autore=bruno)
    visto, prima = anteprima(bozza), versione()

    pubblica_verbale(bozza, autore=anna)

    assert [[v["testo"] for v in p["voci"]] for p in visto.dati["punti"]] == [[], ["Ne parla Bruno Bollate."]]
    assert [(s.dove, s.parole) for s in sospetti(visto, [])] == [("Punto 2", "Bruno Bollate")]
    assert (Verbale.objects.get().stato, versione()) == ("pubblicato", prima + 1)


PAGINE = ("verbale-riprendi", "verbale-approva", "verbale-pubblica", "osservazione-create")


@pytest.mark.parametrize(
    ("chi", "stati"),
    [
        ("bruno", [200, 200, 403, 200]),
        ("senait", [403, 403, 403, 200]),
        ("mira", [404] * 4),
        ("anna", [200, 200, 302, 200]),
        ("superutente", [200, 200, 302, 200]),
    ],
)
def test_ogni_pagina_del_ciclo_per_ogni_ruolo(request, come, condiviso, successivo, chi, stati):
    cliente = come(request.getfixturevalue(chi))

    assert [cliente.get(di(nome, condiviso)).status_code for nome in PAGINE] == stati


def test_tolto_l_account_il_verbale_resta_e_un_altra_persona_continua(come, bozza, bruno, anna, senait):
    bruno.incarichi.all().delete()  # seats have their own reason to keep their holders
    bruno.delete()
    cliente = come(anna)
    form = cliente.get(di("verbale-update", bozza)).context["form"]

    cliente.post(di("verbale-update", bozza), {"timbro": form["timbro"].value(), "verbalizzante": senait.pk})

    assert Verbale.objects.get().verbalizzante == senait
    assert cliente.get(di("verbale-detail", bozza)).status_code == 200


def test_condividere_dice_che_l_incontro_si_e_tenuto_e_poi_non_cambia_piu(come, bozza, bruno):
    incontro = bozza.incontro
    Incontro.objects.filter(pk=incontro.pk).update(stato="convocato")

    condividi_verbale(bozza, autore=bruno)
    approva_verbale(bozza, in_incontro=incontro, esito="unanimita", autore=bruno)
    incontro.refresh_from_db()
    risposte = [
        come(bruno).post(reverse("incontri:incontro-passaggio", args=[incontro.pk, nome]), follow=True)
        for nome in ("concludi", "riapri", "annulla")
    ]

    assert incontro.stato == "svolto"
    assert [risposta.status_code for risposta in risposte] == [200, 200, 200]
    assert incontro.azioni_per(bruno) == []


def test_i_dati_di_persone_nelle_voci_pubbliche_si_dicono_e_non_bloccano(bozza):
    def trovati():
        return [(r.manca, r.blocca) for r in requisiti(bozza) if r.nome.startswith("Dati di persone nel punto 1")]

    voce = Voce.objects.filter(punto__incontro=bozza.incontro).order_by("punto__ordine", "ordine").first()
    voce.testo, voce.pubblica = "RSSMRA 85T10 A562S aspetta", True
    voce.save()

    assert trovati() == [
        (
            "Guarda meglio le voci che leggeranno tutti: «RSSMRA 85T10 A562S» sembra un codice fiscale. "
            "Se riguarda una persona, toglilo.",
            False,
        )
    ]
    assert impedimento(bozza) == ""
    voce.pubblica = False
    voce.save()
    assert trovati() == []
