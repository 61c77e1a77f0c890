"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ConfigurazioneIncontri(AppConfig):
    """WORK: meetings of the Tavolo and what comes out of them."""

    name = "incontri"
    verbose_name = "Lavoro: incontri e verbali"

    def ready(self):
        """Write this app's permissions into the rules."""
        import_module("incontri.permessi")
