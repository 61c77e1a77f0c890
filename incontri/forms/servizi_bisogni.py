"""Looking for the services to link to a need, and which one."""

from django import forms
from django.db.models import Q

from risorse.models import Risorsa
from tavolo.base.forms import ConHelper

QUANTI = 30


class CercaServizioForm(ConHelper, forms.Form):
    """The words of a published service or of its ente."""

    azione = "Cerca"
    metodo = "get"

    q = forms.CharField(required=False, max_length=100, label="Parole del servizio o dell'ente")

    def trovati(self, tranne):
        """The first services that match, but those in `tranne`; none while nothing is asked."""
        parole = self.cleaned_data.get("q", "").split() if self.is_valid() else []
        if not parole:
            return []
        righe = Risorsa.objects.pubblicate().select_related("ente").exclude(pk__in=[r.pk for r in tranne])
        for parola in parole:
            righe = righe.filter(
                Q(nome__icontains=parola) | Q(in_breve__icontains=parola) | Q(ente__denominazione__icontains=parola)
            )
        return list(righe.order_by("nome", "uuid")[:QUANTI])


class ServizioForm(forms.Form):
    """One published service."""

    servizio = forms.ModelChoiceField(queryset=Risorsa.objects.all())
