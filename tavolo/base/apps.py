"""Application configuration of the shared kernel."""

from django.apps import AppConfig


class ConfigurazioneBase(AppConfig):
    """The kernel shared by the three apps: no model of its own, a closed list of modules (docs/architettura.md)."""

    name = "tavolo.base"
