"""The form with which the public looks for a service."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from referenti.models import Comune
from risorse.forms.filtri import CONTATI, SPUNTE, Elenco, Selezione
from risorse.forms.luoghi import nel_comune, vicino_a
from risorse.forms.scelte import SceltaComune, SceltaLingua, SceltaTermine, SceltaVicino, SceltaVoce
from risorse.models import Categoria, Destinatari, Lingua, ModalitaAccesso, TipoRisorsa
from risorse.ricerca.cerca import Intesa
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.schedario import ETA_MASSIMA
from tavolo.base.forms import ConHelper

RICERCA_MASSIMA = 200
# Some twenty KB each: the choices people make most.
_moduli = Memoria(massimo=200)
CHIAVE_MASSIMA = 300
APRE_FILTRI = "<details class='fisarmonica'><summary>{{ form.titolo_filtri }}</summary><div class='row'>"


VICINO_A_ME = (
    "<p class='solo-js'><button type='button' class='btn btn-outline-primary' data-vicino>"
    "{{ form.vicino_a_me }}</button> <span class='fonte' role='status' data-vicino-errore='{{ form.senza_posizione }}'>"
    "</span></p>"
)


class FiltroRisorseForm(ConHelper, forms.Form):
    """Words and filters of the list of services; never refuses: what it cannot use it leaves out and says so in `note`."""

    azione, metodo = _("Cerca"), "get"
    titolo_filtri = _("Altri filtri")
    vicino_a_me = _("Dal più vicino a me")
    senza_posizione = _("Il telefono non ci dice dove sei: scegli un comune qui sopra.")

    q = forms.CharField(label=_("Che cosa cerchi"), required=False, widget=forms.TextInput({"type": "search"}))
    categoria = SceltaTermine(
        Categoria.objects.all(), label=_("Argomento"), required=False, to_field_name="slug", empty_label=_("Tutti")
    )
    comune = SceltaComune(
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
    accesso = SceltaTermine(
        ModalitaAccesso.objects.all(),
        label=_("Come si accede"),
        required=False,
        to_field_name="slug",
        empty_label=_("Tutti"),
    )
    tipo = SceltaVoce(
        label=_("Che tipo di servizio"),
        required=False,
        choices=[("", pgettext_lazy("tipi di servizio", "Tutti")), *TipoRisorsa.choices],
    )
    eta = forms.IntegerField(
        label=_("Età della persona"),
        required=False,
        min_value=0,
        max_value=ETA_MASSIMA,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    vicino = SceltaVicino(
        Comune.objects.filter(latitudine__isnull=False),
        label=_("Dal più vicino a"),
        required=False,
        to_field_name="slug",
        empty_label=_("Ordina senza distanza"),
    )
    aperto = forms.BooleanField(label=_("Aperto adesso"), required=False)
    gratis = forms.BooleanField(label=_("Solo servizi gratis"), required=False)
    mediatore = forms.BooleanField(label=_("Con mediatrice o mediatore"), required=False)
    accessibile = forms.BooleanField(label=_("Si entra con la sedia a rotelle"), required=False)
    # Where the person is, if they ask the browser to say it: three decimals, some hundred metres.
    lat = forms.FloatField(
        label=_("Vicino a me"), required=False, min_value=-90, max_value=90, widget=forms.HiddenInput
    )
    lon = forms.FloatField(
        label=_("Vicino a me"), required=False, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    # Look for the very words, forgiving nothing: reached from the note that says what was forgiven.
    esatta = forms.BooleanField(label=_("Parole esatte"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict):
        self.note: list[str] = []
        data = data.copy()
        testo = data.get("q", "").strip()
        if len(testo) > RICERCA_MASSIMA:
            testo = testo[:RICERCA_MASSIMA].strip()
            self.note.append(
                gettext("Il testo era troppo lungo: abbiamo cercato i primi %(numero)s caratteri.")
                % {"numero": RICERCA_MASSIMA}
            )
        data["q"], vicino = vicino_a(testo)
        if vicino:
            data["vicino"] = vicino
        elif not data.get("comune") and not data.get("esatta"):
            # A comune among the words is chosen as such: the page shows it among the filters, to be taken away.
            data["q"], comune = nel_comune(testo)
            if comune:
                data["comune"] = comune
        super().__init__(data)

    @property
    def helper(self) -> FormHelper:
        """Words, comune and "open now" first; the other filters are folded, so that a phone shows services and not a form."""
        helper = super().helper
        helper.disable_csrf = True
        pulsanti = helper.layout.pop()
        campi = ("categoria", "lingua", "destinatari", "accesso", "tipo", "eta", "vicino")
        filtri = [Div(nome, css_class="col-sm-6 col-lg-3") for nome in campi]
        spunte = [Div(nome, css_class="col-sm-6 col-lg-3") for nome in SPUNTE]
        fine = HTML(f"</div>{VICINO_A_ME}</details>")
        prima = Div(
            Div("q", css_class="col-lg-6"),
            Div("comune", css_class="col-sm-6 col-lg-3"),
            Div("aperto", css_class="col-sm-6 col-lg-3 pt-lg-4"),
            css_class="row",
        )
        helper.layout = Layout(prima, HTML(APRE_FILTRI), *filtri, *spunte, fine, pulsanti)
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

    @cached_property
    def selezione(self) -> Selezione:
        """What the choices mean."""
        self.is_valid()
        return Selezione(self.cleaned_data)

    @property
    def intesa(self) -> Intesa | None:
        """How the words were understood; None without words."""
        return self.selezione.intesa

    def elenco(self) -> Elenco:
        """The services that answer to every filter, in their order."""
        return self.selezione.elenco(self.punto())

    def punto(self) -> tuple[float, float] | None:
        """From where distances are taken, if the person asks for them: latitude and longitude."""
        self.is_valid()
        lat, lon, vicino = (self.cleaned_data[nome] for nome in ("lat", "lon", "vicino"))
        if vicino:
            return float(vicino.latitudine), float(vicino.longitudine)
        return None if lat is None or lon is None else (round(lat, 3), round(lon, 3))

    def conta(self) -> None:
        """Write beside every option how many services it would leave."""
        for nome in CONTATI:
            self.fields[nome].conta(self.selezione.conteggi(nome), self.selezione.quando)
        self.fields["vicino"].quando = self.selezione.quando
        for nome in SPUNTE:
            self[nome].label = f"{self.fields[nome].label} ({self.selezione.quante_con(nome)})"

    def disegnato(self) -> SafeString:
        """The form with its counts, drawn once for every content version, day, language and choice."""
        self.is_valid()
        chiave = (get_language(), timezone.localdate(), self.data.urlencode())
        if self.cleaned_data["aperto"] or len(chiave[2]) > CHIAVE_MASSIMA:
            return self._disegna()  # what is open changes by the minute
        return _moduli.prendi(chiave, self._disegna, self.selezione.quando)

    def _disegna(self) -> SafeString:
        self.conta()
        return render_crispy_form(self)

    def senza_risposta(self, quanti: int) -> bool:
        """Whether no card has what was asked, among `quanti` found: words, and at most a comune, are all that was asked."""
        chieste = {nome for nome in self.fields if self.cleaned_data[nome]}
        solo_parole = "q" in chieste and chieste <= {"q", "comune", "esatta"}
        return solo_parole and self.intesa is not None and (quanti == 0 or self.intesa.almeno_una)

    def argomenti(self) -> list[tuple[Categoria, int]]:
        """The topics with a service for who lives in the chosen comune, or for anybody, each with how many."""
        self.is_valid()
        quante = Selezione({"comune": self.cleaned_data["comune"]}).conteggi("categoria")
        return [(riga, quante[riga.slug]) for riga in Categoria.objects.all() if quante.get(riga.slug)]
