"""What the public sends from a card: how clear it is, and what is wrong with it."""

from datetime import timedelta

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from risorse.models import CosaNonVa, Risorsa, Segnalazione, Valutazione
from tavolo.base.antispam import ConGuardia
from tavolo.base.forms import ConHelper

VOTI = (
    (1, _("Per niente chiare")),
    (2, _("Poco chiare")),
    (3, _("Abbastanza chiare")),
    (4, _("Chiare")),
    (5, _("Molto chiare")),
)


class ValutazioneForm(ConGuardia):
    """One of five answers to the PA's question; drawn by `risorse/includes/valuta.html`."""

    tempo_minimo = timedelta(0)  # one tap is enough

    voto = forms.TypedChoiceField(
        choices=VOTI, coerce=int, widget=forms.RadioSelect, error_messages={"required": _("Scegli un voto da 1 a 5.")}
    )

    def salva(self, risorsa: Risorsa, lingua: str) -> Valutazione:
        """Keep the answer, and nothing of who gave it."""
        return Valutazione.objects.create(risorsa=risorsa, voto=self.cleaned_data["voto"], lingua=lingua)


class SegnalazioneForm(ConHelper, ConGuardia, forms.ModelForm):
    """What is wrong with a card; an address only from who wants an answer."""

    azione = _("Invia la segnalazione")

    class Meta:
        model = Segnalazione
        fields = ("cosa", "testo", "email")
        labels = {
            "cosa": _("Che cosa non va?"),
            "testo": _("Raccontaci meglio, se vuoi"),
            "email": _("La tua e-mail, solo se vuoi una risposta"),
        }
        help_texts = {
            "testo": _("Non scrivere nomi, numeri di telefono o altre cose private. Al massimo 1000 lettere."),
            "email": _("La usiamo solo per risponderti, poi la cancelliamo."),
        }
        error_messages = {"cosa": {"required": _("Scegli che cosa non va.")}}
        widgets = {
            "cosa": forms.RadioSelect,
            "testo": forms.Textarea({"rows": 5}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cosa"].choices = CosaNonVa.choices

    @property
    def helper(self):
        """No CSRF token: the page is everybody's (tavolo.base.antispam)."""
        helper = super().helper
        helper.disable_csrf = True
        pulsanti = helper.layout.pop()
        helper.layout = Layout("cosa", "testo", "email", self.esca(), pulsanti)
        return helper

    def clean(self):
        """Who chooses "something else" has to say what."""
        dati = super().clean()
        if dati.get("cosa") == CosaNonVa.ALTRO and not dati.get("testo", "").strip():
            self.add_error("testo", gettext("Scrivi che cosa non va."))
        return dati
