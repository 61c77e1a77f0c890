"""Forms made of rows: each knows which saved row it is about and which version of it the person saw."""

from django import forms

from tavolo.base.concorrenza import Riga, timbro


class RigaForm(forms.Form):
    """A row among others. Subclasses name in `campi` what is saved, and in `principale` the field that makes a row."""

    campi: tuple[str, ...] = ()
    principale = ""
    manca = ""

    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    versione = forms.CharField(required=False, widget=forms.HiddenInput)
    rimuovi = forms.BooleanField(required=False, label="Togli")

    # Set when someone else saved this row meanwhile: the row as it stands now, None if it was removed.
    contesa = False
    salvata = None

    use_required_attribute = False

    def clean(self):
        """Refuse a saved row without its text: to remove it there is a box to tick."""
        dati = super().clean()
        if "uuid" in self.errors:
            self.add_error(None, "Questa riga non si riconosce: copia il testo e riapri la pagina.")
        # A saved row whose text the request did not send keeps it; a new one has none.
        atteso = self.mandato(self.principale) or not dati.get("uuid")
        senza = atteso and not dati.get(self.principale) and self.principale not in self.errors
        if senza and not dati.get("rimuovi") and not self.vuota:
            self.add_error(self.principale, self.manca)
        return dati

    def mandato(self, campo):
        """Whether the request has this field at all."""
        return self.add_prefix(campo) in self.data

    @property
    def vuota(self):
        """Whether nothing was written in a row that is not saved yet."""
        dati = self.cleaned_data
        return not dati.get("uuid") and not any(dati.get(c) for c in self.campi if self.conta(c))

    def conta(self, campo):
        """Whether a value in this field means that something was written: not so for a choice made in advance."""
        return not isinstance(self.fields[campo], forms.ChoiceField)

    def riga(self):
        """What to save of this row; None if nothing was written in it, or it was never saved and is to be removed."""
        dati = self.cleaned_data
        if self.vuota or (dati["rimuovi"] and not dati["uuid"]):
            return None
        return Riga(**self.argomenti())

    def argomenti(self):
        """The values of the row: only those of the fields the request sent."""
        dati = self.cleaned_data
        return {
            "chiave": self.prefix,
            "pk": dati["uuid"],
            "versione": dati["versione"],
            "rimuovi": dati["rimuovi"],
            "valori": {campo: dati[campo] for campo in self.campi if self.mandato(campo)},
        }

    def segni_di(self, salvata):
        """The hidden fields that make this row one over `salvata`; over nothing, if it was removed."""
        return {"uuid": salvata.pk if salvata else "", "versione": timbro(salvata) if salvata else ""}


class BaseRigheFormSet(forms.BaseFormSet):
    """The rows of a page, with at least one empty row at the end."""

    def righe(self):
        """What to save, in the order of the page."""
        return [riga for riga in (form.riga() for form in self.forms) if riga is not None]

    @property
    def conflitto(self):
        """Whether someone else saved some of these rows meanwhile."""
        return any(form.contesa for form in self.forms)

    def riaperto(self, salvate):
        """These rows again, with what was typed, ready to be saved over `salvate` (see VersioneSuperata)."""
        dati = self.data.copy()
        for form in self.forms:
            if form.prefix in salvate:
                for campo, valore in form.segni_di(salvate[form.prefix]).items():
                    dati[form.add_prefix(campo)] = valore
        nuovo = type(self)(dati, prefix=self.prefix, form_kwargs=self.form_kwargs)
        for form in nuovo.forms:
            form.contesa, form.salvata = form.prefix in salvate, salvate.get(form.prefix)
        return nuovo


def riga_iniziale(oggetto, *campi):
    """The initial values of a row about a saved object."""
    return {"uuid": oggetto.pk, "versione": timbro(oggetto), **{campo: getattr(oggetto, campo) for campo in campi}}
