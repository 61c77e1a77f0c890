"""The rows of the proposals, and the arguments of their addresses."""

from tests import factories as f


def crea(*, comune, ente, referente):
    """An idea of `referente`, and one that everybody reads because a meeting approved it."""
    bisogno = f.BisognoFactory(titolo="Pochi mediatori", comuni=[comune])
    evidenza = f.EvidenzaFactory(bisogno=bisogno)
    proposta = f.PropostaFactory(
        titolo="Un elenco dei mediatori", capofila=ente, bisogni=[bisogno], fattibilita=4, autore=referente
    )
    passo = f.PassoPropostaFactory(proposta=proposta, ente=ente)
    esito = f.EsitoPropostaFactory(proposta=proposta, evidenza=evidenza)
    decisione = f.VoceFactory(punto__titolo="L'elenco dei mediatori", tipo="decisione")
    pubblica = f.PropostaFactory(
        titolo="Sportelli aperti la sera",
        stato="approvata",
        decisione=decisione,
        capofila=ente,
        bisogni=[bisogno],
        fattibilita=2,
    )
    della_proposta = {"pk": proposta.pk}
    argomenti = {
        **{
            f"proposte:{nome}": della_proposta
            for nome in (
                "proposta-detail",
                "proposta-update",
                "passo-create",
                "esito-create",
                "impegno-create",
            )
        },
        "proposte:proposta-passaggio": {**della_proposta, "nome": "co-progetta"},
        **{f"proposte:passo-{nome}": {**della_proposta, "passo": passo.pk} for nome in ("update", "delete")},
        "proposte:esito-update": {**della_proposta, "esito": esito.pk},
        "lavoro:proposta-detail": {"slug": pubblica.slug},
    }
    return [proposta, passo, esito], argomenti
