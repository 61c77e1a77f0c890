"""Every address of the portal, and what it needs to be asked in the small world."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

# What an address needs to be asked.
DOMANDE = {"risorse:mappa-luogo": "?lat=4555000&lon=911000"}


@dataclass
class Mondo:
    """The rows of the small world, and the arguments each named address takes in it."""

    argomenti: dict[str, dict[str, Any]]
    righe: list = field(default_factory=list)
    domande: dict[str, str] = field(default_factory=dict)
    altre: dict[str, str] = field(default_factory=dict)
    """Addresses of pages that change with the state of what they show, each under the words for that state."""

    def indirizzo(self, nome: str) -> str:
        """The address of the pattern `nome`; KeyError if a pattern with arguments is not known here."""
        with translation.override("it"):  # the last request of a test may have left another language behind
            if nome.startswith("admin:"):
                return self._indirizzo_admin(nome)
            return reverse(nome, kwargs=self.argomenti.get(nome, {})) + (DOMANDE | self.domande).get(nome, "")

    def _indirizzo_admin(self, nome: str) -> str:
        oggetti = {f"{o._meta.app_label}_{o._meta.model_name}": o for o in self.righe}
        for prefisso, oggetto in oggetti.items():
            resto = nome.removeprefix(f"admin:{prefisso}_")
            if resto == "simple_history":
                storia = oggetto.storia.latest()
                return reverse(nome, args=[oggetto.pk, storia.pk])
            if resto in ("change", "delete", "history", "invito", "errori"):
                return reverse(nome, args=[oggetto.pk])
        if nome == "admin:view_on_site":
            return reverse(nome, args=[ContentType.objects.get_for_model(self.righe[0]).pk, self.righe[0].pk])
        if nome == "admin:autocomplete":
            return f"{reverse(nome)}?app_label=risorse&model_name=risorsa&field_name=ente"
        if nome == "admin:app_list":
            return reverse(nome, args=["referenti"])
        return reverse(nome, kwargs=self.argomenti.get(nome, {}))


def nomi_degli_indirizzi(resolver=None, spazi=()) -> list[str]:
    """The full name of every named pattern of the resolver, once each."""
    nomi: dict[str, None] = {}
    for voce in (resolver or get_resolver()).url_patterns:
        if isinstance(voce, URLResolver):
            dentro = (*spazi, voce.namespace) if voce.namespace else spazi
            nomi.update(dict.fromkeys(nomi_degli_indirizzi(voce, dentro)))
        elif isinstance(voce, URLPattern) and voce.name:
            nomi[":".join((*spazi, voce.name))] = None
    return list(nomi)


def modelli_amministrati() -> list:
    """The models of the back office."""
    return list(admin.site._registry)
