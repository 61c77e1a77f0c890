"""Who took up a good practice: the referente of a comune, or who coordinates for any of them, says it, corrects it, takes it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import CreateView, UpdateView

from incontri.forms.prassi import AdozioneForm
from incontri.models import Adozione, BuonaPrassi
from incontri.servizi.prassi.adozioni import comuni_di, possono_adottare, togli_adozione
from incontri.views.contese import ScritturaMixin
from incontri.views.prassi import DiPrassiMixin
from tavolo.base import riservata

GIA_ADOTTATA = "Questo comune l'ha già adottata: lo ha scritto qualcun altro mentre compilavi."
verbo = riservata.verbo(lambda chiavi: reverse("prassi:prassi-detail", args=[chiavi["pk"]]))


class AdozioneMixin(DiPrassiMixin, ScritturaMixin):
    """A page about the adoption of the good practice of the address."""

    permesso = "incontri.adotta_buonaprassi"
    form_class = AdozioneForm
    template_name = "incontri/prassi_form.html"

    def dopo(self, riga):
        """Back to the good practice."""
        return self.prassi


class AdozioneCreateView(AdozioneMixin, CreateView):
    """A comune that took up a published good practice."""

    extra_context = {"titolo": "L'ha adottata un comune"}

    def get(self, request, *args, **kwargs):
        """The form, unless there is no comune to say it of."""
        if self.prassi.stato != "pubblicata" or not possono_adottare(self.prassi, request.user).exists():
            messages.info(request, "Nessuno dei comuni per cui scrivi può adottarla adesso.")
            return redirect(self.prassi)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """An adoption of this good practice."""
        return super().get_form_kwargs() | {"instance": Adozione(prassi=self.prassi)}

    def form_valid(self, form):
        """Save, unless a colleague has said it a moment before."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.add_error("comune", GIA_ADOTTATA)
            return self.form_invalid(form)


class AdozioneUpdateView(AdozioneMixin, UpdateView):
    """Since when, how it went."""

    extra_context = {"titolo": "Com'è andata"}

    def get_object(self, queryset=None):
        """The adoption, if this person may write for its comune."""
        return _sua(self.prassi, self.kwargs["adozione"], self.request.user)


@verbo
def adozione_togli(request, pk, adozione):
    """Take back that a comune adopted it."""
    prassi = get_object_or_404(BuonaPrassi.objects.visibili_a(request.user), pk=pk)
    if not request.user.has_perm("incontri.adotta_buonaprassi", prassi):
        raise PermissionDenied
    sua = _sua(prassi, adozione, request.user)
    togli_adozione(sua, autore=request.user)
    messages.success(request, f"Tolto: {sua.comune} non è più fra chi l'ha adottata.")
    return redirect(prassi)


def _sua(prassi, chiave, utente):
    """The adoption of the practice: 404 if there is none, 403 if the person does not write for its comune."""
    adozione = get_object_or_404(prassi.adozioni.select_related("comune", "prassi"), pk=chiave)
    if not comuni_di(utente).filter(pk=adozione.comune_id).exists():
        raise PermissionDenied
    return adozione
