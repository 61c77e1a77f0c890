"""The rows of the requests to join, and the arguments of their addresses."""

from datetime import timedelta

from django.utils import timezone

from referenti.servizi.link_adesione import firma
from tests import factories as f


def crea(*, comune, referente):
    """A request that waits, with the mail about it, and one that a meeting has decided to accept."""
    aspetta = f.RichiestaAdesioneFactory(denominazione="Scuola di italiano La Porta", comuni=[comune])
    avviso = f.AvvisoAdesioneFactory(richiesta=aspetta)
    incontro = f.IncontroFactory(
        titolo="Incontro che accoglie", stato="svolto", inizio=timezone.now() - timedelta(days=3)
    )
    punto = f.PuntoOdgFactory(incontro=incontro, titolo="Richiesta di adesione")
    f.VerbaleFactory(
        incontro=incontro,
        verbalizzante=referente,
        stato="condiviso",
        condiviso_il=timezone.now(),
        osservazioni_entro=timezone.localdate() + timedelta(days=7),
    )
    f.VoceFactory(punto=punto, tipo="decisione", testo="Si accoglie l'associazione.", esito="unanimita")
    discussione = f.DiscussioneAdesioneFactory(punto=punto)
    decisa = {"pk": discussione.richiesta.pk}
    argomenti = {
        "aderisci:richiesta-detail": {"token": firma(aspetta)},
        "adesioni:richiesta-detail": {"pk": aspetta.pk},
        "adesioni:discussione-create": {"pk": aspetta.pk},
        "adesioni:richiesta-ritira": {"pk": aspetta.pk},
        "adesioni:richiesta-accogli": decisa,
        "adesioni:richiesta-respingi": decisa,
    }
    return [aspetta, avviso, discussione], argomenti
