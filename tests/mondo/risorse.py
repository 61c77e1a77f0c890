"""The rows of the services, and the arguments of their addresses."""

from risorse.hsds.righe.termini import TASSONOMIE
from risorse.servizi.link_conferma import firma
from tests import factories as f


def crea(*, comune, ente, referente):
    """The rows of the app `risorse`, all around one service of `ente`, and their arguments."""
    categoria = f.CategoriaFactory(nome="Salute", slug="salute", icona="cat-salute")
    destinatari, lingua = (
        f.DestinatariFactory(nome="Tutti"),
        f.LinguaFactory(nome="Arabo", codice="ar", nome_proprio="العربية", da_destra=True),
    )
    risorsa = f.RisorsaFactory(
        ente=ente,
        nome="Sportello salute",
        categorie=[categoria],
        destinatari=[destinatari],
        comuni=[comune],
        esempio=True,
    )
    sede = f.SedeFactory(ente=ente, comune=comune, indirizzo="via di Esempio 1", esempio=True)
    legame = f.RisorsaInSedeFactory(risorsa=risorsa, sede=sede)
    righe = [
        categoria,
        destinatari,
        lingua,
        f.DocumentoRichiestoFactory(),
        f.ModalitaAccessoFactory(),
        risorsa,
        f.LinguaParlataFactory(risorsa=risorsa, lingua=lingua),
        sede,
        legame,
        f.ContattoFactory(ente=None, risorsa=risorsa),
        f.TraduzioneFactory(oggetto=risorsa, lingua="ar", testo="مكتب الصحة"),
        f.SegnalazioneFactory(risorsa=risorsa, testo="Il martedì è chiuso.", email="chi@example.org"),
        f.ValutazioneFactory(risorsa=risorsa),
        f.SinonimoFactory(),
        f.RicercaVuotaFactory(),
        f.ControlloLinkFactory(contatto__ente=ente),
        f.VerificaFactory(risorsa=risorsa),
        f.OrarioFactory(risorsa=risorsa),
        f.ChiusuraFactory(ente=None, risorsa=risorsa),
    ]
    proposta = f.PropostaModificaFactory(risorsa=risorsa, autore=referente)
    ricognizione = f.RicognizioneFactory(titolo="Ricognizione di prova", stato="aperta")
    chiamato = f.EnteInRicognizioneFactory(ricognizione=ricognizione, ente=ente)
    in_ricognizione = {"slug_ricognizione": ricognizione.slug, "ente": ente.slug}
    righe += [proposta, ricognizione, chiamato]
    della_risorsa = {"slug": risorsa.slug}
    link = {"token": firma(risorsa)}
    argomenti = {
        "hsds:services-detail": {"chiave": risorsa.pk},
        "hsds:organizations-detail": {"chiave": ente.pk},
        "hsds:service_at_locations-detail": {"chiave": legame.pk},
        "hsds:taxonomies-detail": {"chiave": TASSONOMIE["categorie"]},
        "hsds:taxonomy_terms-detail": {"chiave": categoria.pk},
        "risorse:risorsa-detail": {"slug": risorsa.slug},
        "risorse:risorsa-valuta": {"slug": risorsa.slug},
        "risorse:risorsa-segnala": {"slug": risorsa.slug},
        "risorse:risorsa-grazie": {"slug": risorsa.slug},
        "risorse:risorsa-sportello": {"slug": risorsa.slug},
        "sitemap-sezione": {"section": "servizi"},
        "risorse:comune-detail": {"slug": comune.slug},
        "risorse:comune-categoria": {"slug": comune.slug, "categoria": categoria.slug},
        **{f"conferma:{nome}": link for nome in ("risorsa-conferma", "proposta-create", "ritiro-create")},
        "cura:risorsa-conferma": {"slug": risorsa.slug},
        "risorse:volantino": {"slug": comune.slug, "categoria": categoria.slug},
        "cura:proposta-detail": {"pk": proposta.pk},
        "cura:ricognizione-detail": {"slug_ricognizione": ricognizione.slug},
        **{f"cura:ricognizione-{nome}": in_ricognizione for nome in ("ente", "aggiungi", "concludi")},
        **{f"cura:ricognizione-{nome}": in_ricognizione | della_risorsa for nome in ("conferma", "correggi", "ritira")},
        "admin:risorse_ricognizione_passo": {"object_id": ricognizione.pk, "nome": "ricorda"},
        **{f"cura:{nome}": della_risorsa for nome in ("risorsa-update", "proposta-create", "ritiro-create")},
        **{f"traduzioni:{nome}": {"lingua": "ar"} for nome in ("coda", "prossima", "esporta", "importa")},
        "traduzioni:scheda": {"lingua": "ar", "tipo": "risorsa", "pk": risorsa.pk},
    }
    return righe, argomenti
