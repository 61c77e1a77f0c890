"""The table of who gets what: every named address × every role, and what a POST of each verb gives.

Kept by hand on purpose: an address that is not in it fails test_matrice.py, so a new page is decided here first.
"""

RUOLI = ("pubblico", "bruno", "senait", "mira", "anna", "superutente")
ENTRA, NO, NON_C_E, SOLO_POST = "login", 403, 404, 405

TUTTI = (200,) * 6
SOLO_CHI_E_DENTRO = (ENTRA, 200, 200, 200, 200, 200)
CHI_SCRIVE = (ENTRA, 200, 200, NO, 200, 200)
CHI_TRADUCE = (ENTRA, NO, NO, 200, 200, 200)
CHI_COORDINA = (ENTRA, NO, NO, NO, 200, 200)
# The minutes are Bruno's draft: for colleagues they are not there yet.
VERBALE_DI_BRUNO = (ENTRA, 200, NON_C_E, NON_C_E, 200, 200)
# Told by an entry of that draft.
IMPEGNO_DI_BRUNO = (ENTRA, 200, NON_C_E, NON_C_E, 200, 200)
# Shared, they read them; what becomes of them is for who wrote them.
CONDIVISO_DI_BRUNO = (ENTRA, 200, NO, NON_C_E, 200, 200)
# Approved minutes are of all the enti.
VERBALE_APPROVATO = (ENTRA, 200, 200, NON_C_E, 200, 200)
DELL_ENTE_DI_BRUNO = (ENTRA, 200, NO, NO, 200, 200)
PROPOSTA_DI_BRUNO = (ENTRA, 200, NON_C_E, NON_C_E, 200, 200)
# Who sits at the Tavolo reads the rounds, who coordinates leads them; for who mediates they are not there.
RILEVAZIONE_GOVERNATA = (ENTRA, NO, NO, NON_C_E, 200, 200)
CHIUSA = (ENTRA, *(NO,) * 5)
VERBO = (SOLO_POST,) * 6
# Before a second factor is set there are no codes to see.
SENZA_CODICI = (ENTRA, *(NON_C_E,) * 5)

ATTESI = {
    "home": TUTTI,
    "accessibilita": TUTTI,
    "privacy": TUTTI,
    "note-legali": TUTTI,
    "robots": TUTTI,
    "sitemap": TUTTI,
    "sitemap-sezione": TUTTI,
    "security-txt": TUTTI,
    "risorse:risorsa-list": TUTTI,
    "risorse:risorsa-detail": TUTTI,
    "risorse:risorsa-valuta": TUTTI,
    "risorse:risorsa-segnala": TUTTI,
    "risorse:risorsa-grazie": TUTTI,
    "risorse:risorsa-sportello": TUTTI,
    "risorse:comune-detail": TUTTI,
    "risorse:mappa": TUTTI,
    "risorse:mappa-punti": TUTTI,
    "risorse:mappa-luogo": TUTTI,
    "dati": TUTTI,
    "dati-servizi": TUTTI,
    "dati-luoghi": TUTTI,
    "dati-geojson": TUTTI,
    "dati-enti": TUTTI,
    "dati-indicatori": TUTTI,
    "dati-calendario": TUTTI,
    "dati-catalogo": TUTTI,
    "novita-atom": TUTTI,
    "lavoro:novita": TUTTI,
    # a need of a published round; the others are not there for the public
    "lavoro:bisogno-list": TUTTI,
    "lavoro:bisogno-detail": TUTTI,
    "bisogni:bisogno-list": SOLO_CHI_E_DENTRO,
    "bisogni:bisogno-create": CHI_SCRIVE,
    "bisogni:bisogno-detail": SOLO_CHI_E_DENTRO,
    "bisogni:bisogno-update": CHI_SCRIVE,
    # the matrix: of the public needs for everybody, of all for who takes part
    **{f"lavoro:copertura{nome}": TUTTI for nome in ("", "-figura", "-svg", "-csv", "-cella")},
    **{f"bisogni:copertura{nome}": SOLO_CHI_E_DENTRO for nome in ("", "-figura", "-svg", "-csv", "-cella")},
    # good practices: a draft is of its ente, a published one of everybody
    "lavoro:prassi-list": TUTTI,
    "lavoro:prassi-detail": TUTTI,
    "prassi:prassi-list": SOLO_CHI_E_DENTRO,
    "prassi:prassi-create": CHI_SCRIVE,
    **{f"prassi:{nome}": PROPOSTA_DI_BRUNO for nome in ("prassi-detail", "prassi-update", "prassi-passaggio")},
    "prassi:allegato-list": PROPOSTA_DI_BRUNO,
    "prassi:adozione-create": CHI_SCRIVE,
    "prassi:adozione-update": DELL_ENTE_DI_BRUNO,
    "prassi:adozione-togli": VERBO,
    "bisogni:catena": SOLO_CHI_E_DENTRO,
    "bisogni:percorso": SOLO_CHI_E_DENTRO,
    "bisogni:percorso-elenco": SOLO_CHI_E_DENTRO,
    "rilevazioni:rilevazione-list": CHI_SCRIVE,
    "rilevazioni:rilevazione-create": CHI_COORDINA,
    "rilevazioni:rilevazione-detail": VERBALE_APPROVATO,
    "rilevazioni:rilevazione-update": RILEVAZIONE_GOVERNATA,
    "rilevazioni:turno": RILEVAZIONE_GOVERNATA,
    "rilevazioni:decisione": RILEVAZIONE_GOVERNATA,
    "rilevazioni:priorita": RILEVAZIONE_GOVERNATA,
    "rilevazioni:graduatoria-csv": VERBALE_APPROVATO,
    "rilevazioni:passaggio": RILEVAZIONE_GOVERNATA,
    "rilevazioni:sollecita": VERBO,
    # only the ente that was asked votes, whoever else may open every door
    "rilevazioni:voto-update": (ENTRA, 200, NO, NON_C_E, NO, NO),
    "lavoro:rilevazione-detail": TUTTI,
    "lavoro:rilevazione-csv": TUTTI,
    "bisogni:dichiarazione-list": SOLO_CHI_E_DENTRO,
    "bisogni:dichiarazione-create": CHI_SCRIVE,
    "bisogni:dichiarazione-update": DELL_ENTE_DI_BRUNO,
    "bisogni:dichiarazione-delete": DELL_ENTE_DI_BRUNO,
    # proposals: an idea led by Bruno's ente, one a meeting approved
    **{f"lavoro:proposta-{nome}": TUTTI for nome in ("list", "detail")},
    **{f"proposte:proposta-{nome}": SOLO_CHI_E_DENTRO for nome in ("list", "detail")},
    "proposte:proposta-create": CHI_SCRIVE,
    **{f"proposte:proposta-{nome}": DELL_ENTE_DI_BRUNO for nome in ("update", "passaggio")},
    **{
        f"proposte:{nome}": DELL_ENTE_DI_BRUNO
        for nome in ("passo-create", "passo-update", "passo-delete", "esito-create", "esito-update")
    },
    "proposte:impegno-create": CHI_SCRIVE,
    # restitution documents: one out for comments, one published
    **{f"lavoro:documento-{nome}": TUTTI for nome in ("list", "detail", "file")},
    **{f"restituzioni:restituzione-{nome}": SOLO_CHI_E_DENTRO for nome in ("list", "detail")},
    "restituzioni:documento": SOLO_CHI_E_DENTRO,
    "restituzioni:commento-create": CHI_SCRIVE,
    **{f"restituzioni:restituzione-{nome}": CHI_COORDINA for nome in ("create", "update", "pubblica")},
    **{f"restituzioni:{nome}": CHI_COORDINA for nome in ("sezione-update", "sezione-contesa", "commento-rispondi")},
    **{f"restituzioni:restituzione-{nome}": VERBO for nome in ("compila", "passaggio", "letta", "avvisa")},
    # the newsletter: whoever holds a link, and the numbers for who coordinates
    **{
        f"newsletter:{nome}": TUTTI for nome in ("iscrizione-create", "grazie", "conferma", "disdetta", "numero-detail")
    },
    **{f"redazione:numero-{nome}": CHI_COORDINA for nome in ("list", "create", "detail", "update", "html", "invia")},
    **{f"redazione:numero-{nome}": VERBO for nome in ("prova", "riprova")},
    "bisogni:bisogno-passaggio": CHI_COORDINA,
    "bisogni:bisogno-unisci": CHI_COORDINA,
    "bisogni:bisogno-separa": CHI_COORDINA,
    "bisogni:ricerca-list": CHI_COORDINA,
    "bisogni:servizio-list": CHI_SCRIVE,
    "bisogni:servizio-collega": VERBO,
    "bisogni:evidenza-create": CHI_SCRIVE,
    "bisogni:evidenza-update": CHI_SCRIVE,
    "bisogni:evidenza-togli": VERBO,
    "archivio:incontro-detail": TUTTI,
    "archivio:verbale": TUTTI,
    **{
        f"oparl:{nome}": TUTTI
        for nome in (
            "system",
            *(f"{cosa}-list" for cosa in ("body", "organization", "meeting", "agendaItem", "file", "person", "paper")),
            "legislativeTerm-list",
            *(f"{cosa}-detail" for cosa in ("body", "organization", "meeting", "agendaItem", "file")),
        )
    },
    "risorse:comune-categoria": TUTTI,
    "risorse:hsds": TUTTI,
    **{
        f"hsds:{nome}": TUTTI
        for nome in (
            "radice",
            "openapi",
            "pacchetto",
            "services-list",
            "services-detail",
            "organizations-list",
            "organizations-detail",
            "service_at_locations-list",
            "service_at_locations-detail",
            "taxonomies-list",
            "taxonomies-detail",
            "taxonomy_terms-list",
            "taxonomy_terms-detail",
        )
    },
    "risorse:volantino": TUTTI,
    "referenti:tavolo": TUTTI,
    "referenti:ente-detail": TUTTI,
    "referenti:territorio": TUTTI,
    "archivio:incontro-list": TUTTI,
    "aderisci:richiesta-create": TUTTI,
    "aderisci:grazie": TUTTI,
    # whoever holds the link
    "aderisci:richiesta-detail": TUTTI,
    # requests carry the names and addresses of people who are not of the Tavolo yet
    **{
        f"adesioni:{nome}": CHI_COORDINA
        for nome in (
            "richiesta-list",
            "richiesta-detail",
            "discussione-create",
            "richiesta-accogli",
            "richiesta-respingi",
            "richiesta-ritira",
        )
    },
    # accounts: who is already in ends in the area, which is a page too
    "account_login": TUTTI,
    "account_logout": TUTTI,
    "account_signup": TUTTI,
    "account_inactive": TUTTI,
    "account_reset_password": TUTTI,
    "account_reset_password_done": TUTTI,
    "account_reset_password_from_key": TUTTI,
    "account_reset_password_from_key_done": TUTTI,
    "account_reauthenticate": SOLO_CHI_E_DENTRO,
    "account_change_password": SOLO_CHI_E_DENTRO,
    "account_set_password": SOLO_CHI_E_DENTRO,
    "mfa_index": SOLO_CHI_E_DENTRO,
    "mfa_authenticate": SOLO_CHI_E_DENTRO,
    "mfa_reauthenticate": SOLO_CHI_E_DENTRO,
    "mfa_activate_totp": SOLO_CHI_E_DENTRO,
    "mfa_deactivate_totp": SENZA_CODICI,
    "mfa_view_recovery_codes": SENZA_CODICI,
    "mfa_generate_recovery_codes": SOLO_CHI_E_DENTRO,
    "mfa_download_recovery_codes": SENZA_CODICI,
    "area": SOLO_CHI_E_DENTRO,
    "cura:risorsa-list": SOLO_CHI_E_DENTRO,
    "cura:risorsa-conferma": VERBO,
    # whoever holds the link, logged in or not
    "conferma:risorsa-conferma": TUTTI,
    "conferma:proposta-create": TUTTI,
    "conferma:ritiro-create": TUTTI,
    # Bruno's ente has it published: to Senait it is a card like another, not hers to correct
    "cura:risorsa-create": CHI_SCRIVE,
    "cura:risorsa-update": DELL_ENTE_DI_BRUNO,
    "cura:proposta-create": DELL_ENTE_DI_BRUNO,
    "cura:ritiro-create": DELL_ENTE_DI_BRUNO,
    "cura:proposta-detail": PROPOSTA_DI_BRUNO,
    # progress is for all, each ente answers for itself
    "cura:ricognizione-list": SOLO_CHI_E_DENTRO,
    "cura:ricognizione-detail": SOLO_CHI_E_DENTRO,
    "cura:ricognizione-ente": DELL_ENTE_DI_BRUNO,
    "cura:ricognizione-aggiungi": DELL_ENTE_DI_BRUNO,
    "cura:ricognizione-concludi": VERBO,
    "cura:ricognizione-conferma": VERBO,
    "cura:ricognizione-correggi": DELL_ENTE_DI_BRUNO,
    "cura:ricognizione-ritira": DELL_ENTE_DI_BRUNO,
    "traduzioni:lingua-list": CHI_TRADUCE,
    "traduzioni:coda": CHI_TRADUCE,
    "traduzioni:prossima": CHI_TRADUCE,
    "traduzioni:scheda": CHI_TRADUCE,
    "traduzioni:esporta": CHI_TRADUCE,
    "traduzioni:importa": CHI_TRADUCE,
    "cura:segnalazione-list": SOLO_CHI_E_DENTRO,
    "impegni:impegno-list": SOLO_CHI_E_DENTRO,
    "impegni:impegni-csv": SOLO_CHI_E_DENTRO,
    "impegni:impegno-create": CHI_SCRIVE,
    "impegni:impegno-detail": IMPEGNO_DI_BRUNO,
    "impegni:impegno-update": IMPEGNO_DI_BRUNO,
    "impegni:revisione-create": IMPEGNO_DI_BRUNO,
    "incontri:revisione-update": VERBALE_DI_BRUNO,
    "istanze:istanza-list": SOLO_CHI_E_DENTRO,
    # who sits for no ente, and does not coordinate, has nobody to send for
    "istanze:istanza-create": CHI_SCRIVE,
    "istanze:istanza-detail": SOLO_CHI_E_DENTRO,
    "istanze:istanza-passaggio": VERBO,
    "istanze:istanza-discussa": VERBO,
    "istanze:allegato-list": SOLO_CHI_E_DENTRO,
    "incontri:allegato": SOLO_CHI_E_DENTRO,
    "incontri:allegato-togli": VERBO,
    "incontri:allegato-pubblico": VERBO,
    "incontri:allegato-list": SOLO_CHI_E_DENTRO,
    # the minutes of its meeting are published
    "archivio:allegato": TUTTI,
    "incontri:incontro-list": SOLO_CHI_E_DENTRO,
    "incontri:prossimi-ics": SOLO_CHI_E_DENTRO,
    "incontri:incontro-create": CHI_SCRIVE,
    "incontri:testo-anteprima": VERBO,
    "incontri:incontro-detail": SOLO_CHI_E_DENTRO,
    "incontri:incontro-ics": SOLO_CHI_E_DENTRO,
    "incontri:incontro-update": CHI_SCRIVE,
    "incontri:incontro-annulla": CHI_SCRIVE,
    "incontri:incontro-passaggio": VERBO,
    "incontri:convocazione": CHI_SCRIVE,
    "incontri:convocazione-avvisa": VERBO,
    "incontri:convocazione-ricorda": VERBO,
    "incontri:ospite-create": CHI_SCRIVE,
    "incontri:ospite-delete": VERBO,
    "incontri:incontro-preparati": SOLO_CHI_E_DENTRO,
    "incontri:calendario-personale": SOLO_CHI_E_DENTRO,
    "incontri:calendario-revoca": VERBO,
    # whoever holds the link or the address of the calendar
    "convocazione:risposta": TUTTI,
    "calendario-ics": TUTTI,
    "incontri:odg-update": CHI_SCRIVE,
    "incontri:odg-tipo": VERBO,
    "incontri:presenza-update": CHI_SCRIVE,
    "incontri:verbale-detail": VERBALE_DI_BRUNO,
    "incontri:convocazione-documento": SOLO_CHI_E_DENTRO,
    "incontri:foglio-presenze-documento": SOLO_CHI_E_DENTRO,
    "incontri:verbale-documento": VERBALE_DI_BRUNO,
    "incontri:verbale-create": VERBO,
    "incontri:verbale-scrivi": VERBALE_DI_BRUNO,
    "incontri:verbale-update": VERBALE_DI_BRUNO,
    "incontri:verbale-dati": VERBALE_DI_BRUNO,
    "incontri:versione-list": VERBALE_DI_BRUNO,
    "incontri:versione-confronto": VERBALE_DI_BRUNO,
    "incontri:versione-ripristina": VERBALE_DI_BRUNO,
    "incontri:verbale-passaggio": VERBO,
    "incontri:verbale-avvisa": VERBO,
    "incontri:verbale-riprendi": CONDIVISO_DI_BRUNO,
    "incontri:verbale-approva": CONDIVISO_DI_BRUNO,
    # who writes minutes does not publish them
    "incontri:verbale-pubblica": (ENTRA, NO, NO, NON_C_E, 200, 200),
    "incontri:osservazione-create": (ENTRA, 200, 200, NON_C_E, 200, 200),
    "incontri:osservazione-decidi": CONDIVISO_DI_BRUNO,
    "incontri:voce-update": VERBALE_DI_BRUNO,
    # JSON for the script of the page: who is logged out is told so
    "incontri:salvataggio": (401, *(SOLO_POST,) * 5),
    "incontri:salvataggio-scarta": VERBO,
    "incontri:salvataggio-detail": (ENTRA, 200, *(NON_C_E,) * 4),
    "incontri:originale": VERBALE_APPROVATO,
    "incontri:rettifica-create": VERBALE_APPROVATO,
    "incontri:rettifica-decidi": (ENTRA, NO, NO, NON_C_E, 200, 200),
    # back office: whatever it holds, for who coordinates only
    "admin:logout": (ENTRA, NO, NO, NO, SOLO_POST, SOLO_POST),
    # minutes start from their meeting, and stay while they have entries
    "admin:incontri_verbale_add": CHIUSA,
    "admin:incontri_verbale_delete": CHIUSA,
    # an import begins from the page of its noun, and stays known
    "admin:base_importazione_add": CHIUSA,
    "admin:base_importazione_delete": CHIUSA,
    # requests to join come from the public form; mails and places on agendas are written by what happens to them
    "admin:referenti_richiestaadesione_add": CHIUSA,
    **{
        f"admin:{nome}_{azione}": CHIUSA
        for nome in ("referenti_avvisoadesione", "incontri_discussioneadesione")
        for azione in ("add", "delete")
    },
    # reports, votes and checks of addresses are not written by hand
    "admin:risorse_segnalazione_add": CHIUSA,
    "admin:risorse_valutazione_add": CHIUSA,
    "admin:risorse_controllolink_add": CHIUSA,
    "admin:risorse_ricercavuota_add": CHIUSA,
    # observations are written and decided beside the minutes, and stay
    "admin:incontri_osservazione_add": CHIUSA,
    "admin:incontri_osservazione_delete": CHIUSA,
    # entries of the minutes are written only where two texts meet
    **{
        f"admin:incontri_{nome}_{azione}": CHIUSA
        for nome in ("istanza", "messaggioistanza", "allegato", "convocazione")
        for azione in ("add", "delete")
    },
    "admin:incontri_iscrizionenewsletter_add": CHIUSA,
    **{
        f"admin:incontri_{nome}newsletter_{azione}": CHIUSA
        for nome in ("numero", "invio")
        for azione in ("add", "delete")
    },
    "admin:incontri_rilevazione_add": CHIUSA,
    "admin:incontri_rilevazione_delete": CHIUSA,
    "admin:incontri_originale_add": CHIUSA,
    "admin:incontri_originale_delete": CHIUSA,
    "admin:incontri_rettifica_add": CHIUSA,
    "admin:incontri_rettifica_delete": CHIUSA,
    "admin:incontri_voce_add": CHIUSA,
    "admin:incontri_voce_delete": CHIUSA,
    # restitution documents are made and written in the reserved area
    **{
        f"admin:incontri_{nome}_{azione}": CHIUSA
        for nome in ("restituzione", "commentorestituzione", "originalerestituzione")
        for azione in ("add", "delete")
    },
    # origins of needs are written where the entry, the report or the words are
    "admin:incontri_originebisogno_add": CHIUSA,
    "admin:incontri_originebisogno_delete": CHIUSA,
    # commitments are taken and reviewed in the reserved area
    "admin:incontri_impegno_add": CHIUSA,
    "admin:incontri_impegno_delete": CHIUSA,
    # proposals come from the enti
    "admin:risorse_propostamodifica_add": CHIUSA,
    # confirmations are given elsewhere, and stay
    "admin:risorse_verifica_add": CHIUSA,
    "admin:risorse_traduzione_add": CHIUSA,
    "admin:risorse_verifica_delete": CHIUSA,
    "admin:login": (ENTRA, NO, NO, NO, 200, 200),
}
# The steps of the back office that only take POST.
PASSI = ("_process_import", "_invito", "_ricognizione_passo")

# What a POST of a verb gives: FATTO is the redirect of a verb that was done.
FATTO = 302
VERBI = {
    "cura:ricognizione-concludi": (ENTRA, FATTO, NO, NO, FATTO, FATTO),
    "cura:ricognizione-conferma": (ENTRA, FATTO, NO, NO, FATTO, FATTO),
    "admin:risorse_ricognizione_passo": (ENTRA, NO, NO, NO, FATTO, FATTO),
    "incontri:incontro-passaggio": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO),
    "restituzioni:restituzione-compila": (ENTRA, NO, NO, NO, FATTO, FATTO),
    **{f"restituzioni:restituzione-{nome}": (ENTRA, NO, NO, NO, FATTO, FATTO) for nome in ("passaggio", "avvisa")},
    "restituzioni:restituzione-letta": (ENTRA, *(FATTO,) * 5),
    **{f"redazione:numero-{nome}": (ENTRA, NO, NO, NO, FATTO, FATTO) for nome in ("prova", "riprova")},
    "rilevazioni:sollecita": (ENTRA, NO, NO, NON_C_E, FATTO, FATTO),
    "bisogni:servizio-collega": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO),
    "bisogni:evidenza-togli": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO),
    "istanze:istanza-passaggio": (ENTRA, FATTO, NO, NO, FATTO, FATTO),
    "istanze:istanza-discussa": (ENTRA, FATTO, NON_C_E, NON_C_E, FATTO, FATTO),
    "prassi:adozione-togli": (ENTRA, FATTO, NO, NO, FATTO, FATTO),
    "incontri:allegato-togli": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO),
    "incontri:allegato-pubblico": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO),
    **{
        f"incontri:{nome}": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO)
        for nome in ("convocazione-avvisa", "convocazione-ricorda", "ospite-delete")
    },
    "incontri:calendario-revoca": (ENTRA, *(FATTO,) * 5),
    "incontri:odg-tipo": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO),
    "incontri:verbale-create": (ENTRA, FATTO, FATTO, NO, FATTO, FATTO),
    "incontri:testo-anteprima": (ENTRA, 200, 200, 200, 200, 200),
    "incontri:verbale-passaggio": (ENTRA, FATTO, NON_C_E, NON_C_E, FATTO, FATTO),
    "incontri:salvataggio-scarta": (ENTRA, FATTO, *(NON_C_E,) * 4),
    "incontri:verbale-avvisa": (ENTRA, FATTO, NON_C_E, NON_C_E, FATTO, FATTO),
    "cura:risorsa-conferma": (ENTRA, FATTO, NO, NO, FATTO, FATTO),
    "admin:referenti_utente_invito": (ENTRA, NO, NO, NO, FATTO, FATTO),
}


def atteso(nome, ruolo):
    """What the table says; the back office, whatever it holds, is for who coordinates only."""
    riga = ATTESI.get(nome, (ENTRA, NO, NO, NO, SOLO_POST, SOLO_POST) if nome.endswith(PASSI) else CHI_COORDINA)
    return riga[RUOLI.index(ruolo)]
