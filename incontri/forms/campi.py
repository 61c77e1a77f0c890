"""Fields the forms of the meetings and of the needs share."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator

from risorse.servizi.traduzioni import traduci


class CampoOra(forms.TimeField):
    """An hour, with the browser's own clock."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)


class _TerminiTradotti(ModelChoiceIterator):
    """The terms of a field in the reader's language."""

    def __iter__(self):
        """The empty choice, then every term."""
        yield ("", self.field.empty_label)
        termini = list(self.queryset)
        traduci(termini)
        yield from map(self.choice, termini)


class SceltaTermine(forms.ModelChoiceField):
    """A term of a controlled list, by its name in the reader's language."""

    iterator = _TerminiTradotti

    def label_from_instance(self, obj):
        """Its name."""
        return obj.testo("nome")


def nome_di_persona(nome):
    """The name as written; raises ValidationError where it holds the signs of a page's code, which no name has."""
    if set("<>") & set(nome or ""):
        raise ValidationError("Scrivi solo il nome e il cognome, senza i segni < e >.")
    return nome
