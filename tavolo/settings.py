"""Settings of the portal: one file, one environment variable each (docs/gestione.md lists them).

Without any variable the portal runs as in production, except that it then refuses to start for want of SECRET_KEY.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

RADICE = Path(__file__).resolve().parent.parent
env = environ.Env()
if (RADICE / ".env").exists():
    env.read_env(RADICE / ".env")

# --- What this installation is -------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
# The demo database holds accounts whose passwords are printed on the screen: see referenti/servizi/demo.py.
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "Manca SECRET_KEY: imposta la variabile d'ambiente SECRET_KEY con una stringa lunga e casuale "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))'), oppure DEBUG=1 per lo sviluppo."
        )
    SECRET_KEY = "solo-per-lo-sviluppo"  # noqa: S105 - refused above as soon as DEBUG is off
INDIRIZZI_LOCALI = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=INDIRIZZI_LOCALI)
if DEMO and not set(ALLOWED_HOSTS) <= set(INDIRIZZI_LOCALI):
    raise ImproperlyConfigured(
        "DEMO=1 vale solo su questa macchina: gli account dimostrativi hanno password note. Togli DEMO, oppure lascia "
        "ALLOWED_HOSTS con i soli nomi locali."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Everything the portal writes (database, uploads, collected static files) lives below this folder.
CARTELLA_DATI = Path(env.str("CARTELLA_DATI", default=str(RADICE / "var")))

# --- Applications ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "tavolo.apps.ConfigurazioneTavolo",
    "tavolo.base",
    "referenti",
    "risorse",
    "incontri",
    "tavolo.apps.ConfigurazioneAmministrazione",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "import_export",
    "rules",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tavolo.base.middleware.RifiutaByteNulli",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "referenti.middleware.SecondoFattoreObbligatorio",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "tavolo.urls"
WSGI_APPLICATION = "tavolo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RADICE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "tavolo.base.contesto.portale",
            ],
            "builtins": ["tavolo.base.templatetags.portale", "django.templatetags.i18n"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Database: SQLite beside the code, PostgreSQL by DATABASE_URL (shared choices: docs/gestione.md) --------------
URL_DATABASE = env.str("DATABASE_URL", default="") or f"sqlite:///{CARTELLA_DATI / 'portale.sqlite3'}"
DATABASES = {"default": env.db_url_config(URL_DATABASE) | {"ATOMIC_REQUESTS": True}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Measured: the defaults failed 294 of 360 concurrent writes, IMMEDIATE none; FULL loses no acknowledged commit.
    # The journal stays DELETE: WAL of SQLite before 3.51.3 can corrupt on reset.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits and import previews must be shared by all server processes: the database is what they share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_condivisa",
        # Beyond this many rows a third is thrown away: the attempts at a login must not be among them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Accounts: e-mail, by invitation only ---------------------------------------------------------------------------
AUTH_USER_MODEL = "referenti.Utente"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "referenti.accesso.AccessoPerEmail",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = env.int("INVITO_VALIDO_SECONDI", default=7 * 24 * 3600)
ACCOUNT_ADAPTER = "referenti.accesso.AccessoSuInvito"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invited person proves the address by opening the invitation
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # the end of an invitation is being inside
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses typed by strangers
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_FIDATI", default=0)
MFA_ADAPTER = "referenti.accesso.SecondoFattore"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tavolo Intercultura"
# Whoever administers needs a second factor; only the demo, which is bound to this machine, goes without.
MFA_PER_AMMINISTRARE = env.bool("MFA_PER_AMMINISTRARE", default=not DEMO)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "area"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# --- Languages and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "it"
LANGUAGES = [
    ("it", "Italiano"),
    ("en", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("fr", "Français"),
    ("zh-hans", "简体中文"),
]
LOCALE_PATHS = [RADICE / "locale", RADICE / "locale" / "correzioni"]
FORMAT_MODULE_PATH = ["tavolo.formati"]
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does by default
TIME_ZONE = "Europe/Rome"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- Static files and uploads ------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = CARTELLA_DATI / "static"
STATICFILES_DIRS = [RADICE / "static", RADICE / "frontend" / "build"]
MEDIA_URL = "media/"
MEDIA_ROOT = CARTELLA_DATI / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Import and export (reference: security.md, uploads) -------------------------------------------------------------
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
RIGHE_MASSIME_IMPORTAZIONE = env.int("RIGHE_MASSIME_IMPORTAZIONE", default=5000)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Security --------------------------------------------------------------------------------------------------------------
# On as soon as the portal answers to a name that is not this machine's own.
HTTPS = env.bool("HTTPS", default=not set(ALLOWED_HOSTS) <= set(INDIRIZZI_LOCALI))
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = env.int("SESSIONE_SECONDI", default=12 * 3600)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDI", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_SOTTODOMINI", default=False)
if env.bool("DIETRO_PROXY_HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tavolo.views.errori.richiesta_rifiutata"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Who answers for this installation: shown on the legal pages (empty: the page says that it is still missing) ----
EMAIL_REDAZIONE = env.str("EMAIL_REDAZIONE", default="")
EMAIL_DPO = env.str("EMAIL_DPO", default="")
TITOLARE_DATI = env.str("TITOLARE_DATI", default="")
URL_DICHIARAZIONE_ACCESSIBILITA = env.str("URL_DICHIARAZIONE_ACCESSIBILITA", default="")

# --- Mail and log ------------------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_MITTENTE", default="Tavolo Intercultura <portale@localhost>")
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tavolo Intercultura: "
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LIVELLO_LOG", default="WARNING")},
}
