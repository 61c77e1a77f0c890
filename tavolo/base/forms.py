"""Presentation of forms, set once."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ANNI = range(2000, 2101)


class CampoGiorno(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs):
        super().__init__(**{"input_formats": ["%Y-%m-%d", "%d/%m/%Y"], **kwargs})

    def clean(self, value):
        """The date; refuses years that can only be a slip of the keyboard."""
        giorno = super().clean(value)
        if giorno and giorno.year not in ANNI:
            raise ValidationError(f"Controlla l'anno: va dal {ANNI[0]} al {ANNI[-1]}.")
        return giorno


def da_oggi(giorno: date) -> date:
    """The day; raises ValidationError if it has gone by."""
    if giorno < timezone.localdate():
        raise ValidationError("Scegli un giorno da oggi in poi.")
    return giorno


class CampoNumero(forms.DecimalField):
    """A number in figures; the exponents of programmers («1e5») are a slip of the keyboard."""

    def to_python(self, value):
        """The number; raises ValidationError where there are letters."""
        if isinstance(value, str) and any(segno.isalpha() for segno in value):
            raise ValidationError("Scrivi un numero in cifre.", code="invalid")
        return super().to_python(value)


class ConHelper:
    """A form that draws itself with `{% crispy form %}`: labels above, one main action, and a way back.

    `azione` is the text of the main button; `metodo` is "post" or "get"; `annulla` an address to go back to; `indirizzo`
    where it is sent, if the page it stands on is not the one that saves it.
    """

    azione = "Salva"
    metodo = "post"
    annulla = ""
    indirizzo = ""
    torna_indietro = _("Annulla")

    @property
    def helper(self) -> FormHelper:
        """The crispy helper of this form; its buttons come after every field."""
        helper = FormHelper(self)
        helper.form_method = self.metodo
        helper.form_action = self.indirizzo
        helper.attrs = {"novalidate": ""}
        helper.layout.append(self._pulsanti())
        return helper

    @property
    def testo_del_pulsante(self) -> Any:
        """`azione` by a name that is no field: in a template the field of a form comes before its attribute."""
        return self.azione

    def _pulsanti(self) -> Any:
        indietro = "<a class='btn btn-outline-primary' href='{{ form.annulla }}'>{{ form.torna_indietro }}</a>"
        return Div(
            HTML("<button class='btn btn-primary' type='submit'>{{ form.testo_del_pulsante }}</button>"),
            HTML(indietro if self.annulla else ""),
            css_class="azioni-modulo d-flex flex-wrap gap-3 mt-4",
        )
