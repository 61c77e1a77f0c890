"""Application configuration of the shared kernel."""

from importlib import import_module

from django.apps import AppConfig


class ConfigurazioneBase(AppConfig):
    """The kernel shared by the three apps: a closed list of modules (docs/architettura.md)."""

    name = "tavolo.base"
    verbose_name = "Importazioni"

    def ready(self):
        """Start to follow what changes the public pages: the models of the apps are all there by now."""
        import_module("tavolo.base.contenuto").ascolta()
