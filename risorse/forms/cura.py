"""The filters of the services one keeps true."""

from crispy_forms.layout import Div
from django import forms

from referenti.models import Ente
from risorse.models import StatoRisorsa
from risorse.ricerca.cerca import cerca, intendi
from tavolo.base.forms import ConHelper


class FiltriCuraForm(ConHelper, forms.Form):
    """What to look for among the services one keeps true; what is not understood is left out of the search."""

    azione = "Filtra"
    metodo = "get"

    q = forms.CharField(required=False, label="Parole", max_length=100)
    stato = forms.ChoiceField(required=False, label="Stato", choices=[("", "Tutti"), *StatoRisorsa.choices])
    ente = forms.ModelChoiceField(
        required=False, label="Ente", queryset=Ente.objects.none(), to_field_name="slug", empty_label="Tutti"
    )

    # Set by the links above the list: searching among those to confirm stays among them.
    da_confermare = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, risorse):
        """`risorse` are the services this person keeps: their enti are the ones to choose from."""
        super().__init__(data)
        self.risorse = risorse
        self.fields["ente"].queryset = Ente.objects.filter(pk__in=risorse.order_by().values("ente"))

    @property
    def helper(self):
        """The fields on one line where there is room."""
        helper = super().helper
        pulsanti = helper.layout.pop()
        helper.disable_csrf = True
        campi = [Div(campo.name, css_class="col-sm-6 col-lg-4") for campo in self.visible_fields()]
        helper.layout.fields = [Div(*campi, css_class="row"), "da_confermare", pulsanti]
        return helper

    def filtra(self):
        """The services that match every filter understood."""
        self.is_valid()
        scelti, risorse = self.cleaned_data, self.risorse
        if scelti.get("q"):
            risorse = cerca(risorse, intendi(scelti["q"]))
        if scelti.get("stato"):
            risorse = risorse.filter(stato=scelti["stato"])
        if scelti.get("ente"):
            risorse = risorse.filter(ente=scelti["ente"])
        if scelti.get("da_confermare"):
            risorse = risorse.con_scadenza().da_confermare()
        return risorse
