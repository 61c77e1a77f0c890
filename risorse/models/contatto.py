"""How to reach an ente, a place or a service; never a private person."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from referenti.models import Ente
from risorse.models.risorsa import Risorsa
from risorse.models.sede import Sede
from risorse.models.traduzione import Traducibile
from tavolo.base.models import Ordinato, Registrato
from tavolo.base.telefono import completo, telefono


class TipoContatto(models.TextChoices):
    """By which way."""

    TELEFONO = "telefono", _("Telefono")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")
    PEC = "pec", _("PEC")
    WEB = "web", _("Sito")


_NUMERO = RegexValidator(
    r"^\+?[0-9](?: ?[0-9]){2,14}$", "Scrivi il numero con sole cifre e spazi, per esempio 02 1234567."
)
_VALIDATORI = {
    TipoContatto.TELEFONO: _NUMERO,
    TipoContatto.WHATSAPP: _NUMERO,
    TipoContatto.EMAIL: EmailValidator("Questo indirizzo e-mail non è valido."),
    TipoContatto.PEC: EmailValidator("Questo indirizzo PEC non è valido."),
    TipoContatto.WEB: URLValidator(("http", "https"), message="Scrivi l'indirizzo intero, che comincia con https://."),
}
_SOLO_UNO = (
    Q(ente__isnull=False, sede__isnull=True, risorsa__isnull=True)
    | Q(ente__isnull=True, sede__isnull=False, risorsa__isnull=True)
    | Q(ente__isnull=True, sede__isnull=True, risorsa__isnull=False)
)


class ContattoQuerySet(models.QuerySet):
    """Questions asked of contacts."""

    def pubblici(self):
        """Contacts that somebody confirmed: the others stay off the public pages."""
        return self.filter(da_verificare=False)

    def di_risorsa(self, risorsa):
        """Confirmed contacts of a service and of its confirmed places, else those of its ente.

        A sample service never borrows its ente's: real telephones would ring for a service that does not exist.
        """
        suoi = self.pubblici().filter(Q(risorsa=risorsa) | Q(sede__in=risorsa.sedi.pubbliche())).select_related("sede")
        if risorsa.esempio or suoi:
            return suoi
        return self.pubblici().filter(ente=risorsa.ente_id)

    def di_emergenza(self):
        """The numbers of the emergency strip, of published services not over; no want of confirmation hides them."""
        return (
            self.pubblici()
            .filter(emergenza=True, tipo=TipoContatto.TELEFONO, risorsa__in=Risorsa.objects.valide())
            .select_related("risorsa")
        )


class Contatto(Registrato, Ordinato, Traducibile):
    """One way to reach exactly one of: an ente, a place, a service."""

    ente = models.ForeignKey(
        Ente, on_delete=models.CASCADE, null=True, blank=True, related_name="contatti", verbose_name="ente"
    )
    sede = models.ForeignKey(
        Sede, on_delete=models.CASCADE, null=True, blank=True, related_name="contatti", verbose_name="sede"
    )
    risorsa = models.ForeignKey(
        Risorsa, on_delete=models.CASCADE, null=True, blank=True, related_name="contatti", verbose_name="servizio"
    )
    tipo = models.CharField("tipo", max_length=10, choices=TipoContatto)
    valore = models.CharField("numero o indirizzo", max_length=200)
    etichetta = models.CharField("etichetta", max_length=80, blank=True, help_text="Per esempio: centralino.")
    emergenza = models.BooleanField(
        "numero di emergenza", default=False, help_text="Compare nella striscia delle emergenze della prima pagina."
    )
    fonte = models.CharField("fonte", max_length=200, blank=True)
    da_verificare = models.BooleanField(
        "da verificare", default=False, help_text="Finché è da verificare non compare nelle pagine pubbliche."
    )
    esempio = models.BooleanField("dati di esempio", default=False)

    DA_TRADURRE: ClassVar = ("etichetta",)

    storia = HistoricalRecords()
    objects = ContattoQuerySet.as_manager()

    class Meta:
        verbose_name = "contatto"
        verbose_name_plural = "contatti"
        ordering = ("ordine", "tipo", "valore")
        # Asked by the home page: a few rows among thousands.
        indexes = (models.Index(name="contatto_emergenza", fields=["risorsa"], condition=Q(emergenza=True)),)
        constraints = (
            models.CheckConstraint(
                name="contatto_di_uno_solo",
                condition=_SOLO_UNO,
                violation_error_message="Un contatto è di un ente, di una sede o di un servizio: scegline uno solo.",
            ),
            models.CheckConstraint(
                name="contatto_emergenza_telefono_di_servizio",
                condition=Q(emergenza=False) | Q(tipo=TipoContatto.TELEFONO, risorsa__isnull=False),
                violation_error_message="Un numero di emergenza è il telefono di un servizio.",
            ),
            models.UniqueConstraint(
                name="contatto_unico_ente",
                fields=["ente", "tipo", "valore"],
                violation_error_message="Questo contatto c'è già.",
            ),
            models.UniqueConstraint(
                name="contatto_unico_sede",
                fields=["sede", "tipo", "valore"],
                violation_error_message="Questo contatto c'è già.",
            ),
            models.UniqueConstraint(
                name="contatto_unico_risorsa",
                fields=["risorsa", "tipo", "valore"],
                violation_error_message="Questo contatto c'è già.",
            ),
        )

    def __str__(self):
        return f"{self.get_tipo_display()} {self.valore}"

    def clean(self):
        """Refuse a value that is not of its type."""
        if self.tipo in _VALIDATORI and self.valore:
            try:
                _VALIDATORI[self.tipo](self.valore)
            except ValidationError as errore:
                raise ValidationError({"valore": errore.messages}) from errore

    @property
    def href(self) -> str:
        """The address a link to this contact goes to."""
        return {
            TipoContatto.TELEFONO: telefono(self.valore),
            TipoContatto.WHATSAPP: f"https://wa.me/{completo(self.valore).removeprefix('+')}",
            TipoContatto.EMAIL: f"mailto:{self.valore}",
            TipoContatto.PEC: f"mailto:{self.valore}",
            TipoContatto.WEB: self.valore,
        }[self.tipo]
