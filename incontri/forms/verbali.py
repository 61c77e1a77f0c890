"""The minutes: who writes them."""

from django import forms
from django.db.models import Q

from incontri.models import Verbale
from referenti.models import Utente
from tavolo.base.concorrenza import ConTimbro
from tavolo.base.forms import ConHelper
from tavolo.base.permessi import REFERENTI


class RedattoriForm(ConHelper, ConTimbro):
    """Who writes these minutes together with who takes them."""

    class Meta:
        model = Verbale
        fields = ("redattori",)
        widgets = {"redattori": forms.CheckboxSelectMultiple}
        labels = {"redattori": "Scrivono con te"}
        help_texts = {"redattori": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        referenti = Utente.objects.filter(is_active=True, groups__name=REFERENTI)
        # Who writes already stays to be seen and chosen, in the group or not.
        scelti = Q(pk__in=referenti.values("pk")) | Q(pk__in=self.instance.redattori.values("pk"))
        utenti = Utente.objects.filter(scelti).exclude(pk=self.instance.verbalizzante_id)
        self.fields["redattori"].queryset = utenti.select_related("ente")
        self.fields["redattori"].label_from_instance = _con_ente


def _con_ente(utente):
    return f"{utente}, {utente.ente.nome_corto}" if utente.ente else str(utente)
