"""Chromium over the live server: a page that remembers what the content security policy refused and what broke."""

import os
import shutil

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import sync_playwright

CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
OPZIONI = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
OPZIONI += ["--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items):
    """Leave the browser tests out where there is no Chromium, unless MOTORI=tutti makes them a duty."""
    qui = os.path.dirname(__file__)  # noqa: PTH120
    for prova in items:
        if str(prova.path).startswith(qui):
            prova.add_marker(pytest.mark.browser)
            # A machine under load may keep a page waiting for more than Playwright does: asked once more, and reported.
            prova.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))
            if CHROMIUM is None and os.environ.get("MOTORI") != "tutti":
                prova.add_marker(pytest.mark.skip(reason="Chromium non è su questa macchina"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Beside what failed, what each page showed and what the browser refused: a time-out alone says neither."""
    esito = yield
    if esito.when == "call" and esito.failed and "apri" in item.fixturenames:
        for pagina in item.funcargs["apri"].pagine:
            esito.sections.append((f"Pagina {pagina.url}", f"{pagina.guasti}\n{pagina.inner_text('body')[:3000]}"))
    return esito


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as avviato:
        browser = avviato.chromium.launch(executable_path=CHROMIUM, args=OPZIONI)
        yield browser
        browser.close()


@pytest.fixture
def apri(chromium, live_server):
    """`apri(utente=None, larghezza=1280, javascript=True)` gives a page; its `guasti` lists what the browser refused."""
    contesti = []

    def _apri(utente=None, larghezza=1280, javascript=True):
        contesto = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": larghezza, "height": 900},
            locale="it-IT",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contesti.append(contesto)
        if utente is not None:
            contesto.add_cookies([{"name": "sessionid", "value": _sessione(utente), "url": live_server.url}])
        pagina = contesto.new_page()
        pagina.guasti = []
        pagina.on("console", lambda m: pagina.guasti.append(m.text) if m.type == "error" else None)
        pagina.on("pageerror", lambda e: pagina.guasti.append(str(e)))
        _apri.pagine.append(pagina)
        return pagina

    _apri.pagine = []
    yield _apri
    for contesto in contesti:
        contesto.close()


def _sessione(utente):
    sessione = SessionStore()
    sessione[SESSION_KEY] = str(utente.pk)
    sessione[BACKEND_SESSION_KEY] = "referenti.accesso.AccessoPerEmail"
    sessione[HASH_SESSION_KEY] = utente.get_session_auth_hash()
    sessione.save()
    return sessione.session_key


@pytest.fixture
def pagina(apri):
    """A page of a visitor, wide."""
    return apri()
