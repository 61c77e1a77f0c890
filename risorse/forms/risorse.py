"""The form with which the public looks for a service."""

from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from referenti.models import Comune
from risorse.models import Categoria, Destinatari, Lingua, Traducibile
from risorse.models.schede import RisorsaQuerySet
from risorse.ricerca.cerca import Intesa, cerca, intendi
from risorse.servizi.traduzioni import traduci
from tavolo.base.forms import ConHelper

RICERCA_MASSIMA = 200
APRE_FILTRI = (
    "<details class='fisarmonica'{% if not form.attivi %} open{% endif %}>"
    "<summary>{{ form.titolo_filtri }}</summary><div class='row'>"
)


@dataclass(frozen=True)
class FiltroAttivo:
    """A filter in force: its name, what was chosen, and the query string of the same list without it."""

    etichetta: str
    valore: str
    senza: str
    termine: Traducibile | None = None


class TerminiTradotti(ModelChoiceIterator):
    """The terms to choose from, brought into the reader's language with one query (none in Italian)."""

    def __iter__(self):
        """The empty choice, then every term."""
        yield from [("", self.field.empty_label)] * (self.field.empty_label is not None)
        yield from map(self.choice, self.termini)

    @cached_property
    def termini(self):
        """The terms: a widget goes through them more than once."""
        termini = list(self.queryset)
        traduci(termini)
        return termini


class SceltaTermine(forms.ModelChoiceField):
    """A term of a controlled list, by its name in the reader's language."""

    iterator = TerminiTradotti

    def label_from_instance(self, obj):
        """Its name."""
        return obj.testo("nome")


class SceltaLingua(forms.ModelChoiceField):
    """A language by its own name first, so that who speaks it finds it."""

    def label_from_instance(self, obj):
        """`العربية (Arabo)`."""
        nome = obj.testo("nome")
        return nome if nome == obj.nome_proprio else f"{obj.nome_proprio} ({nome})"


class FiltroRisorseForm(ConHelper, forms.Form):
    """Words and filters of the list of services; never refuses: what it cannot use it leaves out and says so in `note`."""

    azione, metodo = _("Cerca"), "get"
    titolo_filtri = _("Filtri")

    q = forms.CharField(label=_("Che cosa cerchi"), required=False, widget=forms.TextInput({"type": "search"}))
    categoria = SceltaTermine(
        Categoria.objects.all(), label=_("Argomento"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    comune = forms.ModelChoiceField(
        Comune.objects.dell_ambito(), label=_("Comune"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    lingua = SceltaLingua(
        Lingua.objects.all(),
        label=_("Lingua parlata"),
        required=False,
        to_field_name="codice",
        empty_label=_("Tutte"),
    )
    destinatari = SceltaTermine(
        Destinatari.objects.all(), label=_("Per chi"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    aperto = forms.BooleanField(label=_("Aperto adesso"), required=False)
    gratis = forms.BooleanField(label=_("Solo servizi gratis"), required=False)
    # Look for the very words, forgiving nothing: reached from the note that says what was forgiven.
    esatta = forms.BooleanField(label=_("Parole esatte"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict):
        self.note: list[str] = []
        self.intesa: Intesa | None = None
        data = data.copy()
        testo = data.get("q", "").strip()
        if len(testo) > RICERCA_MASSIMA:
            testo = testo[:RICERCA_MASSIMA].strip()
            self.note.append(
                gettext("Il testo era troppo lungo: abbiamo cercato i primi %(numero)s caratteri.")
                % {"numero": RICERCA_MASSIMA}
            )
        data["q"] = testo
        super().__init__(data)

    @property
    def helper(self) -> FormHelper:
        """The words first; the filters fold away once some are in force, so that a phone shows services and not a form."""
        helper = super().helper
        helper.disable_csrf = True
        pulsanti = helper.layout.pop()
        filtri = [Div(nome, css_class="col-sm-6 col-lg-3") for nome in ("categoria", "comune", "lingua", "destinatari")]
        helper.layout = Layout("q", HTML(APRE_FILTRI), *filtri, "aperto", "gratis", HTML("</div></details>"), pulsanti)
        return helper

    def full_clean(self):
        """Clean, then drop the filters that are of no known value, leaving a note for each."""
        super().full_clean()
        for nome in list(self._errors):
            del self._errors[nome]
            del self.data[nome]
            self.cleaned_data[nome] = None
            self.note.append(
                gettext("Non conosciamo il valore scelto per «%(filtro)s»: abbiamo cercato senza.")
                % {"filtro": self.fields[nome].label}
            )

    def filtra(self, risorse: RisorsaQuerySet) -> RisorsaQuerySet:
        """The services that answer to every filter."""
        self.is_valid()
        scelte = self.cleaned_data
        if scelte["q"]:
            self.intesa = intendi(scelte["q"], esatta=scelte["esatta"])
            risorse = cerca(risorse, self.intesa)
        if scelte["categoria"]:
            risorse = risorse.della_categoria(scelte["categoria"])
        if scelte["comune"]:
            risorse = risorse.che_servono(scelte["comune"])
        if scelte["lingua"]:
            risorse = risorse.in_lingua(scelte["lingua"])
        if scelte["destinatari"]:
            risorse = risorse.per_destinatari(scelte["destinatari"])
        if scelte["aperto"]:
            risorse = risorse.aperte_a(timezone.now())
        return risorse.gratuite() if scelte["gratis"] else risorse

    def senza_risposta(self, quanti: int) -> bool:
        """Whether no card has what was asked, among `quanti` found: words, and at most a comune, are all that was asked."""
        chieste = {nome for nome in self.fields if self.cleaned_data[nome]}
        solo_parole = "q" in chieste and chieste <= {"q", "comune", "esatta"}
        return solo_parole and self.intesa is not None and (quanti == 0 or self.intesa.almeno_una)

    def attivi(self) -> list[FiltroAttivo]:
        """The filters in force, in the order of the form."""
        self.is_valid()
        usati = [nome for nome in self.fields if self.cleaned_data[nome]]
        filtri = []
        for nome in usati:
            altri = QueryDict(mutable=True)
            altri.update({altro: self.data[altro] for altro in usati if altro != nome})
            campo, valore = self.fields[nome], self.cleaned_data[nome]
            detti = {
                "q": f"«{valore}»",
                "gratis": gettext("Gratis"),
                "aperto": gettext("Aperto adesso"),
                "esatta": gettext("Sì"),
            }
            testo = detti.get(nome, str(valore))
            termine = valore if isinstance(valore, Traducibile) else None
            filtri.append(FiltroAttivo(str(campo.label), testo, altri.urlencode(), termine))
        return filtri
