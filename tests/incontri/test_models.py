"""Rules of the meetings, the attendances and the minutes."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from incontri.models import Incontro, Presenza, PuntoOdg, Verbale
from tests.factories import (
    EnteFactory,
    IncontroFactory,
    PresenzaFactory,
    PuntoOdgFactory,
    SeggioFactory,
    TemaFactory,
    VerbaleFactory,
    VoceFactory,
)
from tests.incontri.completo import verbale_completo

ORA = datetime.timedelta(hours=1)


def errori(riga):
    """What a form would say of this row."""
    with pytest.raises(ValidationError) as errore:
        riga.full_clean()
    return errore.value.message_dict


class TestIncontro:
    @pytest.mark.parametrize("durata", [datetime.timedelta(0), -ORA])
    def test_finisce_dopo_l_inizio(self, db, durata):
        adesso = timezone.now()

        assert errori(IncontroFactory.build(inizio=adesso, fine=adesso + durata)) == {
            NON_FIELD_ERRORS: ["L'incontro deve finire dopo l'inizio."]
        }

    def test_una_fine_senza_inizio_non_vuol_dire_niente(self, db):
        assert errori(IncontroFactory.build(fine=timezone.now())) == {
            NON_FIELD_ERRORS: ["L'incontro deve finire dopo l'inizio."]
        }

    def test_si_convoca_con_la_data(self, db):
        assert errori(IncontroFactory.build(stato="convocato")) == {
            NON_FIELD_ERRORS: ["Per convocare l'incontro indica prima la data e l'ora di inizio."]
        }

    def test_un_incontro_svolto_puo_non_avere_data(self, db):
        assert IncontroFactory.build(stato="svolto").full_clean() is None

    def test_prima_i_piu_recenti_poi_quelli_senza_data_nel_loro_ordine(self, db):
        adesso = timezone.now()
        quarto, terzo, secondo, primo = (
            IncontroFactory(ordine=1),
            IncontroFactory(ordine=2),
            IncontroFactory(inizio=adesso - ORA),
            IncontroFactory(inizio=adesso),
        )

        assert list(Incontro.objects.all()) == [primo, secondo, terzo, quarto]

    def test_i_futuri_cominciano_dal_piu_vicino(self, db):
        adesso = timezone.now()
        lontano = IncontroFactory(inizio=adesso + 48 * ORA)
        vicino = IncontroFactory(inizio=adesso + ORA, stato="convocato")
        IncontroFactory(inizio=adesso - ORA)
        IncontroFactory(inizio=adesso + ORA, stato="annullato")
        IncontroFactory(inizio=None)

        assert list(Incontro.objects.futuri()) == [vicino, lontano]

    def test_chi_partecipa_li_vede_tutti_gli_altri_nessuno(self, anna, bruno, mira, superutente):
        incontro = IncontroFactory()

        for utente in (anna, bruno, mira, superutente):
            assert list(Incontro.objects.visibili_a(utente)) == [incontro]
        assert list(Incontro.objects.visibili_a(AnonymousUser())) == []

    def test_pubblici_solo_quelli_segnati(self, db):
        pubblico, _riservato = IncontroFactory(pubblico=True), IncontroFactory()

        assert list(Incontro.objects.pubblici()) == [pubblico]

    def test_due_incontri_con_lo_stesso_titolo_hanno_indirizzi_diversi(self, db):
        slug = [IncontroFactory(titolo="Incontro di condivisione").slug for _ in range(2)]

        assert slug == ["incontro-di-condivisione", "incontro-di-condivisione-2"]

    def test_i_punti_stanno_nel_loro_ordine(self, db):
        incontro = IncontroFactory()
        secondo, primo = (PuntoOdgFactory(incontro=incontro, ordine=n) for n in (2, 1))

        assert list(incontro.punti.all()) == [primo, secondo]

    def test_la_storia_ricorda_i_temi(self, db):
        incontro, tema = IncontroFactory(), TemaFactory()
        incontro.temi.add(tema)

        assert [t.tema for t in incontro.storia.latest().temi.all()] == [tema]


class TestPresenza:
    def test_una_per_seggio(self, db):
        presenza = PresenzaFactory()

        assert errori(PresenzaFactory.build(incontro=presenza.incontro, seggio=presenza.seggio)) == {
            NON_FIELD_ERRORS: ["La presenza di questo seggio c'è già."]
        }

    @pytest.mark.parametrize("ospite", ["", "Una scuola"])
    def test_e_di_un_seggio_oppure_di_un_ospite(self, db, ospite):
        seggio = SeggioFactory() if ospite else None
        presenza = Presenza(incontro=IncontroFactory(), seggio=seggio, ospite=ospite, esito="in-sede")

        assert errori(presenza) == {NON_FIELD_ERRORS: ["Una presenza è di un seggio oppure di un ospite."]}

    def test_gli_ospiti_sono_quanti_servono(self, db):
        incontro = IncontroFactory()
        for ospite in ("Una scuola", "Una biblioteca"):
            PresenzaFactory(incontro=incontro, seggio=None, ente=EnteFactory(), ospite=ospite)

        assert [str(p) for p in incontro.presenze.all()] == ["Una biblioteca: Presente", "Una scuola: Presente"]


class TestVerbale:
    def test_uno_per_incontro(self, db):
        verbale = VerbaleFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            VerbaleFactory(incontro=verbale.incontro)

    def test_un_incontro_con_il_verbale_non_si_elimina(self, db):
        verbale = VerbaleFactory()

        with pytest.raises(ProtectedError):
            verbale.incontro.delete()

    def test_un_punto_con_delle_voci_non_si_elimina(self, db):
        voce = VoceFactory()

        with pytest.raises(ProtectedError):
            voce.punto.delete()
        assert list(PuntoOdg.objects.all()) == [voce.punto]

    @pytest.mark.parametrize("stato", ["bozza", "condiviso"])
    def test_elenco_e_permesso_danno_la_stessa_risposta(self, anna, bruno, senait, mira, superutente, stato):
        verbale = VerbaleFactory(verbalizzante=bruno, stato=stato)
        persone = {"anna": anna, "bruno": bruno, "senait": senait, "mira": mira, "super": superutente}

        in_elenco = {chi: verbale in Verbale.objects.visibili_a(p) for chi, p in persone.items()}
        nel_dettaglio = {chi: p.has_perm("incontri.view_verbale", verbale) for chi, p in persone.items()}

        assert in_elenco == nel_dettaglio
        assert in_elenco == {
            "anna": True,
            "bruno": True,
            "senait": stato == "condiviso",
            "mira": False,
            "super": True,
        }

    def test_chi_scrive_insieme_lo_legge_una_volta_sola(self, bruno, senait):
        verbale = VerbaleFactory(verbalizzante=bruno)
        verbale.redattori.add(bruno, senait)

        assert list(Verbale.objects.visibili_a(senait)) == [verbale]
        assert list(Verbale.objects.visibili_a(bruno)) == [verbale]

    @pytest.mark.parametrize(
        ("stato", "nomi"),
        [
            ("bozza", ["condividi", "approva-seduta-stante"]),
            ("condiviso", ["riprendi", "approva", "approva-seduta-stante"]),
        ],
    )
    def test_le_azioni_di_chi_scrive(self, bruno, senait, stato, nomi):
        verbale = verbale_completo(bruno, stato=stato)

        assert [p.nome for p in verbale.azioni_per(bruno)] == nomi
        assert verbale.azioni_per(senait) == []

    def test_una_voce_si_presenta_con_il_suo_tipo(self):
        assert str(VoceFactory.build(tipo="criticita", testo="Un solo referente")) == "Criticità: Un solo referente"
