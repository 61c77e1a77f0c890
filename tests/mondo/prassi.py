"""The rows of the good practices, and the arguments of their addresses."""

from django.utils import timezone

from tests import factories as f


def crea(*, comune, ente):
    """A draft of Bollate's, and a published one of another ente that Bollate adopted."""
    prassi = f.BuonaPrassiFactory(titolo="Sportello di sera", ente=ente, comuni=[comune])
    pubblicata = f.BuonaPrassiFactory(
        titolo="Volontari che accompagnano",
        stato="pubblicata",
        pubblicata_il=timezone.now(),
        collegamenti="https://example.org/volantino",
    )
    adozione = f.AdozioneFactory(prassi=pubblicata, comune=comune, nota="Due sere al mese.")
    della_prassi, dell_adozione = {"pk": prassi.pk}, {"pk": pubblicata.pk, "adozione": adozione.pk}
    argomenti = {
        **{f"prassi:{nome}": della_prassi for nome in ("prassi-detail", "prassi-update", "allegato-list")},
        "prassi:prassi-passaggio": {**della_prassi, "nome": "proponi"},
        "prassi:adozione-create": {"pk": pubblicata.pk},
        **{f"prassi:adozione-{nome}": dell_adozione for nome in ("update", "togli")},
        "lavoro:prassi-detail": {"slug": pubblicata.slug},
    }
    return [prassi, adozione], argomenti
