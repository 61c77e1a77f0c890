"""Fields of the filters: terms in the reader's language, each with how many services it would leave."""

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import get_language

from risorse.models import Traducibile
from risorse.ricerca.memoria import Memoria
from risorse.servizi.traduzioni import traduci


class ElencoContato(forms.Select):
    """A drop-down list whose choices without a service cannot be chosen, unless they already are."""

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        """Django's, disabled where the count is zero."""
        opzione = super().create_option(name, value, label, selected, index, subindex, attrs)
        conteggi = getattr(self, "conteggi", None)
        if conteggi is not None and value not in ("", None) and not selected and not conteggi.get(str(value)):
            opzione["attrs"]["disabled"] = True
        return opzione


_memoria = Memoria()


class TerminiTradotti(ModelChoiceIterator):
    """The rows to choose from, in the reader's language; kept in the process until the content changes."""

    def __iter__(self):
        """The empty choice, then every row."""
        yield from [("", self.field.empty_label)] * (self.field.empty_label is not None)
        yield from map(self.choice, self.termini)

    @property
    def termini(self):
        """The rows, the same for every form of this version and language."""
        campo = self.field
        chiave = (type(campo).__name__, campo.queryset.model._meta.label, get_language())
        return _memoria.prendi(chiave, self._leggi, campo.quando)

    def _leggi(self):
        righe = list(self.queryset)
        if righe and isinstance(righe[0], Traducibile):
            traduci(righe)
        return righe


class ConConteggi:
    """A choice whose labels say how many services answer to it; None says nothing."""

    widget: Any
    iterator = TerminiTradotti
    conteggi: dict[str, int] | None = None
    quando: int | None = None

    def conta(self, conteggi: dict[str, int], quando: int) -> None:
        """Take the number of services of each value, and the content version they were counted in."""
        self.conteggi = self.widget.conteggi = conteggi
        self.quando = quando

    def con_numero(self, testo: str, valore: Any) -> str:
        """`Salute (12)`."""
        return testo if self.conteggi is None else f"{testo} ({self.conteggi.get(str(valore), 0)})"


class SceltaComune(ConConteggi, forms.ModelChoiceField):
    """A comune, by its name."""

    widget = ElencoContato

    def label_from_instance(self, obj):
        """Its name."""
        return self.con_numero(str(obj), obj.slug)


class SceltaVicino(SceltaComune):
    """A comune to start from: any with a point on the map."""


class SceltaTermine(ConConteggi, forms.ModelChoiceField):
    """A term of a controlled list, by its name in the reader's language."""

    widget = ElencoContato

    def label_from_instance(self, obj):
        """Its name."""
        return self.con_numero(obj.testo("nome"), obj.slug)


class SceltaLingua(ConConteggi, forms.ModelChoiceField):
    """A language by its own name first, so that who speaks it finds it."""

    widget = ElencoContato

    def label_from_instance(self, obj):
        """`العربية (Arabo)`."""
        nome = obj.testo("nome")
        intero = nome if nome == obj.nome_proprio else f"{obj.nome_proprio} ({nome})"
        return self.con_numero(intero, obj.codice)


class SceltaVoce(ConConteggi, forms.ChoiceField):
    """One of a few words of our own; the first choice chooses nothing."""

    widget = ElencoContato

    def conta(self, conteggi, quando):
        """Write the numbers beside the words."""
        super().conta(conteggi, quando)
        self.choices = [(v, self.con_numero(str(testo), v) if v else testo) for v, testo in self.choices]
