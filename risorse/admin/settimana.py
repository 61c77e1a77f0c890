"""The week at a glance in the back office: a line for each day, typed as people say it."""

from django import forms
from django.core.exceptions import ValidationError

from risorse.models import Giorno
from risorse.orari.scrittura import leggi_giornata, scrivi_giornata
from risorse.servizi.orari import di_tutto_l_anno, scrivi_settimana
from tavolo.base.scheda import SchedaForm

GIORNI = {giorno.name.lower(): giorno for giorno in Giorno}
SETTIMANA = (
    "La settimana",
    {
        "fields": tuple(GIORNI),
        "description": "Un giorno per riga: 9-12:30, 14-16. Aggiungi «su appuntamento» o una nota fra parentesi: "
        "9-12 su appuntamento (solo per le donne). Lascia vuoto se è chiuso; 0-24 è giorno e notte. "
        "Gli orari di una stagione si scrivono più sotto.",
    },
)


class ConSettimanaForm(SchedaForm):
    """A form with the seven days of the owner of the hours."""

    lunedi, martedi, mercoledi, giovedi, venerdi, sabato, domenica = (
        forms.CharField(
            label=giorno.label.capitalize(),
            required=False,
            max_length=600,
            widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
        )
        for giorno in Giorno
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            return
        scritti: dict[int, list] = {}
        for riga in di_tutto_l_anno(self.instance):
            scritti.setdefault(riga.giorno, []).append(riga.intervallo)
        for nome, giorno in GIORNI.items():
            self.initial[nome] = scrivi_giornata(scritti.get(giorno, ()))

    def clean(self):
        """Refuse, day by day, what is no hour."""
        dati = super().clean()
        self.settimana = {}
        for nome in GIORNI.keys() & set(self.changed_data):
            try:
                self.settimana[GIORNI[nome]] = leggi_giornata(GIORNI[nome], self.cleaned_data.get(nome, ""))
            except ValueError as errore:
                self.add_error(nome, ValidationError(str(errore)))
        return dati


class ConSettimanaMixin:
    """Writes the week after the row it is of."""

    def save_related(self, request, form, formsets, change):
        """The rows inside the page, then the days that changed."""
        super().save_related(request, form, formsets, change)
        scrivi_settimana(form.instance, form.settimana, autore=request.user)
