"""Short cards drawn once for everybody: as long as the content stands, and until what they say of the moment changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from risorse.models import Risorsa
from risorse.ricerca.memoria import Memoria
from risorse.servizi.traduzioni import traduci

# A card weighs some two KB: the most asked ones in all languages, and the memory of a process stays small.
MASSIMO = 10_000
_memoria = Memoria()


@dataclass(frozen=True)
class SchedaPronta:
    """The short card of a service, and its line in a list, in one language; `km`, where distances are asked for."""

    chiave: UUID
    nome: str
    esempio: bool
    html: SafeString
    riga: SafeString
    scade: datetime
    km: float | None = None

    def __str__(self):
        return self.nome


def schede_pronte(chiavi: Iterable[UUID], quando: int | None = None) -> list[SchedaPronta]:
    """The short cards of these services, in their order and in the active language.

    No query for those drawn since the last change of the content (`quando`: its version, if one has just read it); for
    all the others a constant number. A service that is no longer offered is left out.
    """
    lingua, adesso, chiavi = get_language(), timezone.now(), list(chiavi)
    pronte: dict[tuple, SchedaPronta] = _memoria.prendi("schede", dict, quando)
    trovate = {
        chiave: scheda for chiave in chiavi if (scheda := pronte.get((lingua, chiave))) and scheda.scade > adesso
    }
    mancanti = [chiave for chiave in chiavi if chiave not in trovate]
    if mancanti:
        righe = list(Risorsa.objects.attive().filter(pk__in=mancanti).con_scheda())
        traduci(righe)
        nuove = {riga.pk: _disegna(riga, adesso) for riga in righe}
        if len(pronte) + len(nuove) > MASSIMO:
            pronte.clear()
        pronte.update({(lingua, chiave): scheda for chiave, scheda in nuove.items()})
        trovate |= nuove
    return [trovate[chiave] for chiave in chiavi if chiave in trovate]


def _disegna(risorsa: Risorsa, adesso: datetime) -> SchedaPronta:
    domani = timezone.localdate(adesso) + timedelta(days=1)
    mezzanotte = timezone.make_aware(datetime.combine(domani, time()))
    return SchedaPronta(
        chiave=risorsa.pk,
        nome=risorsa.nome,
        esempio=risorsa.esempio,
        html=_scritta("scheda", risorsa),
        riga=_scritta("riga", risorsa),
        # Days count too: a card falls due, a service ends.
        scade=min(risorsa.stato_orari_fino_a, mezzanotte),
    )


def _scritta(modello: str, risorsa: Risorsa) -> SafeString:
    return SafeString(get_template(f"risorse/includes/{modello}.html").render({"risorsa": risorsa}))
