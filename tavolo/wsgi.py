"""WSGI entry point: `tavolo.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tavolo.base.pagine_pronte import PaginePronte

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tavolo.settings")
application = PaginePronte(get_wsgi_application(), settings.CACHE_PAGINE_MB * 1024 * 1024)
