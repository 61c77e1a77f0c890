"""Factories of the newsletter: a confirmed subscription, a draft, a mail to send."""

from datetime import date

import factory
from django.utils import timezone
from factory import SubFactory
from factory.django import DjangoModelFactory

from incontri.models import InvioNewsletter, IscrizioneNewsletter, NumeroNewsletter


class IscrizioneNewsletterFactory(DjangoModelFactory):
    class Meta:
        model = IscrizioneNewsletter

    email = factory.Sequence(lambda n: f"legge{n}@example.org")
    lingua = "it"
    stato = "confermata"
    risposta_il = factory.LazyFunction(timezone.now)
    confermata_il = factory.LazyAttribute(lambda riga: timezone.now() if riga.stato == "confermata" else None)


class NumeroNewsletterFactory(DjangoModelFactory):
    class Meta:
        model = NumeroNewsletter

    titolo = factory.Sequence(lambda n: f"Numero {n}")
    dal = date(2026, 1, 1)
    al = date(2026, 1, 31)


class InvioNewsletterFactory(DjangoModelFactory):
    class Meta:
        model = InvioNewsletter

    numero = SubFactory(NumeroNewsletterFactory)
    iscrizione = SubFactory(IscrizioneNewsletterFactory)
