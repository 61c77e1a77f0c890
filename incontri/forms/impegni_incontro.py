"""The commitments a meeting looks at, one line each."""

import hashlib

from django import forms

from incontri.forms.righe import BaseRigheFormSet, RigaForm
from incontri.models import StatoImpegno
from tavolo.base.concorrenza import Riga, timbro
from tavolo.base.forms import CampoGiorno

TOLTO = "tolto"


class RigaImpegnoForm(RigaForm):
    """What a meeting says of one commitment, in one line. `visto` is the mark of what the person was shown."""

    campi = ("stato", "scadenza", "nota")
    principale = "nota"

    stato = forms.ChoiceField(
        required=False,
        choices=StatoImpegno,
        label="A che punto è",
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    scadenza = CampoGiorno(
        required=False,
        label="Entro il",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
    )
    nota = forms.CharField(
        required=False, label="Nota", widget=forms.Textarea(attrs={"rows": 1, "class": "form-control basso"})
    )
    visto = forms.CharField(required=False, widget=forms.HiddenInput)
    rimuovi = None

    impegno = None

    def clean(self):
        """Only rows the portal knows; one whose commitment was removed meanwhile stays to be read."""
        dati = forms.Form.clean(self)
        if not dati.get("uuid") and dati.get("visto") != TOLTO:
            self.add_error(None, "Questa riga non si riconosce: copia il testo e riapri la pagina.")
        return dati

    def clean_nota(self):
        """The note with line ends as they are saved."""
        return self.cleaned_data["nota"].replace("\r\n", "\n")

    def riga(self):
        """What to save; None where the person left what was shown."""
        dati = self.cleaned_data
        # A state that the request does not say stays; an empty deadline is a deadline taken away.
        valori = {c: dati[c] for c in self.campi if self.mandato(c) and (c != "stato" or dati[c])}
        if not dati["uuid"] or segno(**valori) == dati["visto"]:
            return None
        # One this person may not read, or no longer there, is nobody's row.
        return Riga(chiave=self.prefix, pk=self.impegno and self.impegno.pk, versione=dati["versione"], valori=valori)

    def segni_di(self, salvata):
        """After two texts met, what is in the fields is what the person wants: nothing was only seen."""
        return super().segni_di(salvata) | {"visto": "" if salvata else TOLTO}


class ImpegniFormSet(BaseRigheFormSet):
    """The commitments of a meeting, each beside its row."""

    @property
    def chiavi(self):
        """The commitments the request speaks of, as far as their keys are understood."""
        return {chiave for form in self.forms if (chiave := _chiave(form))}

    def accosta(self, impegni):
        """Put each commitment beside its row."""
        per_chiave = {str(impegno.pk): impegno for impegno in impegni}
        for form in self.forms:
            form.impegno = per_chiave.get(str(form["uuid"].value()))
        return self


def _chiave(form):
    try:
        return form.fields["uuid"].to_python(form["uuid"].value())
    except forms.ValidationError:
        return None


def segno(**detti):
    """The mark of what a row shows of a commitment."""
    parole = repr(sorted((campo, str(valore or "")) for campo, valore in detti.items()))
    return hashlib.sha256(parole.encode()).hexdigest()[:16]


def impegni_formset(dati=None, *, impegni=()):
    """The rows of the commitments of a meeting, each with its `nota_qui`; of `dati` where the request sent some."""
    classe = forms.formset_factory(RigaImpegnoForm, formset=ImpegniFormSet, extra=0, max_num=1000, absolute_max=1500)
    if dati is not None:
        return classe(dati, prefix="impegni")
    return classe(initial=[_riga(impegno) for impegno in impegni], prefix="impegni").accosta(impegni)


def _riga(impegno):
    detti = {"stato": impegno.stato, "scadenza": impegno.scadenza, "nota": impegno.nota_qui}
    return {"uuid": impegno.pk, "versione": timbro(impegno), "visto": segno(**detti), **detti}
