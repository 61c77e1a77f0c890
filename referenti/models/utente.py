"""People who log in: by e-mail, invited by the coordinator, with roles given by groups."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from referenti.models.ente import Ente
from tavolo.base.models import Registrato
from tavolo.base.permessi import COORDINAMENTO, REFERENTI


class UtenteQuerySet(models.QuerySet):
    """Questions asked of people."""

    def del_tavolo(self, *, anche=None):
        """Active people who coordinate or sit at the Tavolo; and `anche`, by its key: who is written somewhere already."""
        siedono = Utente.objects.filter(is_active=True, groups__name__in=(REFERENTI, COORDINAMENTO))
        return self.filter(Q(pk__in=siedono.values("pk")) | Q(pk=anche))

    def che_siedono(self):
        """Active people who sit at the Tavolo for an ente: those who may speak and vote for it."""
        return self.filter(is_active=True, groups__name=REFERENTI)

    def che_coordinano(self):
        """Active people who coordinate."""
        return self.filter(is_active=True, groups__name=COORDINAMENTO)

    def raggiungibili(self):
        """Those one may write to: people of the demo only in the demo."""
        return self if settings.DEMO else self.filter(demo=False)


class UtenteManager(BaseUserManager.from_queryset(UtenteQuerySet)):
    """Makes accounts; e-mail addresses are kept in lower case, so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **campi) -> "Utente":
        """A saved account; without a password it can enter only through an invitation."""
        utente = self.model(email=email.strip().lower(), **campi)
        utente.set_password(password)
        utente.save(using=self._db)
        return utente

    def create_superuser(self, email: str, password: str | None = None, **campi) -> "Utente":
        """A saved account that bypasses every permission."""
        return self.create_user(email, password, is_superuser=True, **campi)

    def get_by_natural_key(self, email: str) -> "Utente":
        """The account with this address, in whatever case it is written."""
        return self.get(email=email.strip().lower())


class Utente(Registrato, AbstractBaseUser, PermissionsMixin):
    """A person who works at the Tavolo; belongs to at most one ente."""

    FUORI_DALLE_PAGINE = True

    email = models.EmailField(
        "e-mail", unique=True, error_messages={"unique": "C'è già una persona con questa e-mail."}
    )
    nome = models.CharField("nome", max_length=80)
    cognome = models.CharField("cognome", max_length=80)
    ente = models.ForeignKey(
        Ente, on_delete=models.PROTECT, null=True, blank=True, related_name="utenti", verbose_name="ente"
    )
    is_active = models.BooleanField(
        "attivo", default=True, help_text="Togli la spunta invece di eliminare: i verbali tengono il nome."
    )
    date_joined = models.DateTimeField("iscritto dal", default=timezone.now, editable=False)
    demo = models.BooleanField("account dimostrativo", default=False, editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("nome", "cognome")

    storia = HistoricalRecords(excluded_fields=["password", "last_login"])
    objects = UtenteManager()

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "persone"
        ordering = ("cognome", "nome")

    def __str__(self):
        return self.get_full_name() or self.email

    def save(self, *args, **kwargs):
        """Keep the address in lower case whichever way it came."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this of some views: the answer is the same rule that opens the back office."""
        return self.is_active and self.has_perm("tavolo.amministra")

    def get_full_name(self) -> str:
        """Name and surname."""
        return f"{self.nome} {self.cognome}".strip()

    def get_short_name(self) -> str:
        """The name, for greetings."""
        return self.nome
