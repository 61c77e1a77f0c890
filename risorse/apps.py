"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ConfigurazioneRisorse(AppConfig):
    """WHAT: the directory of services."""

    name = "risorse"
    verbose_name = "Che cosa: servizi e risorse"

    def ready(self):
        """Write this app's permissions into the rules."""
        import_module("risorse.permessi")
