"""The portal's settings as the suite runs them: nothing of this machine's environment but the engine."""

import atexit
import os
import shutil
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
    # In memory where the machine has a file system there; the directory is this process's own.
    CARTELLA_DATI=tempfile.mkdtemp(prefix="portale-prove-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None),
)

from tavolo.settings import *  # noqa: F403
from tavolo.settings import CARTELLA_DATI, DATABASES, STORAGES

atexit.register(shutil.rmtree, CARTELLA_DATI, ignore_errors=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files are served by the finders, unhashed: the hashed ones are tried by tests/tavolo/test_servi.py.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file: every thread of the live server has a connection of its own, as the real server's have. Django's database in
    # memory is one connection for all, on which a script's request and a page's meet as "table is locked".
    DATABASES["default"]["TEST"] = {"NAME": str(CARTELLA_DATI / "prove.sqlite3")}
    DATABASES["default"]["OPTIONS"] |= {"init_command": "PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"}
