"""The form with which a body asks to join the Tavolo."""

from datetime import timedelta
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from referenti.models import Comune, RichiestaAdesione, TipoEnte
from referenti.servizi.adesioni import ricevi
from tavolo.base.antispam import ConGuardia
from tavolo.base.forms import ConHelper

# A unit joins through the ente it is part of.
TIPI = [("", _("Scegli")), *((valore, nome) for valore, nome in TipoEnte.choices if valore != TipoEnte.UNITA)]
CONSENSO = _(
    "Ho letto la pagina «Privacy». So che questi dati servono solo a rispondere alla richiesta, e che li legge solo chi "
    "coordina il Tavolo. Al Tavolo arrivano il nome dell'ente, che cosa fa e perché chiede di entrare."
)


class AdesioneForm(ConHelper, ConGuardia, forms.ModelForm):
    """What the body is, what it does, why it asks, whom to answer."""

    azione = _("Invia la richiesta")
    tempo_minimo = timedelta(seconds=5)

    comuni = forms.ModelMultipleChoiceField(
        queryset=Comune.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("In quali comuni lavora?"),
    )
    consenso = forms.BooleanField(
        label=CONSENSO, error_messages={"required": _("Senza questa spunta non possiamo tenere la richiesta.")}
    )

    class Meta:
        model = RichiestaAdesione
        fields = (
            "denominazione",
            "tipo",
            "comuni",
            "codice_fiscale",
            "sito_web",
            "che_cosa_fa",
            "perche",
            "nome",
            "cognome",
            "ruolo",
            "email",
            "telefono",
        )
        labels = {
            "denominazione": _("Come si chiama l'ente?"),
            "tipo": _("Che ente è?"),
            "codice_fiscale": _("Codice fiscale dell'ente, se lo sai"),
            "sito_web": _("Sito, se c'è"),
            "che_cosa_fa": _("Che cosa fate?"),
            "perche": _("Perché volete far parte del Tavolo?"),
            "ruolo": _("Che ruolo hai nell'ente?"),
            "telefono": _("Telefono, se vuoi"),
        }
        help_texts = {
            "denominazione": _("Il nome per intero. Va bene anche una rete di persone senza uno statuto."),
            "codice_fiscale": _("Quello dell'ente, di undici cifre: non il tuo."),
            "sito_web": _("L'indirizzo intero, che comincia con https://."),
            "che_cosa_fa": _("Poche righe. Non scrivere nomi di persone né storie personali."),
            "perche": _("Che cosa portate e che cosa cercate. Lo leggono gli enti del Tavolo."),
            "email": _("Ti mandiamo subito un collegamento per confermare la richiesta."),
        }
        widgets = {
            "che_cosa_fa": forms.Textarea({"rows": 4}),
            "perche": forms.Textarea({"rows": 4}),
            "denominazione": forms.TextInput({"autocomplete": "organization"}),
            "nome": forms.TextInput({"autocomplete": "given-name"}),
            "cognome": forms.TextInput({"autocomplete": "family-name"}),
            "ruolo": forms.TextInput({"autocomplete": "organization-title"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "telefono": forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["tipo"].choices = TIPI
        self.fields["comuni"].queryset = Comune.objects.dell_ambito()
        for nome in ("nome", "cognome", "ruolo", "email"):
            self.fields[nome].required = True

    @property
    def helper(self):
        """No CSRF token: the page is everybody's (tavolo.base.antispam)."""
        helper = super().helper
        helper.disable_csrf = True
        pulsanti = helper.layout.pop()
        helper.layout = Layout(
            Fieldset(
                _("L'ente"),
                "denominazione",
                "tipo",
                Div("comuni", css_class="caselle"),
                "codice_fiscale",
                "sito_web",
                "che_cosa_fa",
                "perche",
            ),
            Fieldset(
                _("A chi rispondiamo"),
                Div(Div("nome", css_class="col-sm-6"), Div("cognome", css_class="col-sm-6"), css_class="row"),
                "ruolo",
                "email",
                "telefono",
            ),
            "consenso",
            self.esca(),
            pulsanti,
        )
        return helper

    def clean_denominazione(self):
        """In one line, with single spaces; no addresses, which the mail would carry to whoever is written to."""
        nome = " ".join(self.cleaned_data["denominazione"].split())
        if "://" in nome or "www." in nome.lower():
            raise forms.ValidationError(gettext("Scrivi solo il nome: il sito va nella sua riga."))
        return nome

    def invia(self, *, base: str) -> RichiestaAdesione:
        """Keep the request, with the words that were agreed to and the language of the page."""
        richiesta = self.save(commit=False)
        richiesta.consenso, richiesta.lingua = str(CONSENSO), get_language() or ""
        return ricevi(richiesta, comuni=self.cleaned_data["comuni"], base=base)
