"""Settings of the portal, one environment variable each (docs/gestione.md lists them).

Without any variable the portal runs as in production, except that it then refuses to start for want of SECRET_KEY.
"""

from tavolo.settings.accessi import *  # noqa: F403
from tavolo.settings.ambiente import *  # noqa: F403
from tavolo.settings.ambiente import DEMO, RADICE, env
from tavolo.settings.applicazioni import *  # noqa: F403
from tavolo.settings.archivi import *  # noqa: F403

# --- Languages and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "it"
LANGUAGES = [
    ("it", "Italiano"),
    ("en", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("fr", "Français"),
    ("zh-hans", "中文"),
]
LOCALE_PATHS = [RADICE / "locale", RADICE / "locale" / "correzioni"]
FORMAT_MODULE_PATH = ["tavolo.formati"]
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does by default
TIME_ZONE = "Europe/Rome"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- Freshness of the cards, in days ---------------------------------------------------------------------------------
# A card is to be confirmed this long after its last confirmation…
GIORNI_VERIFICA = env.int("GIORNI_VERIFICA", default=180)
# … its ente is reminded this long before, and again once it is overdue; then who coordinates is told, then the card
# leaves the public pages, each so long after the due date.
GIORNI_PROMEMORIA = env.int("GIORNI_PROMEMORIA", default=14)
GIORNI_AL_COORDINAMENTO = env.int("GIORNI_AL_COORDINAMENTO", default=14)
GIORNI_NASCOSTA = env.int("GIORNI_NASCOSTA", default=60)
# The link of a reminder is good for so long.
GIORNI_LINK = env.int("GIORNI_LINK", default=120)
# Commands that write mail have no request to take the portal's own address from.
INDIRIZZO_PORTALE = env.str("INDIRIZZO_PORTALE", default="http://127.0.0.1:8000" if DEMO else "").rstrip("/")

# --- Minutes ----------------------------------------------------------------------------------------------------------
# The enti may observe on shared minutes for so many days.
GIORNI_OSSERVAZIONI = env.int("GIORNI_OSSERVAZIONI", default=10)

# --- How long what the public sends is kept ---------------------------------------------------------------------------
MESI_CONSERVAZIONE = env.int("MESI_CONSERVAZIONE", default=12)
GIORNI_CONSERVAZIONE_EMAIL = env.int("GIORNI_CONSERVAZIONE_EMAIL", default=30)
# A request to join that nobody confirms is erased; of one that is over, the people are.
GIORNI_ADESIONE_DA_CONFERMARE = env.int("GIORNI_ADESIONE_DA_CONFERMARE", default=7)
GIORNI_ADESIONE_CHIUSA = env.int("GIORNI_ADESIONE_CHIUSA", default=180)
GIORNI_NEWSLETTER_DA_CONFERMARE = env.int("GIORNI_NEWSLETTER_DA_CONFERMARE", default=7)
GIORNI_NEWSLETTER_DISDETTA = env.int("GIORNI_NEWSLETTER_DISDETTA", default=30)
NEWSLETTER_AL_MINUTO = env.int("NEWSLETTER_AL_MINUTO", default=60)

# --- Who answers for this installation: shown on the legal pages (empty: the page says that it is still missing) ----
EMAIL_REDAZIONE = env.str("EMAIL_REDAZIONE", default="")
EMAIL_DPO = env.str("EMAIL_DPO", default="")
TITOLARE_DATI = env.str("TITOLARE_DATI", default="")
CODICE_IPA = env.str("CODICE_IPA", default="")
URL_DICHIARAZIONE_ACCESSIBILITA = env.str("URL_DICHIARAZIONE_ACCESSIBILITA", default="")

# --- The heading of the documents of the meetings: the body, then its territory ------------------------------------------
_INTESTAZIONE = ["Tavolo Intercultura", "Ambito Territoriale di Garbagnate Milanese"]
INTESTAZIONE_DOCUMENTI = env.list("INTESTAZIONE_DOCUMENTI", default=_INTESTAZIONE)

# --- Mail and log ------------------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds: a mail is sent inside a transaction, and on SQLite other writers wait for 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_MITTENTE", default="Tavolo Intercultura <portale@localhost>")
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tavolo Intercultura: "
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LIVELLO_LOG", default="WARNING")},
}
