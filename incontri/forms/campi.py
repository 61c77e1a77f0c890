"""Fields the forms of the meetings share."""

from django import forms
from django.core.exceptions import ValidationError


class CampoOra(forms.TimeField):
    """An hour, with the browser's own clock."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)


def nome_di_persona(nome):
    """The name as written; raises ValidationError where it holds the signs of a page's code, which no name has."""
    if set("<>") & set(nome or ""):
        raise ValidationError("Scrivi solo il nome e il cognome, senza i segni < e >.")
    return nome
