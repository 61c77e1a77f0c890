"""The form of a row that carries the name of who writes it."""

from uuid import uuid4

from django import forms
from django.db import IntegrityError, transaction

from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import ConHelper


class FirmatoForm(ConHelper, ConTimbro):
    """A form signed by `utente`, that opens again over what somebody else saved.

    A new row carries the key it will have: the same form sent twice (two clicks, a page sent again) makes one row.
    """

    argomenti = ("utente",)

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        if self.instance._state.adding:
            self.fields["chiave"] = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def clean(self):
        """The texts with line ends as they are saved."""
        dati = super().clean()
        return {nome: uno.replace("\r\n", "\n") if isinstance(uno, str) else uno for nome, uno in dati.items()}

    def save(self, commit=True):
        """The row, signed; raises VersioneSuperata if somebody saved it meanwhile."""
        self.instance._history_user = self.utente
        if not self.instance._state.adding:
            return super().save(commit)
        if hasattr(self.instance, "autore_id"):
            self.instance.autore = self.utente
        if gia := self._gia_nata():
            return gia
        chiave = self.cleaned_data.get("chiave")
        if chiave and not type(self.instance)._default_manager.filter(pk=chiave).exists():
            self.instance.pk = chiave
        try:
            with transaction.atomic():
                return super().save(commit)
        except IntegrityError:
            # Of two sent at once the second waits for the first, and finds its row.
            if gia := self._gia_nata():
                return gia
            raise

    def _gia_nata(self):
        """The row this person has already made with this form, or None."""
        righe = type(self.instance)
        chiave = self.cleaned_data.get("chiave")
        if not righe.storia.filter(uuid=chiave, history_type="+", history_user=self.utente).exists():
            return None
        return righe._default_manager.filter(pk=chiave).first()
