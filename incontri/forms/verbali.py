"""The minutes: who writes them."""

from django import forms
from django.db.models import Q

from incontri.models import Verbale
from referenti.models import Utente
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import ConHelper
from tavolo.base.permessi import REFERENTI


class RedattoriForm(ConHelper, ConTimbro):
    """Who writes these minutes together with who takes them; who coordinates also says who takes them."""

    argomenti = ("sceglie_verbalizzante",)

    class Meta:
        model = Verbale
        fields = ("verbalizzante", "redattori")
        widgets = {"redattori": forms.CheckboxSelectMultiple}
        labels = {"verbalizzante": "Verbalizza", "redattori": "Scrivono insieme"}
        help_texts = {"redattori": ""}

    def __init__(self, *args, sceglie_verbalizzante=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.sceglie_verbalizzante = sceglie_verbalizzante
        chi_verbalizza = self.instance.verbalizzante_id
        referenti = Utente.objects.filter(is_active=True, groups__name=REFERENTI)
        # Who writes already stays to be seen and chosen, in the group or not.
        scelti = Q(pk__in=referenti.values("pk")) | Q(pk__in=self.instance.redattori.values("pk"))
        redattori = Utente.objects.filter(scelti)
        if sceglie_verbalizzante:
            possono = Utente.objects.del_tavolo(anche=chi_verbalizza)
            self.fields["verbalizzante"].queryset = possono.select_related("ente")
            self.fields["verbalizzante"].label_from_instance = _con_ente
        else:
            del self.fields["verbalizzante"]
            redattori = redattori.exclude(pk=chi_verbalizza)
            self.fields["redattori"].label = "Scrivono con te"
        self.fields["redattori"].queryset = redattori.select_related("ente")
        self.fields["redattori"].label_from_instance = _con_ente

    def clean_redattori(self):
        """Without who takes the minutes, who writes them anyway."""
        redattori = self.cleaned_data["redattori"]
        verbalizza = self.cleaned_data.get("verbalizzante")
        return redattori.exclude(pk=verbalizza.pk) if verbalizza else redattori


def _con_ente(utente):
    return f"{utente}, {utente.ente.nome_corto}" if utente.ente else str(utente)
