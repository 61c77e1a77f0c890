"""The card of a service as its ente writes it: a draft, or a change it proposes."""

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core import signing

from referenti.models import Comune, Ente
from risorse.models import AreaServita, Lingua, Risorsa, StatoRisorsa
from risorse.models.schede import COMUNI_SENZA_AREA
from risorse.servizi import campi
from risorse.servizi.proposte import annota_bozza, appunto_di
from tavolo.base.con_timbro import ConTimbro
from tavolo.base.forms import CampoGiorno, ConHelper

_SALE = "risorse.proposta"
INVIA = (
    "<button class='btn btn-outline-primary' type='submit' name='invia' value='1'>"
    "È pronta: salva e manda a chi coordina</button>"
)
_DI_MOLTI = ("categorie", "destinatari", "comuni_serviti", "modalita", "documenti")


class CampiScheda(ConHelper, forms.ModelForm):
    """The fields of the card, in the order in which one thinks of them."""

    lingue_personale = forms.ModelMultipleChoiceField(
        Lingua.objects.all(),
        required=False,
        label="Lingue che parla chi ci lavora",
        widget=forms.CheckboxSelectMultiple,
    )
    lingue_mediazione = forms.ModelMultipleChoiceField(
        Lingua.objects.all(),
        required=False,
        label="Lingue con una mediatrice o un mediatore",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Risorsa
        fields = campi.DELLA_SCHEDA
        field_classes = {"valida_dal": CampoGiorno, "valida_al": CampoGiorno}
        widgets = {
            **dict.fromkeys(_DI_MOLTI, forms.CheckboxSelectMultiple),
            "valida_dal": CampoGiorno.widget,
            "valida_al": CampoGiorno.widget,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        comuni: Any = self.fields["comuni_serviti"]
        propri = Comune.objects.none() if self.instance._state.adding else self.instance.comuni_serviti.all()
        comuni.queryset = Comune.objects.dell_ambito() | Comune.objects.filter(pk__in=propri.values("pk"))
        if not self.instance._state.adding:
            parlate = list(self.instance.lingue_parlate.all())
            for nome, mediata in campi.LINGUE.items():
                self.initial[nome] = [parlata.lingua_id for parlata in parlate if parlata.con_mediatore == mediata]

    @property
    def helper(self):
        """Groups of fields under a heading; what a form adds stands first or last."""
        helper = super().helper
        nostri = {*campi.DELLA_SCHEDA, *campi.LINGUE}
        pulsanti = helper.layout.pop()
        helper.attrs = helper.attrs | {"data-avvisa": ""}
        altri = [nome for nome in self.fields if nome not in nostri]
        helper.layout = Layout(
            HTML("{% include 'cura/includes/errori_modulo.html' %}"),
            Fieldset("Che cosa fa", *(n for n in ("ente",) if n in altri), "nome", "tipo", "in_breve", "descrizione"),
            Fieldset("Orari, contatti e luoghi", "altro"),
            Fieldset("Di che cosa si occupa", self._caselle("categorie")),
            Fieldset("Per chi è", self._caselle("destinatari"), _fila("eta_minima", "eta_massima"), "requisiti"),
            Fieldset("Quale territorio serve", "area_servita", self._caselle("comuni_serviti")),
            Fieldset("In che lingue si parla", *(self._caselle(nome) for nome in campi.LINGUE)),
            Fieldset("Come si accede", self._caselle("modalita"), "costo", "costo_nota", self._caselle("documenti")),
            Fieldset("Quando", "aperta_nei_festivi", _fila("valida_dal", "valida_al")),
            *(Fieldset("Per chi coordina", "nota") for _ in range("nota" in altri)),
            *(nome for nome in altri if nome not in ("ente", "altro", "nota")),
            pulsanti,
        )
        return helper

    @property
    def riassunti(self) -> dict[str, str]:
        """What is ticked in each long list, in words."""
        righe = {}
        for nome in (*_DI_MOLTI, *campi.LINGUE):
            segnati = {str(getattr(uno, "pk", uno)) for uno in self[nome].value() or ()}
            scelte: Any = self.fields[nome]
            nomi = [str(testo) for valore, testo in scelte.choices if str(valore) in segnati] if segnati else []
            righe[nome] = ", ".join(nomi)
        return righe

    def _caselle(self, nome: str) -> Div:
        """A long list, folded under what is ticked in it; open where there is something to do in it."""
        da_scegliere = nome in ("categorie", "comuni_serviti") and not self[nome].value()
        con = f"campo=form.{nome} scelti=form.riassunti.{nome}"
        aperto = " open" if da_scegliere or nome in self.errors else ""
        testa = f"<summary>{{% include 'cura/includes/testa_elenco.html' with {con} %}}</summary>"
        return Div(
            HTML(f"<details class='fisarmonica mb-3'{aperto}>{testa}<div class='caselle'>"),
            nome,
            HTML("</div></details>"),
        )

    def clean(self):
        """Refuse single comuni for a service of the whole Ambito or of the nation."""
        dati = super().clean()
        if dati.get("comuni_serviti") and dati.get("area_servita") not in (None, AreaServita.COMUNI):
            self.add_error("comuni_serviti", COMUNI_SENZA_AREA)
        return dati


def _fila(*nomi: str) -> Div:
    return Div(*(Div(nome, css_class="col-sm-6") for nome in nomi), css_class="row")


class BozzaForm(CampiScheda, ConTimbro):
    """A card that is not published yet: its ente writes it directly, never over what a colleague has just saved."""

    argomenti = (
        "enti",
        "autore",
    )

    altro = forms.CharField(
        label="Orari, telefono, e-mail, indirizzo",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Scrivili a parole: chi coordina li riporta nella scheda.",
    )
    ente = forms.ModelChoiceField(Ente.objects.none(), label="Ente", empty_label=None)

    class Meta(CampiScheda.Meta):
        fields = ("ente", *campi.DELLA_SCHEDA)

    def __init__(self, *args, enti, autore, **kwargs):
        """`enti` are those the person writes for; `autore` who writes."""
        self.enti, self.autore = enti, autore
        super().__init__(*args, **kwargs)
        scelta: Any = self.fields["ente"]
        scelta.queryset = enti
        if not self.instance._state.adding and (appunto := appunto_di(self.instance)):
            self.initial["altro"] = appunto.dopo[campi.ALTRO]

    def clean(self):
        """Refuse a service of some comuni that names none: no comune would show it."""
        dati = super().clean()
        if dati.get("area_servita") == AreaServita.COMUNI and not dati.get("comuni_serviti"):
            self.add_error("comuni_serviti", "Segna almeno un comune, oppure scegli un territorio più grande.")
        return dati

    @property
    def si_invia(self) -> bool:
        """Whether it can be saved and sent to who coordinates at once: a draft that was saved before."""
        return not self.instance._state.adding and self.instance.stato == StatoRisorsa.BOZZA

    def _pulsanti(self):
        """One more button after that which saves: it saves too, and then sends."""
        pulsanti = super()._pulsanti()
        if self.si_invia:
            pulsanti.insert(1, HTML(INVIA))
        return pulsanti

    def _save_m2m(self):
        """The lists of the card, the languages beside it, and the words for who coordinates."""
        super()._save_m2m()
        annota_bozza(self.instance, self.cleaned_data["altro"], autore=self.autore)
        campi.scrivi_lingue(self.instance, self.cleaned_data, autore=self.autore)


class PropostaForm(CampiScheda):
    """A change proposed to a published card: the card stays as it is, the form tells what would change."""

    azione = "Manda la proposta"

    altro = forms.CharField(
        label="Che cosa cambia negli orari, nei contatti o nei luoghi",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Scrivilo a parole: chi coordina lo riporta nella scheda.",
    )
    nota = forms.CharField(
        label="Perché, o qualcosa da dire a chi coordina",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    visto = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, in_attesa=None, **kwargs):
        """`in_attesa` is the proposal on this card that nobody has decided yet: the form starts from what it says."""
        self.in_attesa = in_attesa
        super().__init__(*args, **kwargs)
        # What the person is looking at: a card that changes meanwhile does not turn into a change of theirs.
        self.initial["visto"] = signing.dumps(campi.testi_di(self.instance), salt=_SALE, compress=True)
        if in_attesa:
            self.initial |= campi.valori_di(in_attesa.dopo)

    def _get_validation_exclusions(self):
        # Names are unique within the ente, which no field of this form holds.
        return super()._get_validation_exclusions() - {"ente"}

    def clean(self):
        """Work out what changes; refuse a form in which nothing does."""
        dati = super().clean()
        self.prima, self.dopo = {}, {}
        if not self.errors:
            visto, scritto = self._visto(), campi.in_testi(dati)
            self.dopo = {nome: testo for nome, testo in scritto.items() if testo != visto.get(nome, "")}
            self.prima = {nome: visto.get(nome, "") for nome in self.dopo}
            if not self.dopo:
                self.add_error(None, "Non hai cambiato niente: correggi quello che è diverso, oppure torna indietro.")
            elif self.in_attesa and self.dopo == self.in_attesa.dopo:
                self.add_error(None, "È quello che dice già la proposta che aspetta: cambia altro, o torna indietro.")
        return dati

    def _visto(self) -> dict[str, str]:
        try:
            return signing.loads(self.data.get(self.add_prefix("visto"), ""), salt=_SALE)
        except signing.BadSignature:
            return campi.testi_di(self.instance)


class RitiroForm(ConHelper, forms.Form):
    """Why a service is no longer there."""

    azione = "Chiedi di ritirarlo"

    nota = forms.CharField(
        label="Perché non c'è più",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Per esempio: il progetto è finito il 30 giugno. Se c'è un servizio al suo posto, scrivilo.",
    )
