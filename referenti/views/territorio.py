"""The figures of the territory."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from referenti import grafici
from referenti.models import Comune, Indicatore, Voce
from referenti.models.indicatore import numero_testo
from referenti.servizi import territorio

QUOTE = (Voce.QUOTA_STRANIERI, Voce.QUOTA_MINORI_STRANIERI)


def percento(valore) -> str:
    """A share, written with its sign."""
    return f"{numero_testo(valore)}%"


class TerritorioView(TemplateView):
    """`/tavolo/territorio/`: every figure with its source and date, drawn and in tables, and what is missing."""

    template_name = "referenti/territorio.html"

    def get_context_data(self, **kwargs):
        """Figures of the Ambito and of the comuni, the series of residents, the shares, the table with its gaps."""
        indicatori, comuni = list(Indicatore.objects.del_territorio()), list(Comune.objects.dell_ambito())
        residenti = territorio.serie(indicatori, Voce.RESIDENTI)
        totale = territorio.somma(residenti, comuni)
        return super().get_context_data(**kwargs) | {
            "dell_ambito": [i for i in indicatori if not i.comune_id],
            "gruppi": territorio.per_comune(indicatori, comuni, tranne=residenti),
            "residenti": residenti,
            "grafico_residenti": grafici.barre(
                _("Residenti in ogni comune"), [(i.comune.nome, i.valore) for i in residenti]
            ),
            "totale_ambito": next((i for i in indicatori if not i.comune_id and i.voce == Voce.RESIDENTI), None),
            "totale_comuni": None if totale is None else numero_testo(totale),
            "confronti": [coppia for voce in QUOTE if (coppia := self.confronto(indicatori, voce))],
            "quadro": territorio.quadro(indicatori, comuni),
        }

    def confronto(self, indicatori, voce):
        """The chart of a share and the figures in it; None where there is nothing to compare."""
        righe = territorio.confronto(indicatori, voce)
        valori = [(capfirst(riga.territorio), riga.valore) for riga in righe]
        return (grafici.barre(str(voce.label), valori, formato=percento), righe) if righe else None
