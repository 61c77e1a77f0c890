"""The meeting and the filters of its list."""

from datetime import datetime

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import from_current_timezone
from django.utils import timezone

from incontri.forms.campi import CampoOra
from incontri.models import Incontro, ModelloIncontro, PuntoOdg, StatoIncontro, Tema
from referenti.models import Utente
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import CampoGiorno, ConHelper


class IncontroForm(ConHelper, ConTimbro):
    """A meeting; day and hours are asked one by one, as people say them, and kept as the moments it starts and ends."""

    giorno = CampoGiorno(required=False, label="Giorno", help_text="Se non si sa ancora, lascialo vuoto.")
    dalle = CampoOra(required=False, label="Dalle ore")
    alle = CampoOra(required=False, label="Alle ore")

    field_order = (
        "titolo",
        "giorno",
        "dalle",
        "alle",
        "modalita",
        "luogo",
        "collegamento",
        "presiede",
        "quorum",
        "temi",
        "pubblico",
    )

    class Meta:
        model = Incontro
        fields = ("titolo", "modalita", "luogo", "collegamento", "presiede", "quorum", "temi", "pubblico")
        widgets = {"temi": forms.CheckboxSelectMultiple}
        labels = {"temi": "Di quali temi si parla"}

    def __init__(self, *args, instance=None, **kwargs):
        iniziali = _in_campi(instance) if instance else {}
        super().__init__(*args, instance=instance, **kwargs | {"initial": iniziali | (kwargs.get("initial") or {})})
        self.fields["collegamento"].assume_scheme = "https"
        self.fields["presiede"].queryset = Utente.objects.del_tavolo(anche=self.instance.presiede_id)
        self.fields["presiede"].empty_label = "Non ancora deciso"

    @property
    def helper(self):
        """Day and hours side by side where there is room."""
        helper = super().helper
        helper[1:4].wrap_together(Div, css_class="fila-tre")
        return helper

    def clean(self):
        """Make the two moments of day and hours."""
        dati = super().clean()
        giorno, dalle, alle = dati.get("giorno"), dati.get("dalle"), dati.get("alle")
        if self.errors.keys() & {"giorno", "dalle", "alle"}:
            return dati
        if giorno and not dalle:
            self.add_error("dalle", "Indica anche a che ora comincia.")
        elif (dalle or alle) and not giorno:
            self.add_error("giorno", "Indica anche il giorno.")
        elif alle and alle <= dalle:
            self.add_error("alle", "L'incontro deve finire dopo l'inizio.")
        else:
            self.instance.inizio = self._momento("dalle", giorno, dalle)
            self.instance.fine = self._momento("alle", giorno, alle)
        return dati

    def _momento(self, campo, giorno, ora):
        if not ora:
            return None
        try:
            return from_current_timezone(datetime.combine(giorno, ora))
        except ValidationError:
            # The night the clocks change, an hour is missing or comes twice.
            self.add_error(campo, "Quella notte cambia l'ora: scegli un'altra ora.")
            return None


class NuovoIncontroForm(IncontroForm):
    """A new meeting, from a template where one is chosen: what the template says stands in the fields, to change."""

    modello = forms.ModelChoiceField(
        queryset=ModelloIncontro.objects.filter(attivo=True),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Questo modello non c'è più: l'incontro nasce senza modello."},
    )

    def __init__(self, *args, modello=None, **kwargs):
        if modello:
            dal_modello = {campo: getattr(modello, campo) for campo in ("titolo", "modalita", "luogo")}
            kwargs["initial"] = {**dal_modello, "modello": modello.slug} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


def _in_campi(incontro):
    inizio, fine = (timezone.localtime(m) if m else None for m in (incontro.inizio, incontro.fine))
    return {
        "giorno": inizio.date() if inizio else None,
        "dalle": inizio.time() if inizio else None,
        "alle": fine.time() if fine else None,
    }


class FiltriIncontriForm(ConHelper, forms.Form):
    """What to look for among the meetings; what is not understood is said and left out of the search."""

    azione = "Filtra"
    metodo = "get"

    q = forms.CharField(required=False, label="Parole", max_length=100)
    stato = forms.ChoiceField(required=False, label="Stato", choices=[("", "Tutti"), *StatoIncontro.choices])
    anno = forms.TypedChoiceField(required=False, label="Anno", coerce=int, empty_value=None)
    tema = forms.ModelChoiceField(
        required=False, label="Tema", queryset=Tema.objects.all(), to_field_name="slug", empty_label="Tutti"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anni = Incontro.objects.datetimes("inizio", "year", order="DESC")
        self.fields["anno"].choices = [("", "Tutti"), *((str(m.year), str(m.year)) for m in anni if m)]

    def filtra(self, incontri):
        """The meetings that match every filter understood."""
        self.is_valid()
        scelti = self.cleaned_data
        if scelti.get("q"):
            parole = scelti["q"]
            trovati = models.Q(titolo__icontains=parole) | models.Q(luogo__icontains=parole)
            # A subquery, not a join: a meeting with two points that match is found once.
            trovati |= models.Q(pk__in=PuntoOdg.objects.filter(titolo__icontains=parole).values("incontro"))
            incontri = incontri.filter(trovati)
        if scelti.get("stato"):
            incontri = incontri.filter(stato=scelti["stato"])
        if scelti.get("anno"):
            incontri = incontri.filter(inizio__year=scelti["anno"])
        if scelti.get("tema"):
            incontri = incontri.filter(temi=scelti["tema"])
        return incontri
