"""What the page of a meeting says of its convocation."""

from incontri.models import Risposta
from incontri.servizi.convocazioni import conteggio
from incontri.servizi.spedizioni import da_avvisare


def convocazioni_del_dettaglio(incontro, utente):
    """Who is called and how each ente answers; for who coordinates also how many do not know the meeting as it stands."""
    righe = list(incontro.convocazioni.in_fila())
    if not righe or incontro.convocato_il is None:
        return {"convocazioni": []}
    cambia = utente.has_perm("incontri.change_incontro", incontro)
    return {
        "convocazioni": righe,
        "risposte_per_ente": conteggio(righe),
        "senza_risposta": [r for r in righe if r.risposta == Risposta.ATTESA],
        "mia_convocazione": next((r for r in righe if r.utente_id == utente.pk), None),
        "da_avvisare": da_avvisare(incontro).count() if cambia else 0,
        "puo_convocare": cambia,
    }
