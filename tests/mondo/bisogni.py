"""The rows of the needs, and the arguments of their addresses."""

from datetime import timedelta

from django.utils import timezone

from incontri.models import Rilevazione, Verbale
from incontri.servizi.rilevazioni.turni import passa
from tests import factories as f


def crea(*, comune, ente, referente):
    """A need with its evidence and origin, and one that everybody reads because its round is published."""
    bisogno = f.BisognoFactory(titolo="Mediazione attivata tardi", descrizione="Passano settimane.", comuni=[comune])
    evidenza = f.EvidenzaFactory(bisogno=bisogno, comune=comune)
    origine = f.OrigineBisognoFactory(bisogno=bisogno)
    pubblico = f.BisognoFactory(titolo="Orari che non vanno bene a chi lavora", comuni=[comune])
    f.EvidenzaFactory(bisogno=pubblico)
    verbale = f.VerbaleFactory()
    decisione = f.VoceFactory(punto__titolo="La graduatoria", punto__incontro=verbale.incontro, tipo="decisione")
    Verbale.objects.filter(pk=verbale.pk).update(
        stato="approvato", approvato_il=timezone.now(), approvato_in=verbale.incontro
    )
    f.RilevazioneFactory(
        titolo="Rilevazione pubblicata",
        stato="pubblicata",
        pubblicata_il=timezone.now(),
        decisione=decisione,
        bisogni=[pubblico],
    )
    aperta = f.RilevazioneFactory(
        titolo="Rilevazione aperta",
        stato="primo-turno",
        entro=timezone.localdate() + timedelta(days=10),
        bisogni=[bisogno, pubblico],
        enti=[ente],
    )
    fra_i_turni = f.RilevazioneFactory(
        titolo="Fra i turni", stato="fra-i-turni", bisogni=[bisogno], enti=[ente, f.EnteFactory()]
    )
    chiusa = f.RilevazioneFactory(titolo="Rilevazione chiusa", stato="secondo-turno", bisogni=[bisogno], enti=[ente])
    f.VotoFactory(rilevazione=chiusa, bisogno=bisogno, ente=ente, motivo="Lo dicono gli sportelli.")
    passa(chiusa, "chiudi", autore=referente)
    pubblicata = Rilevazione.objects.get(titolo="Rilevazione pubblicata")
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
        **{
            f"rilevazioni:{nome}": {"pk": aperta.pk}
            for nome in ("rilevazione-detail", "rilevazione-update", "sollecita")
        },
        **{f"rilevazioni:{nome}": {"pk": chiusa.pk} for nome in ("decisione", "graduatoria-csv")},
        "rilevazioni:priorita": {"pk": pubblicata.pk},
        "rilevazioni:passaggio": {"pk": aperta.pk, "nome": "chiudi-primo"},
        "rilevazioni:turno": {"pk": fra_i_turni.pk, "nome": "apri-secondo"},
        "rilevazioni:voto-update": {"pk": aperta.pk, "bisogno": bisogno.pk},
        **{f"lavoro:rilevazione-{nome}": {"slug": pubblicata.slug} for nome in ("detail", "csv")},
        "lavoro:copertura-cella": {"bisogno": pubblico.slug, "comune": comune.slug},
    }
    return [bisogno, evidenza, origine, dichiarazione, aperta], argomenti
