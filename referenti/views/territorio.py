"""The figures of the territory."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from referenti import grafici
from referenti.models import Comune, Indicatore, Voce
from referenti.models.indicatore import numero_testo
from referenti.servizi import territorio
from referenti.servizi.serie import NEL_TEMPO, Serie

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
        serie = Serie(indicatori, comuni)
        residenti = territorio.serie(indicatori, Voce.RESIDENTI)
        totale = territorio.somma(residenti, comuni)
        return super().get_context_data(**kwargs) | {
            "dell_ambito": [i for i in indicatori if not i.comune_id],
            "gruppi": territorio.per_comune(indicatori, comuni, tranne=[*residenti, *serie.righe]),
            "serie": serie,
            "ultimi": serie.ultimi(None),
            "nel_tempo": [self.nel_tempo(serie, voce) for voce in NEL_TEMPO if serie.date_di(voce)],
            "comuni_nel_tempo": self.comuni_nel_tempo(serie),
            "fasce": serie.fasce(None),
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

    def nel_tempo(self, serie, voce):
        """What is known of `voce` through time: its name, the chart of the Ambito where there is one, dates and table."""
        punti = serie.punti(voce, None)
        return {
            "titolo": voce.label,
            "grafico": self.linea(punti, _("Tutto l'Ambito"), f"ambito-{voce}") if len(punti) > 1 else None,
            "date": serie.date_di(voce),
            "tabella": serie.tabella(voce),
        }

    def comuni_nel_tempo(self, serie):
        """A small chart for each comune, all on one scale: of the share if it is known at two dates, else of the residents."""
        for voce in (Voce.QUOTA_STRANIERI, Voce.RESIDENTI):
            punti = {comune: serie.punti(voce, comune) for comune in serie.comuni}
            if any(len(suoi) > 1 for suoi in punti.values()):
                tetto = max(punto.valore for suoi in punti.values() for punto in suoi) or None
                grafici_dei_comuni = [
                    self.linea(suoi, comune.nome, f"{comune.slug}-{voce}", tetto)
                    for comune, suoi in punti.items()
                    if suoi
                ]
                return {"titolo": voce.label, "grafici": grafici_dei_comuni}
        return None

    def linea(self, punti, titolo, nome, tetto=None):
        """The chart of some points, with the year under each."""
        linea = grafici.Linea(titolo, [(p.riferimento[:4], grafici.momento(p.riferimento), p.valore) for p in punti])
        formato = percento if punti[0].e_quota else numero_testo
        return grafici.andamento(titolo, [linea], nome=nome, formato=formato, tetto=tetto)
