"""The form of a row that carries the name of who writes it."""

from copy import copy

from tavolo.base.concorrenza import ConTimbro, timbro
from tavolo.base.forms import ConHelper


class FirmatoForm(ConHelper, ConTimbro):
    """A form signed by `utente`, that opens again over what somebody else saved."""

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente

    def clean(self):
        """The texts with line ends as they are saved."""
        dati = super().clean()
        return {nome: uno.replace("\r\n", "\n") if isinstance(uno, str) else uno for nome, uno in dati.items()}

    def riaperto(self, salvato):
        """This form again, ready to be saved over `salvato`."""
        dati = copy(self.data)
        dati[self.add_prefix("timbro")] = timbro(salvato)
        return type(self)(dati, instance=salvato, utente=self.utente)

    def save(self, commit=True):
        """The row, signed; raises VersioneSuperata if somebody saved it meanwhile."""
        if self.instance._state.adding and hasattr(self.instance, "autore_id"):
            self.instance.autore = self.utente
        self.instance._history_user = self.utente
        return super().save(commit)
