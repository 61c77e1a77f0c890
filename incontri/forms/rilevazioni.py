"""A scoring round as it is prepared, and its last day."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from incontri.models import APERTE_AL_VOTO, Bisogno, Rilevazione, StatoRilevazione
from incontri.servizi.rilevazioni.turni import metti_in_fila
from referenti.models import Ente
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import CampoGiorno, ConHelper, da_oggi

GIORNI = 21  # offered for a turn: time for an ente to talk about it inside
COMPRESO = "Quel giorno compreso."


class RilevazioneForm(ConHelper, ConTimbro):
    """What is asked, of whom, about which needs; once it is open only its words and its last day change."""

    argomenti = ("utente",)

    bisogni = forms.ModelMultipleChoiceField(
        Bisogno.objects.none(),
        required=False,
        label="Bisogni da valutare",
        widget=forms.CheckboxSelectMultiple,
        help_text="Meglio pochi: con più di quindici chi vota si stanca.",
    )

    entro = CampoGiorno(label="Si vota entro il", help_text=COMPRESO)

    class Meta:
        model = Rilevazione
        fields = ("titolo", "presentazione", "entro", "enti")
        widgets = {"presentazione": forms.Textarea(attrs={"rows": 4}), "enti": forms.CheckboxSelectMultiple}
        help_texts = {"presentazione": "Due righe per chi vota: perché lo chiedi e a che cosa servirà."}

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        if self.instance.stato not in APERTE_AL_VOTO:
            del self.fields["entro"]
        if self.instance.stato != StatoRilevazione.BOZZA:
            del self.fields["enti"], self.fields["bisogni"]
            return
        propri = Bisogno.objects.none() if self.instance._state.adding else self.instance.bisogni.all()
        scelte = Bisogno.objects.vivi() | Bisogno.objects.filter(pk__in=propri.values("pk"))
        bisogni: Any = self.fields["bisogni"]
        bisogni.queryset = scelte.select_related("tema").order_by("tema__ordine", "tema__nome", "titolo")
        bisogni.label_from_instance = lambda bisogno: f"{bisogno} ({bisogno.tema})"
        enti: Any = self.fields["enti"]
        al_tavolo = Ente.objects.filter(seggi__isnull=False).distinct()
        enti.queryset = Ente.objects.filter(
            Q(pk__in=al_tavolo.values("pk")) | Q(pk__in=Ente.objects.della_rete().values("pk"))
        )
        enti.help_text = "Un voto per ente. Abbiamo già scelto quelli che siedono al Tavolo."
        if self.instance._state.adding:
            self.initial.setdefault("enti", list(al_tavolo))
        else:
            self.initial["bisogni"] = list(propri)

    def clean_entro(self):
        """A day from today on, where another one is chosen."""
        return da_oggi(self.cleaned_data["entro"]) if "entro" in self.changed_data else self.cleaned_data["entro"]

    def clean_presentazione(self):
        """The text with line ends as they are saved."""
        return self.cleaned_data["presentazione"].replace("\r\n", "\n")

    def save(self, commit=True):
        """The round and its needs in order, signed; raises VersioneSuperata or PassaggioNonPossibile."""
        self.instance._history_user = self.utente
        if self.instance._state.adding:
            self.instance.autore = self.utente
        rilevazione = super().save(commit)
        if "bisogni" in self.fields and not self.fields["bisogni"].disabled:
            metti_in_fila(rilevazione, self.cleaned_data["bisogni"])
        return rilevazione


class TurnoForm(ConHelper, forms.Form):
    """By when one votes in the turn that opens."""

    azione = "Apri la votazione"
    entro = CampoGiorno(label="Si vota entro il", help_text=COMPRESO)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("entro", timezone.localdate() + timedelta(days=GIORNI))

    def clean_entro(self):
        """A day from today on."""
        return da_oggi(self.cleaned_data["entro"])


class PassaggioForm(ConHelper, forms.Form):
    """Only to be confirmed."""
