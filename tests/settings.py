"""The portal's settings as the suite runs them: nothing of this machine's environment but the engine."""

import os
import tempfile

os.environ.update(
    SECRET_KEY="solo-per-le-prove",
    DEBUG="0",
    DEMO="0",
    ALLOWED_HOSTS="localhost,127.0.0.1",
    HTTPS="0",
    MFA_PER_AMMINISTRARE="0",  # tests/referenti/test_accesso.py turns it on
    EMAIL_URL="memorymail://",
    EMAIL_REDAZIONE="redazione@example.org",
    CARTELLA_DATI=tempfile.mkdtemp(prefix="portale-prove-"),
)

from tavolo.settings import *  # noqa: F403
from tavolo.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files are served by the finders, unhashed: the hashed ones are tried by tests/tavolo/test_servi.py.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
