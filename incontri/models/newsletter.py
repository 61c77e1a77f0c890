"""The newsletter: who asked for it, its numbers, and what became of each mail."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from tavolo.base.models import ConAutore, ConSlug, Registrato
from tavolo.base.stati import ConStati, Passaggio


class StatoIscrizione(models.TextChoices):
    """How far a subscription is."""

    RICHIESTA = "richiesta", "Da confermare"
    CONFERMATA = "confermata", "Confermata"
    DISDETTA = "disdetta", "Disdetta"


class StatoNumero(models.TextChoices):
    """How far a number is."""

    BOZZA = "bozza", "Bozza"
    IN_INVIO = "in-invio", "In invio"
    INVIATO = "inviato", "Inviato"


class StatoInvio(models.TextChoices):
    """What became of a mail."""

    DA_INVIARE = "da-inviare", "Da inviare"
    INVIATA = "inviata", "Inviata"
    FALLITA = "fallita", "Non partita"
    ANNULLATA = "annullata", "Disdetta prima dell'invio"


def _passaggio(nome, etichetta, da, a, permesso, **altro) -> Passaggio:
    return Passaggio(nome=nome, etichetta=etichetta, da=frozenset(da), a=a, permesso=permesso, **altro)


_I, _N, _M = StatoIscrizione, StatoNumero, StatoInvio
_DI_ISCRIZIONE, _DI_NUMERO = "incontri.view_iscrizionenewsletter", "incontri.change_numeronewsletter"


class IscrizioneNewsletter(Registrato, ConStati):
    """An address that asked for the newsletter, with the words agreed to; empty once it is erased.

    `richiesta_il` is the last asking: links to confirm an earlier one are worth nothing.
    """

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "holds an address: erased, nothing of it stays"

    email = models.EmailField("e-mail", max_length=254, blank=True)
    lingua = models.CharField("lingua", max_length=10, blank=True)
    consenso = models.TextField("che cosa ha accettato", blank=True)
    stato = models.CharField("stato", max_length=12, choices=StatoIscrizione, default=_I.RICHIESTA, editable=False)
    richiesta_il = models.DateTimeField("richiesta il", default=timezone.now, editable=False)
    risposta_il = models.DateTimeField("risposta mandata il", null=True, blank=True, editable=False)
    confermata_il = models.DateTimeField("confermata il", null=True, blank=True, editable=False)
    disdetta_il = models.DateTimeField("disdetta il", null=True, blank=True, editable=False)

    PASSAGGI: ClassVar = (
        _passaggio("conferma", "Conferma", {_I.RICHIESTA}, _I.CONFERMATA, _DI_ISCRIZIONE),
        _passaggio("disdici", "Disdici", {_I.RICHIESTA, _I.CONFERMATA}, _I.DISDETTA, _DI_ISCRIZIONE),
        _passaggio("richiedi", "Chiedi di nuovo", {_I.RICHIESTA, _I.DISDETTA}, _I.RICHIESTA, _DI_ISCRIZIONE),
    )

    class Meta:
        verbose_name = "iscrizione alla newsletter"
        verbose_name_plural = "iscrizioni alla newsletter"
        ordering = ("-creato",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="newsletter_email_unica",
                condition=~Q(email=""),
                violation_error_message="Questo indirizzo c'è già.",
            ),
            models.CheckConstraint(
                name="newsletter_confermata_con_data",
                condition=~Q(stato=_I.CONFERMATA) | Q(confermata_il__isnull=False),
                violation_error_message="Un'iscrizione confermata ha la sua data.",
            ),
        )

    def __str__(self):
        return self.email or "indirizzo cancellato"


def _senza_notizie(numero: "NumeroNewsletter") -> str:
    if not numero.scelte:
        return "Prima scegli almeno una novità."
    in_corso = NumeroNewsletter.objects.filter(stato=StatoNumero.IN_INVIO).exclude(pk=numero.pk)
    return "Un altro numero sta ancora partendo: aspetta che finisca." if in_corso.exists() else ""


def _ancora_da_inviare(numero: "NumeroNewsletter") -> str:
    return "Ci sono ancora e-mail da inviare." if numero.invii.filter(stato=StatoInvio.DA_INVIARE).exists() else ""


class NumeroNewsletter(Registrato, ConSlug, ConAutore, ConStati):
    """A number: its words and, of what is new between two days, what was chosen (`scelte`, keys in their order).

    `voci` are those news as they were when it left (`Novita.in_json`): what changes later does not change them.
    """

    PERSONE = ("autore",)

    titolo = models.CharField("titolo", max_length=120, help_text="È anche l'oggetto dell'e-mail.")
    introduzione = models.TextField("introduzione", blank=True, max_length=3000)
    dal = models.DateField("novità dal giorno")
    al = models.DateField("al giorno")
    scelte = models.JSONField("novità scelte", default=list, blank=True, editable=False)
    voci = models.JSONField("novità inviate", default=list, blank=True, editable=False)
    stato = models.CharField("stato", max_length=10, choices=StatoNumero, default=_N.BOZZA, editable=False)
    avviato_il = models.DateTimeField("invio avviato il", null=True, blank=True, editable=False)
    inviato_il = models.DateTimeField("inviato il", null=True, blank=True, editable=False)
    esempio = models.BooleanField("dati di esempio", default=False, editable=False)

    storia = HistoricalRecords()
    objects = models.Manager()

    PASSAGGI: ClassVar = (
        _passaggio("avvia", "Avvia l'invio", {_N.BOZZA}, _N.IN_INVIO, _DI_NUMERO, contro=_senza_notizie),
        _passaggio("concludi", "Concludi", {_N.IN_INVIO}, _N.INVIATO, _DI_NUMERO, contro=_ancora_da_inviare),
    )

    class Meta:
        verbose_name = "numero della newsletter"
        verbose_name_plural = "numeri della newsletter"
        ordering = ("-al", "-creato")
        constraints = (
            models.CheckConstraint(
                name="newsletter_periodo",
                condition=Q(al__gte=F("dal")),
                violation_error_message="Il periodo finisce prima di cominciare.",
            ),
        )

    def __str__(self):
        return self.titolo

    def get_absolute_url(self):
        """Its page in the reserved area."""
        return reverse("redazione:numero-detail", args=[self.pk])

    @property
    def fermo(self) -> bool:
        """Whether it has begun to leave: nothing changes it any more."""
        return self.stato != StatoNumero.BOZZA

    def conti(self) -> dict[str, int]:
        """How many of its mails are in each state."""
        righe: Any = self.invii.order_by().values_list("stato").annotate(quante=models.Count("pk"))
        return dict.fromkeys(StatoInvio.values, 0) | dict(righe)


class InvioNewsletter(Registrato, ConStati):
    """The mail with a number for a subscription: one row each, so that none is lost and none leaves twice."""

    FUORI_DALLE_PAGINE = True
    SENZA_STORIA = "says what became of a mail"

    numero = models.ForeignKey(NumeroNewsletter, on_delete=models.CASCADE, related_name="invii", verbose_name="numero")
    iscrizione = models.ForeignKey(
        IscrizioneNewsletter, on_delete=models.CASCADE, related_name="invii", verbose_name="iscrizione"
    )
    stato = models.CharField("stato", max_length=10, choices=StatoInvio, default=_M.DA_INVIARE, editable=False)
    mandata_il = models.DateTimeField("mandata il", null=True, blank=True, editable=False)
    errore = models.CharField("perché non è partita", max_length=300, blank=True, editable=False)

    PASSAGGI: ClassVar = (
        _passaggio("manda", "Manda", {_M.DA_INVIARE}, _M.INVIATA, _DI_NUMERO),
        _passaggio("fallisci", "Non è partita", {_M.DA_INVIARE}, _M.FALLITA, _DI_NUMERO),
        _passaggio("annulla", "Annulla", {_M.DA_INVIARE}, _M.ANNULLATA, _DI_NUMERO),
        _passaggio("riprova", "Riprova", {_M.FALLITA}, _M.DA_INVIARE, _DI_NUMERO),
    )

    class Meta:
        verbose_name = "invio della newsletter"
        verbose_name_plural = "invii della newsletter"
        ordering = ("numero", "creato")
        constraints = (models.UniqueConstraint(name="newsletter_invio_uno", fields=["numero", "iscrizione"]),)

    def __str__(self):
        return f"{self.numero}: {self.get_stato_display()}"
