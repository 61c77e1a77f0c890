"""The form of every page of the back office: nobody covers, unknowingly, what somebody else has just saved there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.utils import timezone
from django.utils.formats import date_format

from tavolo.base.con_timbro import ConTimbro
from tavolo.base.concorrenza import timbro


class SchedaForm(ConTimbro):
    """A form (to inherit instead of ModelForm) that, over a newer version, comes back with all that was typed.

    It says who saved, when, and where the two differ; sent again, it is saved: by then the person has seen both.
    """

    def clean(self):
        """Refuse to save over a version that this page did not show; the row stays held until the request ends."""
        dati = super().clean()
        if self.instance._state.adding:
            return dati
        righe: Any = type(self.instance)._default_manager
        salvata = righe.select_for_update().filter(pk=self.instance.pk).first()
        if salvata is None:
            raise ValidationError("Nel frattempo qualcuno ha eliminato questa scheda.")
        if self.cleaned_data.get("timbro") == timbro(salvata):
            return dati
        self.data, accolti = self.dati_su(salvata)
        self.initial.update(model_to_dict(salvata))
        differenze = [
            f"{etichetta}: adesso è salvato «{ora}», qui sotto c'è «{scritto}»."
            for etichetta, ora, scritto in self.confronto()
        ]
        if accolti:
            differenze.append(
                f"Nel modulo trovi già quello che hai lasciato com'era e ora è cambiato: {', '.join(accolti)}."
            )
        raise ValidationError([_chi_e_quando(salvata), *differenze])


def _chi_e_quando(riga: Any) -> str:
    versione = riga.storia.select_related("history_user").first()
    chi = (versione and versione.history_user) or "qualcuno"
    quando = date_format(timezone.localtime(riga.aggiornato), "d/m/Y \\a\\l\\l\\e H:i")
    return (
        f"Dopo che hai aperto questa pagina {chi} ha salvato la scheda, il {quando}. Quello che hai scritto è ancora "
        "qui: confrontalo, correggi se serve e salva di nuovo."
    )
