"""The minutes of the small world: in each of the states they go through."""

from django.utils import timezone

from incontri.servizi.contenuto import canonico, contenuto
from incontri.servizi.versioni import versioni
from tests import factories as f


def domande_su(verbale, referente):
    """One more version of the minutes, and the question that goes back to the one before."""
    voce = verbale.incontro.punti.first().voci.first()
    voce.testo, voce._history_user = f"{voce.testo} E anche altro.", referente
    voce.save()
    return {"incontri:versione-ripristina": f"?momento={versioni(verbale)[1].chiave}"}


def incontro_tenuto(titolo, ente, referente, giorni, **altro):
    """A meeting held `giorni` days ago, with all that minutes say: who was there, two points, entries, an attachment."""
    incontro = f.IncontroFactory(
        titolo=titolo,
        stato="svolto",
        presiede=referente,
        inizio=timezone.now() - timezone.timedelta(days=giorni),
        **altro,
    )
    f.PresenzaFactory(incontro=incontro, ente=ente, seggio=referente.incarichi.first().seggio, utente=referente)
    f.AllegatoFactory(incontro=incontro, pubblico=True, titolo="Orari dello sportello")
    punto = f.PuntoOdgFactory(incontro=incontro, titolo="Gli orari", ordine=1)
    f.PuntoOdgFactory(incontro=incontro, titolo="Varie", tipo="varie", ordine=2)
    f.VoceFactory(punto=punto, testo="Chiama *Bruno Bollate* allo 02 1234567.", pubblica=True, ordine=1)
    f.VoceFactory(
        punto=punto, tipo="decisione", esito="unanimita", testo="Si apre **alle 9**.", pubblica=True, ordine=2
    )
    return incontro


def verbale_condiviso(ente, referente, *, giorni):
    """Minutes the enti are reading, with an observation accepted and not yet written and one refused."""
    incontro = incontro_tenuto(f"Incontro di {giorni} giorni fa", ente, referente, giorni)
    verbale = f.VerbaleFactory(
        incontro=incontro,
        verbalizzante=referente,
        stato="condiviso",
        condiviso_il=timezone.now() - timezone.timedelta(days=1),
        osservazioni_entro=timezone.localdate() + timezone.timedelta(days=9),
    )
    deciso = {"verbale": verbale, "ente": ente, "autore": referente, "decisa_il": timezone.now()}
    f.OsservazioneFactory(**deciso, punto=incontro.punti.first(), stato="accolta", motivo="È vero.")
    f.OsservazioneFactory(**deciso, stato="respinta", motivo="È già detto al punto 1.")
    return verbale


def osservazione_aperta(ente, referente):
    """An observation to be decided, on other shared minutes."""
    verbale = verbale_condiviso(ente, referente, giorni=14)
    return f.OsservazioneFactory(verbale=verbale, ente=ente, punto=verbale.incontro.punti.first(), autore=referente)


def verbale_approvato(incontro, ente, referente):
    """Other minutes, approved by that meeting: their original, and a correction somebody has asked for."""
    originale = originale_di(incontro_tenuto("Incontro già verbalizzato", ente, referente, 7), incontro, referente)
    return originale, f.RettificaFactory(verbale=originale.verbale)


def originale_di(tenuto, che_approva, referente, *, pubblicato=False):
    """The original of minutes of `tenuto` approved by `che_approva`."""
    adesso = timezone.now()
    verbale = f.VerbaleFactory(
        incontro=tenuto,
        verbalizzante=referente,
        stato="pubblicato" if pubblicato else "approvato",
        approvato_il=adesso,
        approvato_in=che_approva,
        pubblicato_il=adesso if pubblicato else None,
    )
    return f.OriginaleFactory(verbale=verbale, contenuto=canonico(contenuto(verbale)))
