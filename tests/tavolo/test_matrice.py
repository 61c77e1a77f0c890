"""Every address of the resolver × every role: nobody meets a door that the design does not give them.

The table is in attesi.py. Redirects are followed: what counts is where the person ends.
"""

import pytest
from django.urls import reverse

from tests.mondo import nomi_degli_indirizzi
from tests.tavolo.attesi import ATTESI, ENTRA, FATTO, RUOLI, VERBI, VERBO, atteso

NOMI = nomi_degli_indirizzi()


def test_la_tabella_e_il_resolver_parlano_delle_stesse_pagine():
    nomi = {nome for nome in NOMI if not nome.startswith("admin:")}
    della_tabella = {nome for nome in ATTESI if not nome.startswith("admin:")}
    assert (sorted(nomi - della_tabella), sorted(della_tabella - nomi)) == ([], [])


def esito(client, indirizzo):
    """Where a GET ends: the status of the last page, or ENTRA if that is the login."""
    risposta = client.get(indirizzo, follow=True)
    if risposta.streaming:
        # Read to its end, where Django's client closes it: left to itself it would close the connection too.
        b"".join(risposta.streaming_content)
    finale = risposta.request["PATH_INFO"]
    return ENTRA if finale == reverse("account_login") and finale != indirizzo else risposta.status_code


@pytest.mark.parametrize("ruolo", RUOLI)
def test_ogni_indirizzo_per_ogni_ruolo(ruolo, request, client, come, mondo):
    if ruolo != "pubblico":
        come(request.getfixturevalue(ruolo))
    client.raise_request_exception = False
    trovati = {}
    for nome in NOMI:
        if nome == "account_logout":
            continue  # would end the session of the next ones: tried in test_accesso.py
        trovati[nome] = esito(client, mondo.indirizzo(nome))
    assert {nome: trovato for nome, trovato in trovati.items() if trovato != atteso(nome, ruolo)} == {}


def test_la_tabella_dei_verbi_li_ha_tutti():
    soli_post = {n for n in NOMI if ATTESI.get(n) == VERBO or n.endswith(("_invito", "_ricognizione_passo"))}
    assert soli_post == set(VERBI)


@pytest.mark.parametrize("ruolo", RUOLI)
@pytest.mark.parametrize("verbo", VERBI)
def test_ogni_verbo_per_ogni_ruolo(verbo, ruolo, request, client, come, mondo):
    if ruolo != "pubblico":
        come(request.getfixturevalue(ruolo))
    client.raise_request_exception = False
    risposta = client.post(mondo.indirizzo(verbo))
    if risposta.status_code == FATTO and reverse("account_login") in risposta["Location"]:
        trovato = ENTRA
    elif risposta.status_code == FATTO and risposta["Location"].startswith(reverse("admin:login")):
        trovato = esito(client, risposta["Location"])
    else:
        trovato = risposta.status_code
    assert trovato == VERBI[verbo][RUOLI.index(ruolo)]
