"""A small world with one of everything, and every address of the portal with arguments that lead into it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from incontri.servizi.calendari import rinnova
from incontri.servizi.contenuto import canonico, contenuto
from incontri.servizi.link_risposta import firma as firma_risposta
from incontri.servizi.salvataggi import tieni
from incontri.servizi.versioni import versioni
from risorse.hsds.righe.termini import TASSONOMIE
from risorse.models import RisorsaInSede
from risorse.servizi.link_conferma import firma
from tests import factories as f
from tests.incontri.pubblicati import pubblica

# What an address needs to be asked.
DOMANDE = {"risorse:mappa-luogo": "?lat=4555000&lon=911000"}


@dataclass
class Mondo:
    """The rows of the small world, and the arguments each named address takes in it."""

    argomenti: dict[str, dict[str, Any]]
    righe: list = field(default_factory=list)
    domande: dict[str, str] = field(default_factory=dict)
    altre: dict[str, str] = field(default_factory=dict)
    """Addresses of pages that change with the state of what they show, each under the words for that state."""

    def indirizzo(self, nome: str) -> str:
        """The address of the pattern `nome`; KeyError if a pattern with arguments is not known here."""
        with translation.override("it"):  # the last request of a test may have left another language behind
            if nome.startswith("admin:"):
                return self._indirizzo_admin(nome)
            return reverse(nome, kwargs=self.argomenti.get(nome, {})) + (DOMANDE | self.domande).get(nome, "")

    def _indirizzo_admin(self, nome: str) -> str:
        oggetti = {f"{o._meta.app_label}_{o._meta.model_name}": o for o in self.righe}
        for prefisso, oggetto in oggetti.items():
            resto = nome.removeprefix(f"admin:{prefisso}_")
            if resto == "simple_history":
                storia = oggetto.storia.latest()
                return reverse(nome, args=[oggetto.pk, storia.pk])
            if resto in ("change", "delete", "history", "invito", "errori"):
                return reverse(nome, args=[oggetto.pk])
        if nome == "admin:view_on_site":
            return reverse(nome, args=[ContentType.objects.get_for_model(self.righe[0]).pk, self.righe[0].pk])
        if nome == "admin:autocomplete":
            return f"{reverse(nome)}?app_label=risorse&model_name=risorsa&field_name=ente"
        if nome == "admin:app_list":
            return reverse(nome, args=["referenti"])
        return reverse(nome, kwargs=self.argomenti.get(nome, {}))


def crea_mondo(*, comune, ente, referente) -> Mondo:
    """One row of each model, around the people of the cast; the minutes are a draft that `referente` takes."""
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
    tema = f.TemaFactory(nome="Accesso ai servizi", stato="in-corso")
    incontro = f.IncontroFactory(
        titolo="Incontro di prova", inizio=timezone.now() + timezone.timedelta(days=7), pubblico=True
    )
    incontro.temi.add(tema)
    punto = f.PuntoOdgFactory(incontro=incontro, titolo="Primo punto")
    verbale = f.VerbaleFactory(incontro=incontro, verbalizzante=referente)
    protocollo = f.ProtocolloFactory(titolo="Protocollo", data="2022-09")
    seggio = f.SeggioFactory(nome="Seggio vacante", ente=ente)
    modello = f.ModelloIncontroFactory(nome="Modello di prova")
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
        categoria,
        destinatari,
        lingua,
        f.DocumentoRichiestoFactory(),
        f.ModalitaAccessoFactory(),
        risorsa,
        f.LinguaParlataFactory(risorsa=risorsa, lingua=lingua),
        sede,
        f.RisorsaInSedeFactory(risorsa=risorsa, sede=sede),
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
        f.ImportazioneFactory(autore=referente),
        tema,
        incontro,
        punto,
        f.PresenzaFactory(incontro=incontro, seggio=seggio),
        verbale,
        f.VoceFactory(punto=punto),
        f.PuntoModelloFactory(modello=modello),
        modello,
    ]
    f.PuntoOdgFactory(incontro=incontro, titolo="Impegni aperti", tipo="impegni")
    presto = timezone.localdate() + timezone.timedelta(days=3)
    f.ImpegnoFactory(testo="Mandare l'elenco dei corsi.", ente=ente, persona=referente, scadenza=presto)
    detto = f.VoceFactory(punto=punto, tipo="impegno", testo="Aprire lo **sportello**.")
    impegno = f.ImpegnoFactory(testo=detto.testo, ente=ente, incontro=incontro, voce=detto)
    f.RevisioneImpegnoFactory(impegno=impegno, nota="Si aspetta la sede.", scadenza=presto, autore=referente)
    righe.append(impegno)
    dell_impegno = {"pk": impegno.pk}
    condiviso, osservazione = _condiviso(ente, referente, giorni=21), _osservato(ente, referente)
    righe.append(osservazione)
    originale, rettifica = _approvato(incontro, ente, referente)
    righe += [originale, rettifica]
    chiamata = f.ConvocazioneFactory(incontro=incontro, seggio=seggio)
    righe.append(chiamata)
    dell_incontro = {"pk": incontro.pk}
    istanza = f.IstanzaFactory(oggetto="Tempi delle visite", mittente=ente, scadenza=timezone.localdate())
    messaggio = f.MessaggioIstanzaFactory(istanza=istanza)
    allegato = f.AllegatoFactory(incontro=incontro, pubblico=True)
    righe += [istanza, messaggio, allegato]
    letto_da_tutti = _fermo(
        _tenuto("Incontro con il verbale pubblicato", ente, referente, 28, pubblico=True),
        incontro,
        referente,
        pubblicato=True,
    )
    dell_approvato = {"pk": originale.verbale.incontro_id}
    del_condiviso, dell_osservato = {"pk": condiviso.incontro_id}, {"pk": osservazione.verbale.incontro_id}
    legame = next(riga for riga in righe if isinstance(riga, RisorsaInSede))
    proposta = f.PropostaModificaFactory(risorsa=risorsa, autore=referente)
    ricognizione = f.RicognizioneFactory(titolo="Ricognizione di prova", stato="aperta")
    chiamato = f.EnteInRicognizioneFactory(ricognizione=ricognizione, ente=ente)
    pubblicato = pubblica("Incontro pubblicato", ente=ente, con_allegato=True)
    del_pubblicato = {"pk": pubblicato.pk}
    in_ricognizione = {"slug_ricognizione": ricognizione.slug, "ente": ente.slug}
    righe += [proposta, ricognizione, chiamato]
    della_risorsa = {"slug": risorsa.slug}
    link = {"token": firma(risorsa)}
    salvataggio = tieni(punto, {"voci-0-testo": "Non ancora salvato"}, pagina="prova", utente=referente)
    argomenti = {
        **{f"istanze:{nome}": {"pk": istanza.pk} for nome in ("istanza-detail", "allegato-list")},
        "istanze:istanza-passaggio": {"pk": istanza.pk, "nome": "chiudi"},
        "istanze:istanza-discussa": {"pk": istanza.pk, "incontro": incontro.pk},
        **{f"incontri:{nome}": {"pk": allegato.pk} for nome in ("allegato", "allegato-togli", "allegato-pubblico")},
        "archivio:allegato": {"pk": pubblicato.allegati.get().pk},
        "archivio:incontro-detail": {"slug": pubblicato.slug},
        "archivio:verbale": {"slug": pubblicato.slug, "formato": "pdf"},
        "oparl:meeting-detail": del_pubblicato,
        "oparl:organization-detail": {"pk": ente.pk},
        "oparl:agendaItem-detail": {"pk": pubblicato.punti.get(pubblico=True).pk},
        "oparl:file-detail": {"pk": pubblicato.verbale.pk},
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
        "referenti:ente-detail": {"slug": ente.slug},
        "cura:proposta-detail": {"pk": proposta.pk},
        "cura:ricognizione-detail": {"slug_ricognizione": ricognizione.slug},
        **{f"cura:ricognizione-{nome}": in_ricognizione for nome in ("ente", "aggiungi", "concludi")},
        **{f"cura:ricognizione-{nome}": in_ricognizione | della_risorsa for nome in ("conferma", "correggi", "ritira")},
        "admin:risorse_ricognizione_passo": {"object_id": ricognizione.pk, "nome": "ricorda"},
        **{f"cura:{nome}": della_risorsa for nome in ("risorsa-update", "proposta-create", "ritiro-create")},
        **{f"traduzioni:{nome}": {"lingua": "ar"} for nome in ("coda", "prossima", "esporta", "importa")},
        "traduzioni:scheda": {"lingua": "ar", "tipo": "risorsa", "pk": risorsa.pk},
        "account_reset_password_from_key": {"uidb36": "x", "key": "scaduta"},
        **{
            f"incontri:{nome}": dell_incontro
            for nome in (
                "incontro-detail",
                "incontro-ics",
                "incontro-update",
                "incontro-annulla",
                "convocazione",
                "convocazione-avvisa",
                "convocazione-ricorda",
                "ospite-create",
                "incontro-preparati",
                "odg-update",
                "odg-tipo",
                "presenza-update",
                "allegato-list",
                "verbale-detail",
                "verbale-create",
                "verbale-scrivi",
                "verbale-update",
                "verbale-dati",
                "verbale-avvisa",
                "versione-list",
                "versione-confronto",
                "versione-ripristina",
                "osservazione-create",
            )
        },
        **{
            f"incontri:{nome}": del_condiviso for nome in ("verbale-riprendi", "verbale-approva", "osservazione-create")
        },
        "incontri:verbale-pubblica": dell_approvato,
        **{f"impegni:{nome}": dell_impegno for nome in ("impegno-detail", "impegno-update", "revisione-create")},
        "incontri:revisione-update": dell_incontro,
        "incontri:osservazione-decidi": {**dell_osservato, "osservazione": osservazione.pk},
        "incontri:originale": {**dell_approvato, "formato": "pdf"},
        "incontri:rettifica-create": dell_approvato,
        "incontri:rettifica-decidi": {**dell_approvato, "rettifica": rettifica.pk},
        "incontri:ospite-delete": {**dell_incontro, "ospite": chiamata.pk},
        "convocazione:risposta": {"token": firma_risposta(chiamata)},
        "calendario-ics": {"token": rinnova(referente)},
        "incontri:incontro-passaggio": {**dell_incontro, "nome": "convoca"},
        **{
            f"incontri:{nome}-documento": {**dell_incontro, "formato": "pdf"}
            for nome in ("convocazione", "foglio-presenze", "verbale")
        },
        "incontri:verbale-passaggio": {**dell_incontro, "nome": "condividi"},
        "incontri:voce-update": {**dell_incontro, "punto": punto.pk},
        "incontri:salvataggio": {**dell_incontro, "punto": punto.pk},
        "incontri:salvataggio-detail": {"salvataggio": salvataggio.pk},
        "incontri:salvataggio-scarta": {"salvataggio": salvataggio.pk},
    }
    verbali = {
        "condiviso": condiviso,
        "con osservazioni": osservazione.verbale,
        "approvato": originale.verbale,
        "pubblicato": letto_da_tutti.verbale,
    }
    altre = {f"verbale {stato}": v.get_absolute_url() for stato, v in verbali.items()}
    altre["pagina pubblica"] = reverse("archivio:incontro-detail", args=[letto_da_tutti.verbale.incontro.slug])
    return Mondo(argomenti, righe, _domande(verbale, referente), altre)


def _domande(verbale, referente):
    """One more version of the minutes, and the question that goes back to the one before."""
    voce = verbale.incontro.punti.first().voci.first()
    voce.testo, voce._history_user = f"{voce.testo} E anche altro.", referente
    voce.save()
    return {"incontri:versione-ripristina": f"?momento={versioni(verbale)[1].chiave}"}


def _tenuto(titolo, ente, referente, giorni, **altro):
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


def _condiviso(ente, referente, *, giorni):
    """Minutes the enti are reading, with an observation accepted and not yet written and one refused."""
    incontro = _tenuto(f"Incontro di {giorni} giorni fa", ente, referente, giorni)
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


def _osservato(ente, referente):
    """An observation to be decided, on other shared minutes."""
    verbale = _condiviso(ente, referente, giorni=14)
    return f.OsservazioneFactory(verbale=verbale, ente=ente, punto=verbale.incontro.punti.first(), autore=referente)


def _approvato(incontro, ente, referente):
    """Other minutes, approved by that meeting: their original, and a correction somebody has asked for."""
    originale = _fermo(_tenuto("Incontro già verbalizzato", ente, referente, 7), incontro, referente)
    return originale, f.RettificaFactory(verbale=originale.verbale)


def _fermo(tenuto, che_approva, referente, *, pubblicato=False):
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


def nomi_degli_indirizzi(resolver=None, spazi=()) -> list[str]:
    """The full name of every named pattern of the resolver, once each."""
    nomi: dict[str, None] = {}
    for voce in (resolver or get_resolver()).url_patterns:
        if isinstance(voce, URLResolver):
            dentro = (*spazi, voce.namespace) if voce.namespace else spazi
            nomi.update(dict.fromkeys(nomi_degli_indirizzi(voce, dentro)))
        elif isinstance(voce, URLPattern) and voce.name:
            nomi[":".join((*spazi, voce.name))] = None
    return list(nomi)


def modelli_amministrati() -> list:
    """The models of the back office."""
    return list(admin.site._registry)
