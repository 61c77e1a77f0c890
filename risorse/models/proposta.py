"""Changes that an ente proposes to its published cards, field by field; who coordinates accepts or refuses them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from referenti.models import Ente
from risorse.models.risorsa import Risorsa
from tavolo.base.models import ConAutore, Registrato
from tavolo.base.stati import ConStati, Passaggio


class TipoProposta(models.TextChoices):
    """What is asked for."""

    MODIFICA = "modifica", "Modifica"
    RITIRO = "ritiro", "Ritiro del servizio"


class StatoProposta(models.TextChoices):
    """Where a proposal is."""

    APERTA = "aperta", "Aperta"
    ACCOLTA = "accolta", "Accolta"
    ACCOLTA_IN_PARTE = "accolta-in-parte", "Accolta in parte"
    RESPINTA = "respinta", "Respinta"


_DA_DECIDERE = frozenset({StatoProposta.APERTA})


class PropostaModificaQuerySet(models.QuerySet):
    """Questions asked of proposals."""

    def aperte(self):
        """Those somebody has to decide."""
        return self.filter(stato=StatoProposta.APERTA)

    def visibili_a(self, utente):
        """Proposals this person may read: all for who coordinates, else those of the own ente and of its units."""
        if utente.has_perm("risorse.change_propostamodifica"):
            return self
        if not utente.has_perm("risorse.view_propostamodifica"):
            return self.none()
        return self.filter(Q(ente=utente.ente_id) | Q(ente__padre=utente.ente_id))


class PropostaModifica(Registrato, ConAutore, ConStati):
    """What one person would change of one card.

    `prima` and `dopo` map the name of each changed field to its value as a tracciato writes it: what the person saw,
    what the person wrote. `accolti` names the fields that were taken over.
    """

    FUORI_DALLE_PAGINE = True

    risorsa = models.ForeignKey(Risorsa, on_delete=models.CASCADE, related_name="proposte", verbose_name="servizio")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="+", verbose_name="ente che propone")
    tipo = models.CharField("tipo", max_length=10, choices=TipoProposta, default=TipoProposta.MODIFICA)
    prima = models.JSONField("prima", default=dict, blank=True)
    dopo = models.JSONField("dopo", default=dict, blank=True)
    accolti = models.JSONField("campi accolti", default=list, blank=True, editable=False)
    nota = models.TextField("nota di chi propone", blank=True)
    da_link = models.BooleanField("con il link della e-mail", default=False, editable=False)
    stato = models.CharField(
        "stato", max_length=20, choices=StatoProposta, default=StatoProposta.APERTA, editable=False
    )
    motivazione = models.TextField("risposta del coordinamento", blank=True)
    decisa_da = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="decisa da",
    )
    decisa_il = models.DateTimeField("decisa il", null=True, blank=True, editable=False)

    storia = HistoricalRecords()
    objects = PropostaModificaQuerySet.as_manager()

    PASSAGGI: ClassVar = (
        Passaggio(
            nome="accogli",
            etichetta="Accogli",
            da=_DA_DECIDERE,
            a=StatoProposta.ACCOLTA,
            permesso="risorse.decidi_propostamodifica",
        ),
        Passaggio(
            nome="accogli-in-parte",
            etichetta="Accogli in parte",
            da=_DA_DECIDERE,
            a=StatoProposta.ACCOLTA_IN_PARTE,
            permesso="risorse.decidi_propostamodifica",
        ),
        Passaggio(
            nome="respingi",
            etichetta="Respingi",
            da=_DA_DECIDERE,
            a=StatoProposta.RESPINTA,
            permesso="risorse.decidi_propostamodifica",
        ),
    )

    class Meta:
        verbose_name = "proposta di modifica"
        verbose_name_plural = "proposte di modifica"
        ordering = ("-creato",)
        constraints = (
            models.CheckConstraint(
                name="proposta_decisa_con_data",
                condition=Q(stato=StatoProposta.APERTA, decisa_il__isnull=True)
                | (~Q(stato=StatoProposta.APERTA) & Q(decisa_il__isnull=False)),
                violation_error_message="Una proposta decisa ha la data della decisione.",
            ),
        )

    def __str__(self):
        return f"{self.get_tipo_display()}: {self.risorsa}"

    @property
    def aperta(self) -> bool:
        """Whether somebody has to decide it."""
        return self.stato == StatoProposta.APERTA

    @property
    def da_riportare(self) -> bool:
        """Whether it was accepted with words on hours, contacts or places that nobody has yet written in the card."""
        accolta = self.stato in (StatoProposta.ACCOLTA, StatoProposta.ACCOLTA_IN_PARTE)
        return accolta and "altro" in self.dopo and "altro" not in self.accolti
