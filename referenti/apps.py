"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ConfigurazioneReferenti(AppConfig):
    """WHO: comuni, enti, seats and the people who hold them."""

    name = "referenti"
    verbose_name = "Chi: territorio, enti e persone"

    def ready(self):
        """Write this app's permissions into the rules."""
        import_module("referenti.permessi")
