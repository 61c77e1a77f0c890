"""Who gets in and what a browser may do: accounts, cookies, content security policy."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from tavolo.settings.ambiente import ALLOWED_HOSTS, DEMO, INDIRIZZI_LOCALI, env

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
# The tiles of the zoomable map: an address as Leaflet writes it, https://tile.example.org/{z}/{x}/{y}.png. Without one
# the map shows outlines and points only, and no page asks anything of anybody else.
MAPPA_TILE_URL = env.str("MAPPA_TILE_URL", default="")
MAPPA_TILE_ATTRIBUZIONE = env.str("MAPPA_TILE_ATTRIBUZIONE", default="© OpenStreetMap")
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
if MAPPA_TILE_URL:
    # The one host besides ours; `{s}` stands for its subdomains.
    _mattonelle = urlsplit(MAPPA_TILE_URL.replace("{s}.", "*."))
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(f"{_mattonelle.scheme}://{_mattonelle.netloc}")
