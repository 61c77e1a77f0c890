"""Forms of the newsletter: who asks for it, what a number tells."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from incontri.models import NumeroNewsletter
from incontri.servizi.newsletter.iscrizioni import richiedi
from incontri.servizi.newsletter.numeri import candidate, di_solito
from incontri.servizi.novita import GENERI
from tavolo.base.antispam import ConGuardia
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import CampoGiorno, ConHelper

CONSENSO = _(
    "Voglio ricevere per e-mail le novità del Tavolo. So che l'indirizzo serve solo a questo e che posso smettere quando voglio."
)


class IscrizioneForm(ConHelper, ConGuardia):
    """An address, and the words agreed to."""

    azione = _("Iscriviti")
    tempo_minimo = timedelta(seconds=2)

    email = forms.EmailField(
        label=_("La tua e-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Ti mandiamo subito un collegamento per confermare."),
    )
    consenso = forms.BooleanField(
        label=CONSENSO, error_messages={"required": _("Senza questa spunta non possiamo scriverti.")}
    )

    @property
    def helper(self):
        """No CSRF token: the page is everybody's (tavolo.base.antispam)."""
        helper = super().helper
        helper.disable_csrf = True
        pulsanti = helper.layout.pop()
        helper.layout = Layout("email", "consenso", self.esca(), pulsanti)
        return helper

    def invia(self, *, base: str) -> None:
        """Keep the asking, with the words that were agreed to and the language of the page."""
        richiedi(self.cleaned_data["email"], lingua=get_language() or "", consenso=str(CONSENSO), base=base)


class NumeroForm(ConHelper, ConTimbro):
    """The words of a number and its days; once it exists, which news go in and in which order."""

    argomenti = ("utente",)

    dal = CampoGiorno(label="Novità dal giorno")
    al = CampoGiorno(label="Al giorno")

    class Meta:
        model = NumeroNewsletter
        fields = ("titolo", "introduzione", "dal", "al")
        widgets = {"introduzione": forms.Textarea({"rows": 6})}
        help_texts = {"introduzione": "Poche righe, prima delle novità. Una riga vuota comincia un altro paragrafo."}

    def __init__(self, *args: Any, utente: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.utente = utente
        self.nuovo = self.instance._state.adding
        self.novita = [] if self.nuovo else candidate(self.instance.dal, self.instance.al)
        posti = {chiave: numero for numero, chiave in enumerate(self.instance.scelte, 1)}
        self.novita.sort(key=lambda una: posti.get(una.chiave, len(posti) + 1))
        for una in self.novita:
            scelta, posto = self.nomi(una)
            quando = una.quando.strftime("%d/%m/%Y")
            self.fields[scelta] = forms.BooleanField(
                required=False,
                label=f"{una.titolo} ({GENERI[una.genere].nome}, {quando})",
                initial=una.chiave in posti,
            )
            self.fields[posto] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=999,
                label=f"Posto di «{una.titolo}»",
                initial=posti.get(una.chiave),
                error_messages={"invalid": "Scrivi un numero."},
            )

    @staticmethod
    def nomi(una: Any) -> tuple[str, str]:
        """The names of the two fields of a piece of news."""
        segno = sha256(una.chiave.encode()).hexdigest()[:12]
        return f"scelta_{segno}", f"posto_{segno}"

    @property
    def helper(self):
        """The news under their own heading, each with its place beside it."""
        helper = super().helper
        pulsanti = helper.layout.pop()
        giorni = Div(Div("dal", css_class="col-sm-6"), Div("al", css_class="col-sm-6"), css_class="row")
        righe = []
        for una in self.novita:
            scelta, posto = self.nomi(una)
            righe.append(Div(Div(scelta, css_class="col-sm-8"), Div(posto, css_class="col-sm-4"), css_class="row"))
        parti: list[Any] = ["titolo", "introduzione", giorni]
        if righe:
            parti.append(Fieldset("Le novità che entrano, dal posto 1 in giù", *righe))
        helper.layout = Layout(*parti, *(["timbro"] if "timbro" in self.fields else []), pulsanti)
        return helper

    def clean_titolo(self):
        """In one line: it is the subject of a mail."""
        return " ".join(self.cleaned_data["titolo"].split())

    def clean_al(self):
        """A day that has begun: a number tells what has happened."""
        al = self.cleaned_data["al"]
        if al > timezone.localdate():
            raise forms.ValidationError("Un numero racconta quello che è già successo: scegli un giorno fino a oggi.")
        return al

    def clean(self):
        """The period goes forward."""
        dati = super().clean()
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", "Il periodo finisce prima di cominciare.")
        return dati

    def save(self, commit=True):
        """The number, signed; VersioneSuperata if somebody saved it meanwhile."""
        if self.nuovo:
            self.instance.autore = self.utente
            self.instance.scelte = di_solito(candidate(self.instance.dal, self.instance.al))
        else:
            self.instance.scelte = self._in_ordine()
            if {"dal", "al"} & set(self.changed_data):
                # Of the days that come in, what a number starts with.
                prima = {una.chiave for una in self.novita}
                nuove = [una for una in candidate(self.instance.dal, self.instance.al) if una.chiave not in prima]
                self.instance.scelte += di_solito(nuove)
        self.instance._history_user = self.utente
        return super().save(commit)

    def _in_ordine(self) -> list[str]:
        righe = []
        for indice, una in enumerate(self.novita):
            scelta, posto = self.nomi(una)
            if self.cleaned_data.get(scelta):
                righe.append((self.cleaned_data.get(posto) or 1000, indice, una.chiave))
        return [chiave for _posto, _indice, chiave in sorted(righe)]
