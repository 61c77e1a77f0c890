"""Where the portal keeps things: database, cache, files, imports."""

from tavolo.settings.ambiente import CARTELLA_DATI, DEBUG, RADICE, env

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

# Pages ready to be served, kept by each server process (tavolo/base/pagine_pronte.py); 0 keeps none.
CACHE_PAGINE_MB = env.int("CACHE_PAGINE_MB", default=0 if DEBUG else 32)

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

# Whole fonts for the documents in PDF, put there by frontend/build.mjs.
CARTELLA_FONT = RADICE / "frontend" / "font"

# --- Import and export (reference: security.md, uploads) -------------------------------------------------------------
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
RIGHE_MASSIME_IMPORTAZIONE = env.int("RIGHE_MASSIME_IMPORTAZIONE", default=20_000)
# Beyond this many rows a file of the back office goes on behind the pages: see tavolo.base.coda.
RIGHE_IN_RICHIESTA = 500
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Attachments of meetings and instances (incontri/servizi/allegati.py) -----------------------------------------------
ALLEGATO_MB = env.int("ALLEGATO_MB", default=10)
ALLEGATI_TOTALE_MB = env.int("ALLEGATI_TOTALE_MB", default=100)
