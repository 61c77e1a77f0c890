"""The rows of the meetings, and the arguments of their addresses."""

from django.urls import reverse
from django.utils import timezone

from incontri.servizi.calendari import rinnova
from incontri.servizi.link_risposta import firma as firma_risposta
from incontri.servizi.salvataggi import tieni
from tests import factories as f
from tests.incontri.pubblicati import pubblica
from tests.mondo.verbali import (
    domande_su,
    incontro_tenuto,
    originale_di,
    osservazione_aperta,
    verbale_approvato,
    verbale_condiviso,
)


def crea(*, ente, referente, seggio):
    """The rows of the app `incontri`, their arguments, the question of one address and the pages of other states."""
    tema = f.TemaFactory(nome="Accesso ai servizi", stato="in-corso")
    incontro = f.IncontroFactory(
        titolo="Incontro di prova", inizio=timezone.now() + timezone.timedelta(days=7), pubblico=True
    )
    incontro.temi.add(tema)
    punto = f.PuntoOdgFactory(incontro=incontro, titolo="Primo punto")
    verbale = f.VerbaleFactory(incontro=incontro, verbalizzante=referente)
    modello = f.ModelloIncontroFactory(nome="Modello di prova")
    righe = [
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
    condiviso, osservazione = verbale_condiviso(ente, referente, giorni=21), osservazione_aperta(ente, referente)
    righe.append(osservazione)
    originale, rettifica = verbale_approvato(incontro, ente, referente)
    righe += [originale, rettifica]
    chiamata = f.ConvocazioneFactory(incontro=incontro, seggio=seggio)
    righe.append(chiamata)
    dell_incontro = {"pk": incontro.pk}
    istanza = f.IstanzaFactory(oggetto="Tempi delle visite", mittente=ente, scadenza=timezone.localdate())
    messaggio = f.MessaggioIstanzaFactory(istanza=istanza)
    allegato = f.AllegatoFactory(incontro=incontro, pubblico=True)
    righe += [istanza, messaggio, allegato]
    letto_da_tutti = originale_di(
        incontro_tenuto("Incontro con il verbale pubblicato", ente, referente, 28, pubblico=True),
        incontro,
        referente,
        pubblicato=True,
    )
    dell_approvato = {"pk": originale.verbale.incontro_id}
    del_condiviso, dell_osservato = {"pk": condiviso.incontro_id}, {"pk": osservazione.verbale.incontro_id}
    pubblicato = pubblica("Incontro pubblicato", ente=ente, con_allegato=True)
    del_pubblicato = {"pk": pubblicato.pk}
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
    return righe, argomenti, domande_su(verbale, referente), altre
