"""A form of a saved row that never covers what somebody else has saved meanwhile (see `tavolo.base.concorrenza`)."""

from copy import copy
from typing import Any, ClassVar

from django import forms
from django.db import models, transaction

from tavolo.base.concorrenza import VersioneSuperata, rivendica, timbro, versione_vista


class ConTimbro(forms.ModelForm):
    """A model form (to inherit instead of ModelForm) that saves only over the version the person was looking at.

    `save` raises VersioneSuperata if someone saved the row in the meantime; `riaperto` is then the form to show again
    and `confronto` what stands beside what was typed. Fields the request did not send keep what is saved, but for boxes to
    tick and choices of many: there nothing sent means nothing chosen.
    """

    argomenti: ClassVar[tuple[str, ...]] = ()  # what the form is made with besides its row, kept under the same name

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.accolti: list[str] = []
        if self.instance._state.adding:
            return
        self.fields["timbro"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=timbro(self.instance))
        if self.is_bound:
            for nome, campo in self.fields.items():
                # Disabled fields take their value from the row: what was not sent is not cleared. Not so the mark: a
                # request without it has seen no version.
                mancante = campo.widget.value_omitted_from_data(self.data, self.files, self.add_prefix(nome))
                campo.disabled = mancante and nome != "timbro"

    def save(self, commit=True):
        """The saved row; raises VersioneSuperata, with nothing written, if it is no longer the one that was opened."""
        with transaction.atomic():
            if not self.instance._state.adding:
                if self.cleaned_data["timbro"] != timbro(self.instance):
                    salvato = type(self.instance)._default_manager.get(pk=self.instance.pk)
                    raise VersioneSuperata({salvato.pk: salvato})
                rivendica(self.instance)
            return super().save(commit)

    def riaperto(self, salvato: Any) -> Any:
        """This form again, to be saved over `salvato`: what was typed, and what the others changed where nothing was.

        Its `accolti` are the labels of the fields that only the others changed.
        """
        dati, accolti = self.dati_su(salvato)
        nuovo = self._gemello(dati, instance=salvato)
        nuovo.accolti = accolti
        nuovo.full_clean()  # some fields are shown only if there is something to confirm
        return nuovo

    def dati_su(self, salvato: Any) -> tuple[Any, list[str]]:
        """The data sent, marked for `salvato` and with its values in the fields left as they were; and the labels of these.

        A field was left as it was if it says what the version the person was looking at said; where that version is
        unknown nothing is taken for untouched.
        """
        dati: Any = copy(self.data)
        # Read from what was sent: a form with a wrong field has no clean data.
        vista = versione_vista(salvato, dati.get(self.add_prefix("timbro"), ""))
        dati[self.add_prefix("timbro")] = timbro(salvato)
        accolti: list[str] = []
        if vista is None:
            return dati, accolti
        prima, adesso = self._gemello(instance=vista.instance, initial=_insiemi(vista)), self._gemello(instance=salvato)
        for nome, campo in self.fields.items():
            if nome == "timbro" or campo.disabled or nome not in prima.fields or nome not in adesso.fields:
                continue
            if _cambiato(campo, prima[nome].initial, self[nome].data):
                continue
            if _cambiato(campo, adesso[nome].initial, self[nome].data):
                _riscrivi(dati, self.add_prefix(nome), campo.widget, adesso[nome].value())
                accolti.append(str(self[nome].label))
        return dati, accolti

    def _gemello(self, dati: Any = None, **kwargs: Any) -> Any:
        altri = {nome: getattr(self, nome) for nome in self.argomenti}
        return type(self)(dati, prefix=self.prefix, **altri, **kwargs)

    def confronto(self) -> list[tuple[str, str, str]]:
        """Label, saved text and typed text of each field where the two differ."""
        return [
            (str(self[nome].label), _in_parole(campo, self[nome].initial), _in_parole(campo, self[nome].value()))
            for nome, campo in self.fields.items()
            if nome != "timbro" and _cambiato(campo, self[nome].initial, self[nome].data)
        ]


def _insiemi(vista: Any) -> dict[str, list]:
    """The choices of many that a line of history tells, as a form starts from them."""
    return {
        campo.name: list(getattr(vista, campo.name).values_list(campo.m2m_reverse_field_name(), flat=True))
        for campo in getattr(vista, "_history_m2m_fields", ())
    }


def _cambiato(campo: forms.Field, prima: Any, scritto: Any) -> bool:
    """Whether what was typed is not what was there; a browser sends the ends of lines in its own way."""
    return campo.has_changed(_righe(prima), _righe(scritto))


def _righe(valore: Any) -> Any:
    return valore.replace("\r\n", "\n") if isinstance(valore, str) else valore


def _riscrivi(dati: Any, nome: str, widget: Any, valore: Any) -> None:
    """Put a value in the data of a request, as its widget would have sent it."""
    if isinstance(widget, forms.MultiWidget):
        composto: Any = widget
        for sotto, coda, parte in zip(
            composto.widgets, composto.widgets_names, composto.decompress(valore), strict=True
        ):
            _riscrivi(dati, nome + coda, sotto, parte)
    elif isinstance(widget, forms.CheckboxInput):
        dati[nome] = "true" if valore else "false"
    elif isinstance(widget, forms.widgets.ChoiceWidget):
        dati.setlist(nome, widget.format_value(valore))
    else:
        dati[nome] = widget.format_value(valore) or ""


def _in_parole(campo: Any, valore: Any) -> str:
    """A value of a field as a person reads it."""
    if hasattr(campo, "choices"):
        scelti = {
            str(getattr(v, "pk", v))
            for v in (valore if isinstance(valore, list | tuple | models.QuerySet) else [valore])
        }
        return ", ".join(str(testo) for codice, testo in campo.choices if str(codice) in scelti and str(codice))
    if isinstance(campo, forms.BooleanField):
        return "sì" if valore else "no"
    if isinstance(campo, forms.MultiValueField):
        parti = valore if isinstance(valore, list) else campo.widget.decompress(valore)
        coppie = zip(campo.widget.widgets, parti, strict=True)
        return " ".join(str(lettore.format_value(parte) or "") for lettore, parte in coppie).strip()
    return str(campo.widget.format_value(campo.prepare_value(valore)) or "")
