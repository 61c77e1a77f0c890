"""The rows of the needs, and the arguments of their addresses."""

from django.utils import timezone

from tests import factories as f


def crea(*, comune, ente, referente):
    """A need with its evidence and origin, and one that everybody reads because its round is published."""
    bisogno = f.BisognoFactory(titolo="Mediazione attivata tardi", descrizione="Passano settimane.", comuni=[comune])
    evidenza = f.EvidenzaFactory(bisogno=bisogno, comune=comune)
    origine = f.OrigineBisognoFactory(bisogno=bisogno)
    pubblico = f.BisognoFactory(titolo="Orari che non vanno bene a chi lavora", comuni=[comune])
    f.EvidenzaFactory(bisogno=pubblico)
    decisione = f.VoceFactory(punto__titolo="La graduatoria", tipo="decisione")
    f.RilevazioneFactory(
        titolo="Rilevazione pubblicata",
        stato="pubblicata",
        pubblicata_il=timezone.now(),
        decisione=decisione,
        bisogni=[pubblico],
    )
    dichiarazione = f.CoperturaFactory(bisogno=bisogno, comune=comune, ente=ente, raggiunti=40, autore=referente)
    f.CoperturaFactory(bisogno=pubblico, comune=comune, ente=ente, raggiunti=3, quota="0.5")
    unito = f.BisognoFactory(titolo="La mediazione arriva in ritardo", unito_a=bisogno)
    del_bisogno = {"pk": bisogno.pk}
    argomenti = {
        **{
            f"bisogni:{nome}": del_bisogno
            for nome in (
                "catena",
                "bisogno-detail",
                "bisogno-update",
                "bisogno-unisci",
                "servizio-list",
                "evidenza-create",
            )
        },
        "bisogni:bisogno-passaggio": {**del_bisogno, "nome": "analizza"},
        "bisogni:percorso-elenco": {"quale": "senza-evidenze"},
        "bisogni:bisogno-separa": {"pk": unito.pk},
        "bisogni:servizio-collega": {**del_bisogno, "nome": "collega"},
        **{
            f"bisogni:{nome}": {**del_bisogno, "evidenza": evidenza.pk}
            for nome in ("evidenza-update", "evidenza-togli")
        },
        "lavoro:bisogno-detail": {"slug": pubblico.slug},
        "bisogni:copertura-cella": {"bisogno": bisogno.pk, "comune": comune.slug},
        **{f"bisogni:dichiarazione-{nome}": {"pk": dichiarazione.pk} for nome in ("update", "delete")},
        "lavoro:copertura-cella": {"bisogno": pubblico.slug, "comune": comune.slug},
    }
    return [bisogno, evidenza, origine, dichiarazione], argomenti
