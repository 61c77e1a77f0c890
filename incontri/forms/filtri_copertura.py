"""What to look for in the coverage matrix: in the reserved area, and for everybody."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from incontri.models import VIVI, StatoBisogno, Tema
from incontri.servizi.copertura.nomi import NOMI
from tavolo.base.forms import ConHelper


def _caselle():
    return [("", _("Tutte")), *((stato.value, nome) for stato, nome in NOMI.items())]


class FiltriCoperturaPubblicaForm(ConHelper, forms.Form):
    """Theme and verdict; what is not understood is said and left out."""

    azione = _("Filtra")
    metodo = "get"

    tema = forms.ModelChoiceField(
        required=False, label=_("Tema"), queryset=None, to_field_name="slug", empty_label=_("Tutti")
    )
    casella = forms.ChoiceField(required=False, label=_("Bisogni con una casella"), choices=lazy(_caselle, list))

    def __init__(self, *args, bisogni, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tema"].queryset = Tema.objects.filter(pk__in=bisogni.order_by().values("tema"))

    def filtra(self, bisogni):
        """The needs that match every filter understood but the verdict, which is not in the database."""
        self.is_valid()
        tema = self.cleaned_data.get("tema")
        return bisogni.filter(tema=tema) if tema else bisogni

    def tra_le_righe(self, righe):
        """Those of the lines of the matrix with at least one cell of the verdict chosen; all where none was."""
        casella = self.cleaned_data.get("casella")
        return tuple(riga for riga in righe if not casella or any(cella.stato == casella for cella in riga.celle))


class FiltriCoperturaForm(FiltriCoperturaPubblicaForm):
    """Those of everybody, and how far the need is."""

    stato = forms.ChoiceField(
        required=False,
        label="A che punto è il bisogno",
        choices=[("", "Tutti quelli aperti"), *((stato.value, stato.label) for stato in VIVI)],
    )

    def filtra(self, bisogni):
        """The needs that match every filter understood but the verdict."""
        bisogni = super().filtra(bisogni)
        stato = self.cleaned_data.get("stato")
        return bisogni.filter(stato=StatoBisogno(stato)) if stato else bisogni
