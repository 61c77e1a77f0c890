"""A commitment taken for a proposal."""

from incontri.forms.impegni import ImpegnoForm
from incontri.servizi.impegni import registra_impegno


class ImpegnoDaPropostaForm(ImpegnoForm):
    """A new commitment that carries out a proposal."""

    def __init__(self, *args, proposta, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposta = proposta

    def save(self, commit=True):
        """The commitment, signed, tied to the proposal."""
        dati = {campo: self.cleaned_data[campo] for campo in ("testo", "ente", "persona", "scadenza", "incontro")}
        return registra_impegno(**dati, proposta=self.proposta, autore=self.utente)
