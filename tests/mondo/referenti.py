"""The rows of who sits at the table, and the arguments of their addresses."""

from tests import factories as f


def crea(*, comune, ente, referente):
    """The rows of the app `referenti`, with the import one of them began, and their arguments."""
    protocollo = f.ProtocolloFactory(titolo="Protocollo", data="2022-09")
    seggio = f.SeggioFactory(nome="Seggio vacante", ente=ente)
    righe = [
        comune,
        ente,
        referente,
        seggio,
        referente.incarichi.first(),
        f.IndicatoreFactory(comune=comune),
        f.IndicatoreFactory(),
        protocollo,
        f.ArticoloFactory(protocollo=protocollo),
        f.SottoscrizioneFactory(protocollo=protocollo, ente=ente, data="2022-09"),
        f.TappaFactory(titolo="Prima tappa", dal="2022-01", al="2022-09"),
        f.ImportazioneFactory(autore=referente),
    ]
    argomenti = {
        "referenti:ente-detail": {"slug": ente.slug},
        "account_reset_password_from_key": {"uidb36": "x", "key": "scaduta"},
    }
    return righe, argomenti
