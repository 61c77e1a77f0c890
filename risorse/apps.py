"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ConfigurazioneRisorse(AppConfig):
    """WHAT: the directory of services."""

    name = "risorse"
    verbose_name = "Che cosa: servizi e risorse"

    def ready(self):
        """Write this app's permissions into the rules; let the index follow every change, and the queue read packages."""
        import_module("risorse.permessi")
        import_module("risorse.hsds.pacchetto.coda")
        contenuto = import_module("tavolo.base.contenuto")
        indice = import_module("risorse.ricerca.indice")
        contenuto.ALLA_MODIFICA.append(indice.aggiorna)
        contenuto.IN_BLOCCO[indice.aggiorna] = indice.aggiorna_insieme
