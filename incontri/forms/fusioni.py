"""What stands in the row of an entry that two people have written at once, and what is done with it."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from incontri.models import Voce
from tavolo.base.fusione import Fusione, differenze, fondi, irrisolto

UNITO, MIO, LORO = "unito", "mio", "loro"
SCELTE = [
    (UNITO, "Tieni il testo unito, quello nel campo qui sotto"),
    (MIO, "Tieni il mio"),
    (LORO, "Tieni il suo"),
]


class ConScelta(forms.Form):
    """A row whose text may be one of three: the merged one, one's own, the other person's."""

    scelta = forms.ChoiceField(required=False, choices=SCELTE, widget=forms.RadioSelect, label="Quale testo resta")
    mio = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    versione_base = forms.CharField(required=False, widget=forms.HiddenInput)

    # Set for a row somebody else saved meanwhile: see `Confronto`.
    confronto = None

    @property
    def lascia(self):
        """Whether the person leaves the row as the other one saved it."""
        return self.cleaned_data.get("scelta") == LORO

    def scelto(self, testo):
        """The text the person chose; refuses one that still has the marks of a merge in it."""
        dati = self.cleaned_data
        if dati.get("scelta") == MIO and dati.get("mio"):
            testo = dati["mio"].strip()
        testo = testo.replace("\r\n", "\n")
        if irrisolto(testo) and not self.lascia:
            raise ValidationError(
                "Nel testo ci sono ancora i segni ⟦…⟧ dove avete scritto parole diverse: tieni quelle giuste e togli i segni."
            )
        return testo


@dataclass(frozen=True)
class Confronto:
    """An entry as both had found it, as the other person left it, as this one wrote it, and one made of the two."""

    chi: str
    base: str | None
    loro: str
    mio: str

    @cached_property
    def unito(self) -> Fusione:
        """One text made of the two."""
        return fondi(self.base or "", self.loro, self.mio, nome=self.chi)

    @property
    def di_loro(self):
        """What the other person changed."""
        return differenze(self.base or "", self.loro)

    @property
    def di_me(self):
        """What this person changed."""
        return differenze(self.base or "", self.mio)


def unite(righe, salvate):
    """The rows again over `salvate` (see VersioneSuperata): in each contested one the text is made of both.

    Where the other person removed the entry there is only one's own. What only one of the two changed of the rest of the entry (kind, outcome, who reads it) is taken from who changed it.
    """
    viste = {form.prefix: _vista(form) for form in righe.forms if form.prefix in salvate}
    nuove = righe.riaperto(salvate)
    for form in nuove.forms:
        adesso = salvate.get(form.prefix)
        if form.prefix not in salvate or form.data.get(form.add_prefix("rimuovi")) or not form.mandato("testo"):
            continue
        vista, nuovi = viste[form.prefix], {}
        mio = (form.data.get(form.add_prefix("mio")) if _ha_scelto_il_suo(form) else None) or form["testo"].value()
        mio = mio.replace("\r\n", "\n").strip()
        if adesso is None:
            # Removed meanwhile: what comes back is the text the person had chosen, as a new entry.
            nuove.data[form.add_prefix("testo")] = mio
            continue
        if adesso.testo not in (mio, vista and vista.testo):
            ultima = adesso.storia.select_related("history_user").order_by("-history_date").first()
            form.confronto = Confronto(_chi(ultima), vista.testo if vista else None, adesso.testo, mio)
            nuovi = {"mio": mio, "testo": form.confronto.unito.testo, "scelta": UNITO}
            nuovi["versione_base"] = str(vista.versione) if vista else ""
        if vista is not None:
            nuovi |= _del_resto(form, vista, adesso)
        for campo, valore in nuovi.items():
            nuove.data[form.add_prefix(campo)] = valore
    return nuove


def riprendi_confronti(righe):
    """Put the three texts beside each row that was still to be chosen in, and comes back to the page without being saved."""
    for form in righe.forms:
        mio = form.data.get(form.add_prefix("mio")) if form.is_bound else None
        if not mio or form.confronto:
            continue
        form.is_valid()
        loro = _vista(form)
        if loro is not None:
            base = _vista(form, form.data.get(form.add_prefix("versione_base"), ""))
            form.confronto = Confronto(_chi(loro), base.testo if base else None, loro.testo, mio)
            form.salvata = form.salvata or Voce.objects.filter(pk=loro.uuid).first()


def _chi(passata):
    """Who signed a line of the history."""
    return str(passata.history_user) if passata and passata.history_user else "l'altra persona"


def _ha_scelto_il_suo(form):
    return form.data.get(form.add_prefix("scelta")) == MIO


def _vista(form, versione=None):
    """The entry as the person had found it (or in another `versione`), from its history; None if it is not known."""
    uuid = form.cleaned_data.get("uuid")
    versione = form.cleaned_data.get("versione", "") if versione is None else versione
    if not uuid or not versione.isdecimal() or len(versione) > 8:
        return None
    return Voce.storia.select_related("history_user").filter(uuid=uuid, versione=int(versione)).first()


def _del_resto(form, vista, adesso):
    form.is_valid()
    letti, presi = form.cleaned_data, {}
    for campo in ("tipo", "esito", "pubblica"):
        di_prima, di_loro = getattr(vista, campo), getattr(adesso, campo)
        if campo in letti and form.mandato(campo) and letti[campo] == di_prima != di_loro:
            presi[campo] = {True: "si", False: "no"}.get(di_loro, di_loro)
    return presi
