"""How the meeting went, as its minutes say: when it began and ended, who chaired it."""

from django import forms

from incontri.models import Incontro, Verbale
from referenti.models import Utente
from tavolo.base.con_timbro import ConTimbro

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
        chi = Utente.objects.del_tavolo(anche=self.instance.presiede_id)
        self.fields["presiede"].queryset = chi.select_related("ente")
        self.fields["presiede"].empty_label = "Da indicare"
