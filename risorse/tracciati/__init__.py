"""The tables of the directory."""

from typing import ClassVar

from django.core.exceptions import ValidationError

from risorse.models import (
    AreaServita,
    Categoria,
    Contatto,
    ControlloLink,
    Destinatari,
    DocumentoRichiesto,
    Lingua,
    LinguaParlata,
    ModalitaAccesso,
    Risorsa,
    RisorsaInSede,
    Sede,
    Segnalazione,
    Valutazione,
    Verifica,
)
from risorse.models.schede import COMUNI_SENZA_AREA
from risorse.tracciati.orari import TracciatoChiusura, TracciatoOrario
from tavolo.base.tracciati import Tracciato

__all__ = [
    "TracciatoCategoria",
    "TracciatoChiusura",
    "TracciatoContatto",
    "TracciatoDestinatari",
    "TracciatoDocumentoRichiesto",
    "TracciatoLingua",
    "TracciatoLinguaParlata",
    "TracciatoModalitaAccesso",
    "TracciatoOrario",
    "TracciatoRisorsa",
    "TracciatoRisorsaInSede",
    "TracciatoSede",
]


class TracciatoCategoria(Tracciato):
    """categorie.csv."""

    class Meta:
        model = Categoria
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "descrizione", "icona", "ordine")


class TracciatoDestinatari(Tracciato):
    """destinatari.csv."""

    class Meta:
        model = Destinatari
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "ordine")


class TracciatoDocumentoRichiesto(Tracciato):
    """documenti.csv."""

    class Meta:
        model = DocumentoRichiesto
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "ordine")


class TracciatoModalitaAccesso(Tracciato):
    """modalita.csv."""

    class Meta:
        model = ModalitaAccesso
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "ordine")


class TracciatoLingua(Tracciato):
    """lingue.csv."""

    class Meta:
        model = Lingua
        import_id_fields = ("codice",)
        fields = ("codice", "slug", "nome", "nome_proprio", "da_destra", "ordine")


class TracciatoSede(Tracciato):
    """sedi.csv."""

    class Meta:
        model = Sede
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "ente",
            "nome",
            "tipo",
            "indirizzo",
            "cap",
            "comune",
            "latitudine",
            "longitudine",
            "accessibilita",
            "accessibilita_nota",
            "fonte",
            "da_verificare",
            "esempio",
        )


class TracciatoRisorsa(Tracciato):
    """risorse.csv: terms and comuni are lists of slugs separated by `|`."""

    in_blocco = True

    class Meta:
        model = Risorsa
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "ente",
            "nome",
            "in_breve",
            "descrizione",
            "tipo",
            "categorie",
            "destinatari",
            "area_servita",
            "comuni_serviti",
            "costo",
            "costo_nota",
            "modalita",
            "documenti",
            "requisiti",
            "eta_minima",
            "eta_massima",
            "valida_dal",
            "valida_al",
            "aperta_nei_festivi",
            "stato",
            "fonte",
            "fonte_data",
            "esempio",
        )

    def before_save_instance(self, instance, row, **kwargs):
        """Refuse single comuni for a service of the whole Ambito or of the nation."""
        if instance.area_servita == AreaServita.COMUNI:
            return
        scritti = "comuni_serviti" in row
        if self.letta(self.fields["comuni_serviti"], row) if scritti else instance.comuni_serviti.all():
            raise ValidationError({"comuni_serviti": COMUNI_SENZA_AREA})


class TracciatoLinguaParlata(Tracciato):
    """lingue_parlate.csv: languages are read by their BCP 47 code."""

    chiavi: ClassVar = {"lingua": "codice"}

    class Meta:
        model = LinguaParlata
        import_id_fields = ("risorsa", "lingua", "con_mediatore")
        fields = ("risorsa", "lingua", "con_mediatore", "quando")


class TracciatoRisorsaInSede(Tracciato):
    """risorse_in_sedi.csv."""

    class Meta:
        model = RisorsaInSede
        import_id_fields = ("risorsa", "sede")
        fields = ("risorsa", "sede", "nota")


class TracciatoContatto(Tracciato):
    """contatti.csv: exactly one of ente, sede and risorsa is filled."""

    in_blocco = True

    class Meta:
        model = Contatto
        import_id_fields = ("ente", "sede", "risorsa", "tipo", "valore")
        fields = (
            "ente",
            "sede",
            "risorsa",
            "tipo",
            "valore",
            "etichetta",
            "emergenza",
            "fonte",
            "da_verificare",
            "esempio",
            "ordine",
        )


class TracciatoSegnalazione(Tracciato):
    """The reports of the public, to export only, without the addresses of who sent them."""

    class Meta:
        model = Segnalazione
        import_id_fields = ("risorsa", "creato")
        fields = ("risorsa", "cosa", "testo", "lingua", "stato", "risposta", "creato", "gestita_il")


class TracciatoValutazione(Tracciato):
    """The votes of the public, to export only."""

    class Meta:
        model = Valutazione
        import_id_fields = ("risorsa", "creato")
        fields = ("risorsa", "voto", "lingua", "creato")


class TracciatoControlloLink(Tracciato):
    """The checks of the web addresses, to export only."""

    chiavi: ClassVar = {"contatto": "valore"}

    class Meta:
        model = ControlloLink
        import_id_fields = ("contatto",)
        fields = ("contatto", "codice", "problema", "rotto_dal", "controllato_il")


class TracciatoVerifica(Tracciato):
    """Confirmations: they go out only, since each moves the due date of its card."""

    class Meta:
        model = Verifica
        import_id_fields = ("risorsa", "giorno", "modo")
        fields = ("risorsa", "giorno", "modo", "nota")
