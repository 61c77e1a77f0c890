"""Attachments: served only to who may see what they belong to, always as a file to keep, never as a page to open."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from incontri.forms.allegati import AllegatiForm
from incontri.models import Allegato, BuonaPrassi, Incontro, Istanza
from incontri.servizi.allegati import allega, cambia_pubblico, togli_allegato
from incontri.servizi.controllo_file import FileRifiutato
from incontri.servizi.modifiche import NonModificabile, modificabile
from incontri.views.accesso import DiIncontroMixin
from tavolo.base import riservata
from tavolo.base.riservata import RiservataMixin

registro = logging.getLogger(__name__)
verbo = riservata.verbo(lambda chiavi: reverse("area"))


def allegati_di_incontro(incontro, utente):
    """What `incontri/includes/allegati.html` shows of a meeting, for this person."""
    puo = utente.has_perm("incontri.change_incontro", incontro) and modificabile(incontro)
    return {
        "allegati": list(incontro.allegati.all()),
        "si_allega": puo,
        "con_che_cosa": "con il verbale",
        "dove_si_allega": pagina_di(incontro),
    }


def allegati_di_istanza(istanza, utente):
    """The same of an instance."""
    puo = utente.has_perm("incontri.scrivi_istanza", istanza) and istanza.stato != "chiusa"
    return {
        "allegati": list(istanza.allegati.all()),
        "si_allega": puo,
        "con_che_cosa": "",
        "dove_si_allega": pagina_di(istanza),
    }


SPAZI = {Incontro: "incontri", Istanza: "istanze", BuonaPrassi: "prassi"}


def pagina_di(oggetto):
    """The page where the attachments of a meeting, an instance or a good practice are kept."""
    return reverse(f"{SPAZI[type(oggetto)]}:allegato-list", args=[oggetto.pk])


class AllegatoView(RiservataMixin, View):
    """The file, for who may see what it belongs to; 404 for the others."""

    http_method_names = ("get", "head")

    def get(self, request, pk):
        """The bytes, as a download."""
        return consegna(_allegato(request.user, pk), "private, no-store")


class AllegatoPubblicoView(View):
    """`/tavolo/incontri/allegati/…`: an attachment that is published with the minutes of its meeting; 404 for any other."""

    http_method_names = ("get", "head")

    def get(self, request, pk):
        """The bytes, as a download; asked for again each time, for it may be withdrawn."""
        return consegna(get_object_or_404(Allegato.objects.pubblicati(), pk=pk), "no-store")


def consegna(allegato, conservazione):
    """The file as a download that no browser opens in the portal's name."""
    try:
        file = allegato.file.open("rb")
    except FileNotFoundError:
        registro.exception("Manca il file dell'allegato %s", allegato.pk)
        raise Http404("Il file di questo allegato non c'è più: avvisa chi gestisce il portale.") from None
    risposta = FileResponse(file, as_attachment=True, filename=allegato.nome_file, content_type=allegato.tipo)
    risposta["X-Content-Type-Options"] = "nosniff"
    risposta["Content-Security-Policy"] = "sandbox; default-src 'none'"
    risposta["Cache-Control"] = conservazione
    return risposta


def _allegato(utente, pk, scrive=False):
    """The attachment if the person may see what it belongs to (404) and, with `scrive`, write there (403)."""
    allegato = get_object_or_404(
        Allegato.objects.visibili_a(utente).select_related("incontro", "istanza__destinatario", "prassi__ente"), pk=pk
    )
    if allegato.incontro:
        puo = utente.has_perm("incontri.change_incontro", allegato.incontro)
    elif allegato.prassi:
        puo = utente.has_perm("incontri.change_buonaprassi", allegato.prassi)
    else:
        # Of an instance only its own side takes away what it attached; who coordinates, anything.
        suo = allegato.autore_id == utente.pk and utente.has_perm("incontri.scrivi_istanza", allegato.istanza)
        puo = suo or utente.has_perm("incontri.delete_allegato")
    if scrive and not puo:
        raise PermissionDenied
    return allegato


@verbo
def allegato_togli(request, pk):
    """Take an attachment away, unless what it belongs to stands still."""
    allegato = _allegato(request.user, pk, scrive=True)
    dove = pagina_di(allegato.incontro or allegato.istanza or allegato.prassi)
    try:
        togli_allegato(allegato, autore=request.user)
    except NonModificabile as fermo:
        messages.error(request, str(fermo))
    else:
        messages.success(request, f"«{allegato}» non è più tra gli allegati.")
    return redirect(dove)


@verbo
def allegato_pubblico(request, pk):
    """Publish an attachment with the minutes of its meeting or with its good practice, or not any more."""
    allegato = _allegato(request.user, pk, scrive=True)
    if allegato.istanza is not None:
        raise Http404("Gli allegati delle istanze non si pubblicano.")
    try:
        cambia_pubblico(allegato, pubblico=request.POST.get("pubblico") == "1", autore=request.user)
    except NonModificabile as fermo:
        messages.error(request, str(fermo))
    else:
        come = (
            f"si pubblicherà con {'il verbale' if allegato.incontro else 'la buona prassi'}"
            if allegato.pubblico
            else "resta agli enti del Tavolo"
        )
        messages.success(request, f"Fatto: «{allegato}» {come}.")
    return redirect(pagina_di(allegato.incontro or allegato.prassi))


class AllegatiView(TemplateView):
    """The attachments of one thing, and the form that adds more: those that are good come in, of the others it says why."""

    template_name = "incontri/allegato_list.html"
    con_che_cosa = "insieme al verbale"

    def modulo(self, dati=None, file=None):
        """The form, with the way back."""
        form = AllegatiForm(dati, file, con_che_cosa=self.con_che_cosa)
        form.annulla, form.torna_indietro = self.oggetto().get_absolute_url(), "Torna indietro"
        return form

    def get_context_data(self, **kwargs):
        """The attachments as they are saved; the form for who may add to them."""
        contesto = super().get_context_data(oggetto=self.oggetto(), **self.elenco(), **kwargs)
        contesto.setdefault("form", self.modulo())
        return contesto

    def post(self, request, *args, **kwargs):
        """Attach each file by itself."""
        if not self.puo_scrivere():
            raise PermissionDenied
        form = self.modulo(request.POST, request.FILES)
        if form.is_valid():
            entrati, rifiutati = self.allega(form.cleaned_data)
            if entrati:
                messages.success(request, f"Allegat{'o' if len(entrati) == 1 else 'i'}: {', '.join(entrati)}.")
            if not rifiutati:
                return redirect(request.path)
            for motivo in rifiutati:
                form.add_error("file", motivo)
        return self.render_to_response(self.get_context_data(form=form))

    def allega(self, dati):
        """Attach the files: the names of those that came in, and why the others did not."""
        entrati, rifiutati = [], []
        titolo, molti = dati["titolo"], len(dati["file"]) > 1
        for file in dati["file"]:
            come = {"titolo": f"{titolo[:150]} ({len(entrati) + 1})" if titolo and molti else titolo, **self.di_chi()}
            try:
                allegato = allega(file, pubblico=dati.get("pubblico", False), autore=self.request.user, **come)
                entrati.append(f"«{allegato.nome_file}»")
            except (FileRifiutato, NonModificabile) as motivo:
                rifiutati.append(str(motivo))
        return entrati, rifiutati


class AllegatiIncontroView(DiIncontroMixin, AllegatiView):
    """The attachments of a meeting."""

    def oggetto(self):
        """The meeting of the address."""
        return self.incontro

    def di_chi(self):
        """Whose the new ones are."""
        return {"incontro": self.incontro}

    def puo_scrivere(self):
        """Whether this person may attach."""
        return self.request.user.has_perm("incontri.change_incontro", self.incontro)

    def elenco(self):
        """What the include shows."""
        return allegati_di_incontro(self.incontro, self.request.user)


class AllegatiIstanzaView(RiservataMixin, AllegatiView):
    """The attachments of an instance."""

    con_che_cosa = ""

    @cached_property
    def istanza(self):
        """The instance of the address."""
        istanze = Istanza.objects.visibili_a(self.request.user).select_related("destinatario", "mittente")
        return get_object_or_404(istanze, pk=self.kwargs["pk"])

    def oggetto(self):
        """The same, for the page."""
        return self.istanza

    def di_chi(self):
        """Whose the new ones are."""
        return {"istanza": self.istanza}

    def puo_scrivere(self):
        """Whether this person may attach."""
        return self.request.user.has_perm("incontri.scrivi_istanza", self.istanza)

    def elenco(self):
        """What the include shows."""
        return allegati_di_istanza(self.istanza, self.request.user)
