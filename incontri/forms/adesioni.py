"""What is done with a request to join: on an agenda, accepted, refused, set aside."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from incontri.forms.istanze import CampoEnte
from incontri.models import Incontro, Voce
from incontri.servizi.adesioni.accoglienza import AREE, Accoglienza, Persona
from referenti.models import Area, Comune, TipoEnte
from tavolo.base.forms import ConHelper

PERSONE_MASSIME = 3


class CampoIncontro(forms.ModelChoiceField):
    """A meeting, with its day."""

    def label_from_instance(self, obj):
        """Title and day."""
        return obj.con_data


class CampoDecisione(forms.ModelChoiceField):
    """A decision of the minutes: what it says, of which meeting."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            queryset=Voce.objects.none(),
            label="La decisione del verbale",
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={"required": "Scegli la decisione: la richiesta si chiude come ha deciso il Tavolo."},
            **kwargs,
        )

    def label_from_instance(self, obj):
        """The words of the entry, how it was taken, the meeting."""
        come = f" ({obj.get_esito_display().lower()})" if obj.esito else ""
        testo = obj.testo if len(obj.testo) <= 300 else f"{obj.testo[:300]}…"
        return f"{testo}{come} · {obj.punto.incontro.con_data}"


class DiscussioneForm(ConHelper, forms.Form):
    """The meeting that will discuss the request."""

    azione = "Metti all'ordine del giorno"

    incontro = CampoIncontro(
        queryset=Incontro.objects.none(), label="In quale incontro?", empty_label="Scegli un incontro"
    )

    def __init__(self, *args: Any, incontri: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        campo: Any = self.fields["incontro"]
        campo.queryset = incontri
        primo = incontri.first()
        self.initial.setdefault("incontro", primo.pk if primo else None)


class _ConDecisione(ConHelper, forms.Form):
    decisione = CampoDecisione()

    def __init__(self, *args: Any, decisioni: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        campo: Any = self.fields["decisione"]
        campo.queryset = decisioni
        prime = list(decisioni[:2])
        # Ready only where it is the one of the request's own point.
        if len(prime) == 1 and hasattr(prime[0].punto, "discussione_adesione"):
            self.initial.setdefault("decisione", prime[0].pk)


class RespingiForm(_ConDecisione):
    """The decision, and the reason who asked will read."""

    azione = "Non accogliere e rispondi"

    motivo = forms.CharField(
        label="Il motivo",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Chi ha chiesto lo riceve per e-mail: scrivilo come lo diresti di persona.",
        error_messages={"required": "Scrivi il motivo: chi ha chiesto lo leggerà."},
    )


class RitiraForm(ConHelper, forms.Form):
    """Why a request is over without a decision."""

    azione = "Segna come ritirata"

    motivo = forms.CharField(
        label="Perché si chiude senza una decisione",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Per esempio: l'hanno ritirata al telefono; è un doppione; non è una richiesta. Non parte nessuna e-mail.",
    )


class PersonaForm(forms.Form):
    """Somebody who will sit for the ente."""

    nome = forms.CharField(label="Nome", max_length=80)
    cognome = forms.CharField(label="Cognome", max_length=80)
    email = forms.EmailField(label="E-mail")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            campo.required = not self.empty_permitted

    def clean(self):
        """Somebody more may be left out, not written by half."""
        dati = super().clean() or self.cleaned_data
        if any(dati.values()):
            for nome in self.fields:
                if not dati.get(nome) and nome not in self.errors:
                    self.add_error(nome, "Serve per mandare l'invito.")
        return dati

    @property
    def helper(self):
        """Drawn inside the form of the page."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def persona(self) -> Persona:
        """What was written."""
        return Persona(**{nome: self.cleaned_data[nome].strip() for nome in ("nome", "cognome", "email")})


class BasePersoneFormSet(forms.BaseFormSet):
    """The people: at least the first, each once."""

    def clean(self):
        """Refuse the same address twice."""
        buone = [form.cleaned_data for form in self.forms if form.is_valid()]
        scritte = [dati["email"].lower() for dati in buone if any(dati.values())]
        if len(scritte) != len(set(scritte)):
            raise ValidationError("Hai scritto due volte la stessa e-mail.")

    def persone(self) -> list[Persona]:
        """Those written, in order."""
        return [form.persona() for form in self.forms if any(form.cleaned_data.values())]


PersoneFormSet = forms.formset_factory(
    PersonaForm,
    formset=BasePersoneFormSet,
    extra=PERSONE_MASSIME - 1,
    min_num=1,
    max_num=PERSONE_MASSIME,
    absolute_max=PERSONE_MASSIME,
    validate_min=True,
)


class AccogliForm(_ConDecisione):
    """The decision, the ente (new, or one of the portal) and its seat."""

    azione = "Accogli: crea ente, seggio e inviti"

    ente = CampoEnte(
        required=False,
        label="Quale ente è?",
        empty_label="Un ente nuovo: lo creiamo con i dati qui sotto",
        help_text="Se l'ente è già nel portale sceglilo qui: i suoi dati restano come sono.",
    )
    denominazione = forms.CharField(label="Nome dell'ente", max_length=160, required=False)
    nome_breve = forms.CharField(label="Nome breve, se serve", max_length=60, required=False)
    tipo = forms.ChoiceField(label="Che ente è", choices=TipoEnte.choices, required=False)
    comune = forms.ModelChoiceField(
        label="Comune della sede", queryset=Comune.objects.none(), required=False, empty_label="Non si sa"
    )
    seggio = forms.CharField(label="Nome del seggio", max_length=120)
    area = forms.ChoiceField(label="In quale parte del Tavolo", choices=Area.choices)

    def __init__(self, *args: Any, richiesta: Any, ente: Any = None, **kwargs: Any):
        nome = ente.nome_corto if ente else richiesta.denominazione
        iniziali = {
            "ente": ente.pk if ente else None,
            "denominazione": richiesta.denominazione,
            "tipo": richiesta.tipo,
            "seggio": f"Referente di {nome}"[:120],
            "area": AREE.get(ente.tipo if ente else richiesta.tipo, Area.ALTRI),
        }
        comuni = list(richiesta.comuni.all())
        if len(comuni) == 1:
            iniziali["comune"] = comuni[0].pk
        super().__init__(*args, **kwargs | {"initial": iniziali})
        campo: Any = self.fields["ente"]
        campo.senza(None)
        campo = self.fields["comune"]
        campo.queryset = Comune.objects.all()

    @property
    def helper(self):
        """Its fields only: the page draws the people too, and the button."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def clean(self):
        """A new ente needs a name and a kind."""
        dati = super().clean()
        if not dati.get("ente") and "ente" not in self.errors:
            for campo in ("denominazione", "tipo"):
                if not dati.get(campo) and campo not in self.errors:
                    self.add_error(campo, "Serve per creare l'ente.")
        return dati

    def accoglienza(self, persone: list[Persona]) -> Accoglienza:
        """What the request becomes."""
        dati = {nome: self.cleaned_data[nome] for nome in self.cleaned_data if nome != "decisione"}
        return Accoglienza(**dati, persone=persone)
