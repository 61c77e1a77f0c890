"""Who may do what with meetings and minutes."""

from typing import Any

from rules import add_perm, always_false, predicate, set_perm

from tavolo.base.permessi import amministra, coordina, partecipa, referente


@predicate
def verbalizza(utente: Any, verbale: Any) -> bool:
    """Whether the person takes these minutes or was asked to write them too."""
    if verbale is None:
        return False
    return verbale.verbalizzante_id == utente.pk or verbale.redattori.filter(pk=utente.pk).exists()


@predicate
def e_verbalizzante(utente: Any, verbale: Any) -> bool:
    """Whether the person is the one who takes these minutes."""
    return verbale is not None and verbale.verbalizzante_id == utente.pk


@predicate
def condiviso(utente: Any, verbale: Any) -> bool:
    """Whether these minutes have been shared with the enti, or are past that."""
    return verbale is not None and verbale.stato != "bozza"


@predicate
def ha_un_ente(utente: Any) -> bool:
    """Whether the person speaks for an ente."""
    return utente.ente_id is not None


@predicate
def ne_verbalizza_il_verbale(utente: Any, oggetto: Any) -> bool:
    """Whether the person takes, or was asked to write too, the minutes that this observation is about."""
    return oggetto is not None and bool(verbalizza(utente, oggetto.verbale))


@predicate
def dell_ente(utente: Any, impegno: Any) -> bool:
    """Whether the commitment is of the person's ente or of one of its units; yes, while it is not known which one."""
    if utente.ente_id is None:
        return False
    return impegno is None or utente.ente_id in (impegno.ente_id, impegno.ente.padre_id)


@predicate
def letto_col_verbale(utente: Any, impegno: Any) -> bool:
    """Whether no draft minutes keep the commitment from this person."""
    if impegno is None or impegno.voce is None:
        return True
    verbale = getattr(impegno.voce.punto.incontro, "verbale", None)
    return verbale is None or verbale.stato != "bozza" or bool(verbalizza(utente, verbale))


@predicate
def del_destinatario(utente: Any, istanza: Any) -> bool:
    """Whether the person speaks for the ente the instance was sent to, or for the one that ente is a unit of."""
    if istanza is None or not utente.ente_id:
        return False
    return utente.ente_id in (istanza.destinatario_id, istanza.destinatario.padre_id)


@predicate
def del_mittente(utente: Any, istanza: Any) -> bool:
    """Whether the person speaks for the ente that sent the instance, or for the one that ente is a unit of."""
    if istanza is None or istanza.mittente_id is None or not utente.ente_id:
        return False
    return utente.ente_id in (istanza.mittente_id, istanza.mittente.padre_id)


@predicate
def della_prassi(utente: Any, prassi: Any) -> bool:
    """Whether the good practice is of the person's ente or of one of its units; yes, while it is not known which one."""
    if utente.ente_id is None:
        return False
    return prassi is None or utente.ente_id in (prassi.ente_id, prassi.ente.padre_id)


@predicate
def gia_di_tutti(utente: Any, prassi: Any) -> bool:
    """Whether everybody reads this good practice."""
    return prassi is None or prassi.stato == "pubblicata"


@predicate
def partecipa_alla_proposta(utente: Any, proposta: Any) -> bool:
    """Whether the person wrote the proposal, or its ente leads it or takes part in it."""
    if proposta is None:
        return True
    if proposta.autore_id == utente.pk:
        return True
    ente = utente.ente_id
    return ente is not None and (proposta.capofila_id == ente or proposta.partner.filter(pk=ente).exists())


@predicate
def invitato_a_votare(utente: Any, rilevazione: Any) -> bool:
    """Whether the person's ente is among those that score in this round."""
    if utente.ente_id is None:
        return False
    return rilevazione is None or rilevazione.enti.filter(pk=utente.ente_id).exists()


@predicate
def in_preparazione(utente: Any, rilevazione: Any) -> bool:
    """Whether the round is still in preparation."""
    return rilevazione is not None and rilevazione.stato == "bozza"


@predicate
def redige(utente: Any, restituzione: Any) -> bool:
    """Whether the person was asked to write this restitution document too."""
    return restituzione is not None and restituzione.redattori.filter(pk=utente.pk).exists()


@predicate
def redige_la_sezione(utente: Any, commento: Any) -> bool:
    """Whether the person was asked to write the document this comment is about."""
    return commento is not None and bool(redige(utente, commento.sezione.restituzione))


@predicate
def oltre_la_bozza(utente: Any, restituzione: Any) -> bool:
    """Whether the document is out for comments, or past that."""
    return restituzione is None or restituzione.stato != "bozza"


add_perm("incontri", coordina)
amministra("incontri", "tema", "incontro", "modelloincontro", "puntomodello", "puntoodg", "presenza", "convocazione")
amministra("incontri", "verbale", "voce", "impegno", "revisioneimpegno", "istanza", "messaggioistanza", "allegato")
amministra("incontri", "osservazione", "discussioneadesione")
for azione in ("add", "change", "delete"):
    set_perm(f"incontri.{azione}_osservazione", always_false)
# Entries are written with their minutes, where two texts meet; the back office shows and exports them.
for azione in ("add", "change", "delete"):
    set_perm(f"incontri.{azione}_voce", always_false)
set_perm("incontri.view_incontro", partecipa)
set_perm("incontri.add_incontro", coordina | referente)
set_perm("incontri.change_incontro", coordina | referente)
set_perm("incontri.add_verbale", coordina | referente)
set_perm("incontri.view_verbale", coordina | (referente & (verbalizza | condiviso)))
set_perm("incontri.change_verbale", coordina | (referente & verbalizza))
add_perm("incontri.scegli_redattori", coordina | (referente & e_verbalizzante))
add_perm("incontri.leggi_ogni_verbale", coordina)
add_perm("incontri.leggi_verbali_condivisi", referente)
# The life of the minutes. When each step may be taken is said by the tables of passages, not here.
add_perm("incontri.approva_verbale", coordina | (referente & e_verbalizzante))
add_perm("incontri.pubblica_verbale", coordina)
add_perm("incontri.scegli_verbalizzante", coordina)
# Asked with the minutes or without: who sits for an ente observes for it; who coordinates, also for an ente that asks so.
add_perm("incontri.osserva", coordina | (referente & ha_un_ente))
add_perm("incontri.osserva_in_ritardo", coordina)
add_perm("incontri.decidi_osservazione", coordina | (referente & ne_verbalizza_il_verbale))
add_perm("incontri.approva_rettifica", coordina)
add_perm("incontri.leggi_impegni", partecipa)
set_perm("incontri.view_impegno", partecipa & (coordina | letto_col_verbale))
set_perm("incontri.add_impegno", coordina | (referente & ha_un_ente))
set_perm("incontri.change_impegno", coordina | (referente & dell_ente))
add_perm("incontri.rivedi_impegno", coordina | (referente & dell_ente))
# Instances: who takes part reads them all; each ente sends for itself, who coordinates for the Tavolo too.
set_perm("incontri.view_istanza", partecipa)
set_perm("incontri.add_istanza", coordina | (referente & ha_un_ente))
add_perm("incontri.invia_istanza_del_tavolo", coordina)
add_perm("incontri.rispondi_istanza", coordina | (referente & del_destinatario))
add_perm("incontri.scrivi_istanza", coordina | (referente & (del_destinatario | del_mittente)))
add_perm("incontri.chiudi_istanza", coordina | (referente & del_mittente))
# Whoever sits at the Tavolo may ask for a correction: a meeting decides.
add_perm("incontri.proponi_rettifica", coordina | referente)
add_perm("incontri.view_rettifica", coordina)
add_perm("incontri.view_originale", coordina)
# Needs: who takes part reads them all, who sits at the Tavolo writes them; where they go next is for who coordinates.
amministra("incontri", "bisogno", "originebisogno", "evidenza", "copertura", "rilevazione", "bisognoinrilevazione")
amministra("incontri", "proposta", "passoproposta", "esitoproposta", "buonaprassi", "adozione")
set_perm("incontri.view_bisogno", partecipa)
set_perm("incontri.add_bisogno", coordina | referente)
set_perm("incontri.change_bisogno", coordina | referente)
add_perm("incontri.avanza_bisogno", coordina)
add_perm("incontri.unisci_bisogni", coordina)
set_perm("incontri.view_copertura", partecipa)
set_perm("incontri.add_copertura", coordina | (referente & ha_un_ente))
set_perm("incontri.change_copertura", coordina | (referente & dell_ente))
set_perm("incontri.delete_copertura", coordina | (referente & dell_ente))
# Votes are blind: of a turn that is not closed nobody reads more than the own ente's, who coordinates included.
add_perm("incontri.leggi_rilevazioni", coordina | referente)
set_perm("incontri.view_rilevazione", coordina | (referente & ~in_preparazione))
add_perm("incontri.vota", referente & invitato_a_votare)
set_perm("incontri.view_proposta", partecipa)
set_perm("incontri.add_proposta", coordina | (referente & ha_un_ente))
set_perm("incontri.change_proposta", coordina | (referente & partecipa_alla_proposta))
add_perm("incontri.approva_proposta", coordina)
add_perm("incontri.leggi_buone_prassi", partecipa)
set_perm("incontri.view_buonaprassi", coordina | (partecipa & (gia_di_tutti | della_prassi)))
set_perm("incontri.add_buonaprassi", coordina | (referente & ha_un_ente))
set_perm("incontri.change_buonaprassi", coordina | (referente & della_prassi))
add_perm("incontri.rivedi_buonaprassi", coordina)
add_perm("incontri.adotta_buonaprassi", coordina | (referente & ha_un_ente))
# Restitution documents: a draft is for who writes it; then all read it, and who sits at the Tavolo comments.
amministra("incontri", "restituzione", "sezionerestituzione", "commentorestituzione")
for azione in ("add", "change", "delete"):
    set_perm(f"incontri.{azione}_sezionerestituzione", always_false)
    set_perm(f"incontri.{azione}_commentorestituzione", always_false)
add_perm("incontri.leggi_ogni_restituzione", coordina)
add_perm("incontri.leggi_restituzioni", partecipa)
set_perm("incontri.view_restituzione", coordina | (partecipa & (oltre_la_bozza | redige)))
set_perm("incontri.change_restituzione", coordina | (referente & redige))
add_perm("incontri.pubblica_restituzione", coordina)
add_perm("incontri.commenta_restituzione", coordina | (referente & ha_un_ente))
add_perm("incontri.rispondi_commento", coordina | (referente & redige_la_sezione))
add_perm("incontri.view_originalerestituzione", coordina)
# The newsletter: who coordinates writes it, and alone reads the addresses.
amministra("incontri", "iscrizionenewsletter", "numeronewsletter", "invionewsletter")
