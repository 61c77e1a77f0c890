"""What the public reads about the meetings and the themes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from incontri.models import Incontro, StatoTema, Tema

TEMI = (
    (StatoTema.IN_CORSO, gettext_lazy("In corso")),
    (StatoTema.PREVISTO, gettext_lazy("Previsti")),
    (StatoTema.CONCLUSO, gettext_lazy("Conclusi")),
)


class ArchivioView(ListView):
    """`/tavolo/incontri/`: meetings to come, meetings held, themes."""

    queryset = Incontro.objects.pubblici()
    template_name = "incontri/archivio.html"

    def get_queryset(self):
        """The public meetings in the order of the list of the reserved area, with their themes."""
        return super().get_queryset().in_fila().prefetch_related("temi")

    def get_context_data(self, **kwargs):
        """Meetings by where they are in their life, themes by where the work is."""
        contesto = super().get_context_data(**kwargs)
        incontri, temi = contesto["incontro_list"], list(Tema.objects.all())
        per_stato = [(titolo, [tema for tema in temi if tema.stato == stato]) for stato, titolo in TEMI]
        return contesto | {
            "gruppi": [
                (_("Prossimi incontri"), [i for i in incontri if i.da_tenere and not i.tenuto]),
                (_("Incontri svolti"), [i for i in incontri if i.tenuto]),
                (_("Incontri annullati"), [i for i in incontri if i.annullato]),
            ],
            "temi": [(titolo, dello_stato) for titolo, dello_stato in per_stato if dello_stato],
        }
