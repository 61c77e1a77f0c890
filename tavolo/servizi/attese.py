"""What waits for whoever coordinates: counts, each with the list behind it."""

from dataclasses import dataclass

from django.db.models import Model, Q
from django.urls import reverse

from referenti.models import Ente, Incarico, Seggio
from risorse.models import Contatto, Risorsa, Sede, StatoRisorsa


@dataclass(frozen=True)
class Attesa:
    """One thing that waits: in words, how many, where to look at them."""

    etichetta: str
    quante: int
    indirizzo: str


def attese() -> list[Attesa]:
    """Everything that waits, what is most urgent first; nothing when nothing does."""
    vacanti = Seggio.objects.attivi().exclude(pk__in=Incarico.objects.in_corso().values("seggio"))
    da_verificare = Q(da_verificare=True)
    voci = (
        ("Servizi in revisione", Risorsa, Q(stato=StatoRisorsa.IN_REVISIONE), "stato__exact=in-revisione"),
        ("Contatti da verificare", Contatto, da_verificare, "da_verificare__exact=1"),
        ("Sedi da verificare", Sede, da_verificare, "da_verificare__exact=1"),
        ("Enti da verificare", Ente, da_verificare, "da_verificare__exact=1"),
        ("Seggi vacanti", Seggio, Q(pk__in=vacanti.values("pk")), "vacante=si"),
    )
    contate = (
        Attesa(etichetta, modello.objects.filter(quali).count(), _elenco(modello, filtro))
        for etichetta, modello, quali, filtro in voci
    )
    return [attesa for attesa in contate if attesa.quante]


def _elenco(modello: type[Model], filtro: str) -> str:
    return f"{reverse(f'admin:{modello._meta.app_label}_{modello._meta.model_name}_changelist')}?{filtro}"
