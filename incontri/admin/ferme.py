"""What the pages of the back office about a meeting share: what belongs to it stands still with it."""

from typing import Any

from django.core.exceptions import ValidationError

from incontri.models import Incontro
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica, modificabile
from tavolo.base.scheda import SchedaForm


class Ferma:
    """What belongs to a meeting stands still with it: for superusers too, since it is a matter of when, not of who."""

    def has_change_permission(self, request, obj=None):
        """Whether the person may change it, now."""
        return super().has_change_permission(request, obj) and _si_cambia(obj)

    def has_delete_permission(self, request, obj=None):
        """Whether the person may delete it, now."""
        return super().has_delete_permission(request, obj) and _si_cambia(obj)


class FermaDentro(Ferma):
    """The same for rows inside the page of their meeting: none comes in either."""

    def has_add_permission(self, request, obj):
        """Whether the person may add rows to the meeting, now."""
        return super().has_add_permission(request, obj) and _si_cambia(obj)


def _si_cambia(oggetto: Any) -> bool:
    return oggetto is None or modificabile(oggetto if isinstance(oggetto, Incontro) else oggetto.incontro)


class DiIncontroForm(SchedaForm):
    """A row of a meeting, that does not go into one that stands still."""

    def clean_incontro(self):
        """The meeting, held until the row is saved."""
        try:
            return apri_per_modifica(self.cleaned_data["incontro"])
        except NonModificabile as fermo:
            raise ValidationError(str(fermo)) from fermo
