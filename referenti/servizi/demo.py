"""The people of the demo database; the portal lets them in only where they can do no harm.

Three locks: the command that makes them asks for DEMO; the authentication backend knows them only with DEMO; DEMO does
not start with a public ALLOWED_HOSTS, nor answers a login that does not come from this machine (`referenti/accesso.py`).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from referenti.models import Ente, Incarico, Seggio, Utente
from tavolo.base.permessi import COORDINAMENTO, MEDIATORI, REFERENTI

PASSWORD_DEMO = "prova-il-portale"  # noqa: S105 - printed on the screen of whoever starts the demo


@dataclass(frozen=True)
class PersonaDemo:
    """A person of the demo: the role it shows, its ente and seat by slug (empty: none)."""

    email: str
    nome: str
    cognome: str
    gruppo: str
    ente: str = ""
    seggio: str = ""


PERSONE_DEMO = (
    PersonaDemo(
        "coordinamento@example.org",
        "Prova",
        "Coordinamento",
        COORDINAMENTO,
        "spazio-immigrazione",
        "coordinamento-spazio-immigrazione",
    ),
    PersonaDemo(
        "bollate@example.org", "Prova", "Bollate", REFERENTI, "comune-di-bollate", "referente-comune-di-bollate"
    ),
    PersonaDemo("senago@example.org", "Prova", "Senago", REFERENTI, "comune-di-senago", "referente-comune-di-senago"),
    PersonaDemo("asst@example.org", "Prova", "ASST", REFERENTI, "asst-rhodense", "referente-asst-rhodense"),
    PersonaDemo("mediazione@example.org", "Prova", "Mediazione", MEDIATORI, "progetto-integrazione"),
)


@transaction.atomic
def crea_demo() -> list[Utente]:
    """Make the people of `PERSONE_DEMO` that are not there yet, give each its seat, and return them all.

    Raises Ente.DoesNotExist or Seggio.DoesNotExist if the territory's data were not loaded first.
    """
    return [_crea(persona) for persona in PERSONE_DEMO]


def _crea(persona: PersonaDemo) -> Utente:
    utente = Utente.objects.filter(email=persona.email).first()
    if utente:
        return utente
    utente = Utente.objects.create_user(
        persona.email,
        PASSWORD_DEMO,
        nome=persona.nome,
        cognome=persona.cognome,
        ente=Ente.objects.get(slug=persona.ente) if persona.ente else None,
        demo=True,
    )
    utente.groups.add(Group.objects.get(name=persona.gruppo))
    if persona.seggio:
        da_un_anno = timezone.localdate() - timedelta(days=365)
        Incarico.objects.create(seggio=Seggio.objects.get(slug=persona.seggio), utente=utente, dal=da_un_anno)
    return utente
