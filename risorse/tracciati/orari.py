"""The tables of hours and closures."""

from typing import Any

from django.core.exceptions import ValidationError

from risorse.models import Chiusura, Orario, RisorsaInSede
from tavolo.base.colonne import Colonna
from tavolo.base.tracciati import Tracciato


class DiChi(Colonna):
    """Whose hours a row holds: of a service at a place it names both the service and the place."""

    def get_value(self, instance):
        """The service or the place, also where they are written as one."""
        diretto = super().get_value(instance)
        if diretto is not None or instance.in_sede_id is None:
            return diretto
        return getattr(instance.in_sede, self.attribute)


class TracciatoOrario(Tracciato):
    """orari.csv: `risorsa` alone is the service anywhere, `sede` alone the place, both the service at that place."""

    class Meta:
        model = Orario
        import_id_fields = ("risorsa", "sede", "giorno", "dalle", "valido_dal")
        fields = (
            "risorsa",
            "sede",
            "giorno",
            "dalle",
            "alle",
            "su_appuntamento",
            "valido_dal",
            "valido_al",
            "nota",
        )

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for nome in ("risorsa", "sede"):
            colonna = self.fields[nome]
            self.fields[nome] = DiChi(nome, nome, colonna.widget, modello=colonna.modello)

    def con_riferimenti(self, righe):
        """Rows with the service and the place of each, however they are written."""
        return super().con_riferimenti(righe).select_related("risorsa", "sede", "in_sede__risorsa", "in_sede__sede")

    def import_instance(self, instance, row, **kwargs):
        """Fill the row; a service and a place together become the service as found at that place."""
        super().import_instance(instance, row, **kwargs)
        risorsa, sede = instance.risorsa, instance.sede
        if not (risorsa and sede):
            instance.in_sede = None
            return
        instance.in_sede = self.in_sede(risorsa, sede)
        instance.risorsa = instance.sede = None

    def in_sede(self, risorsa: Any, sede: Any) -> RisorsaInSede:
        """The service at that place; raises ValidationError if it is not found there."""
        trovata = RisorsaInSede.objects.filter(risorsa=risorsa, sede=sede).first()
        if trovata is None:
            raise ValidationError(
                {"sede": f"«{risorsa}» non è in «{sede}»: aggiungi prima il servizio in quella sede (risorse_in_sedi)."}
            )
        return trovata


class TracciatoChiusura(Tracciato):
    """chiusure.csv: exactly one of ente, sede and risorsa is filled."""

    class Meta:
        model = Chiusura
        import_id_fields = ("ente", "sede", "risorsa", "dal")
        fields = ("ente", "sede", "risorsa", "dal", "al", "motivo")
