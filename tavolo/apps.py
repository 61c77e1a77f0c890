"""Application configurations of the project itself."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigurazioneTavolo(AppConfig):
    """The project as an application: its commands are found here."""

    name = "tavolo"
    default = True


class ConfigurazioneAmministrazione(AdminConfig):
    """Django's admin with our own site."""

    default_site = "tavolo.amministrazione.SitoAmministrazione"
    default = False
