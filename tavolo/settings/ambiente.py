"""What every part of the settings starts from: the environment, and what this installation is."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

RADICE = Path(__file__).resolve().parent.parent.parent
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
