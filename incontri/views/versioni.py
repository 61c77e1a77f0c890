"""The versions of the minutes: which there are, two of them compared, one taken up again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from incontri.servizi.confronti import confronto
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.ripristini import CambiatoNelFrattempo, ripristina
from incontri.servizi.versioni import versioni
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.concorrenza import VersioneSuperata


class _DelleVersioni(DiVerbaleMixin, TemplateView):
    """A page about the versions of the minutes, for who may write them."""

    permesso = "incontri.change_verbale"

    @cached_property
    def versioni(self):
        """All of them, newest first."""
        return versioni(self.verbale)

    def versione(self, chiave):
        """The one with this key; None if there is no such version."""
        return next((versione for versione in self.versioni if versione.chiave == chiave), None)

    def alla_lista(self, motivo):
        """Back to the list, with a word on what to do there."""
        messages.warning(self.request, motivo)
        return redirect("incontri:versione-list", pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        """The minutes, and the version that stands now."""
        return super().get_context_data(verbale=self.verbale, adesso=next(iter(self.versioni), None), **kwargs)


class VersioniView(_DelleVersioni):
    """The list, with two to choose."""

    template_name = "incontri/versione_list.html"

    def get_context_data(self, **kwargs):
        """The versions."""
        return super().get_context_data(versioni=self.versioni, **kwargs)


class ConfrontoView(_DelleVersioni):
    """What changed between two versions, the earlier one first whatever was asked; by default, in the last save."""

    template_name = "incontri/versione_confronto.html"

    def get(self, request, *args, **kwargs):
        """The page; back to the list where two versions are not told."""
        if len(self.versioni) < 2:
            return self.alla_lista("C'è una versione sola: non c'è ancora niente da confrontare.")
        scelte = {self.versione(request.GET.get(nome)) for nome in ("da", "a")} if request.GET else self.versioni[:2]
        if None in scelte or len(scelte) < 2:
            return self.alla_lista("Per confrontare scegli due versioni diverse.")
        da, a = sorted(scelte, key=lambda versione: versione.momento)
        punti = confronto(self.verbale, da.momento, a.momento)
        return self.render_to_response(
            self.get_context_data(da=da, a=a, punti=punti, quanti_uguali=sum(not p.cambiato for p in punti))
        )


class RipristinaView(_DelleVersioni):
    """Shows what taking up a version again would change, in all the minutes or in one point, and does it when told to."""

    modifica = True
    template_name = "incontri/versione_ripristina.html"

    def get(self, request, *args, **kwargs):
        """What would change; back where it is of no use."""
        return self.fermo() or self.domanda(request.GET)

    def post(self, request, *args, **kwargs):
        """Take it up again; if somebody saved meanwhile, ask again over what stands now."""
        scelta, visto = self.versione(request.POST.get("momento")), self.versione(request.POST.get("visto"))
        punto = self.punto(request.POST)
        if scelta is None or visto is None or (punto is None and request.POST.get("punto")):
            return self.domanda(request.POST)
        try:
            lasciate = ripristina(self.verbale, scelta.momento, punto=punto, visto=visto.momento, autore=request.user)
        except NonModificabile as fermo:
            messages.error(request, str(fermo))
            return redirect(self.verbale)
        except (CambiatoNelFrattempo, VersioneSuperata):
            return self.domanda(request.POST, cambiato=True)
        messages.success(request, "Fatto. Com'era prima resta tra le versioni precedenti.")
        if lasciate:
            messages.info(
                request,
                "Le voci che sono istanze già inviate, o da cui è nato un bisogno o una proposta, sono rimaste come erano.",
            )
        if punto is not None:
            return redirect("incontri:voce-update", pk=self.kwargs["pk"], punto=punto.pk)
        return redirect(self.verbale)

    def punto(self, dati):
        """The only point asked for; None for all the minutes."""
        chiesto = dati.get("punto", "")
        return next((p for p in self.verbale.incontro.punti.all() if str(p.pk) == chiesto), None)

    def domanda(self, dati, *, cambiato=False):
        """The page that asks; with `cambiato` it says that somebody saved meanwhile."""
        self.__dict__.pop("versioni", None)
        scelta, punto = self.versione(dati.get("momento")), self.punto(dati)
        if scelta is None or (punto is None and dati.get("punto")):
            return self.alla_lista("Questa versione non c'è: scegline una dall'elenco.")
        punti = confronto(self.verbale, self.versioni[0].momento, scelta.momento)
        punti = [p for p in punti if p.numero is not None and p.cambiato and (punto is None or p.pk == punto.pk)]
        return self.render_to_response(
            self.get_context_data(scelta=scelta, punto=punto, punti=punti, cambiato=cambiato),
            status=409 if cambiato else 200,
        )
