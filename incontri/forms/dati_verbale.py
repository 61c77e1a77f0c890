"""How the meeting went, as its minutes say: when it began and ended, who chaired it."""

from django import forms
from django.db.models import Q

from incontri.models import Incontro, Verbale
from referenti.models import Utente
from tavolo.base.concorrenza import ConTimbro
from tavolo.base.permessi import COORDINAMENTO, REFERENTI

ORA = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class OrariVerbaleForm(ConTimbro):
    """When the meeting really began and ended."""

    class Meta:
        model = Verbale
        fields = ("aperto", "chiuso")
        widgets = {"aperto": ORA, "chiuso": ORA}
        labels = {"aperto": "È cominciato alle", "chiuso": "È finito alle"}


class PresiedeForm(ConTimbro):
    """Who chaired the meeting."""

    class Meta:
        model = Incontro
        fields = ("presiede",)
        labels = {"presiede": "Lo ha coordinato"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del_tavolo = Q(is_active=True, groups__name__in=(COORDINAMENTO, REFERENTI))
        chi = Utente.objects.filter(del_tavolo | Q(pk=self.instance.presiede_id)).distinct()
        self.fields["presiede"].queryset = chi.select_related("ente")
        self.fields["presiede"].empty_label = "Da indicare"
