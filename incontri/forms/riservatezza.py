"""Texts that must not speak of a person: what looks like it is said before it is sent."""

from django import forms

from tavolo.base.riservatezza import indizi

SOLO_INSIEMI = (
    "Parla di gruppi e di servizi, mai di una persona o del suo caso: niente nomi, telefoni, date di nascita."
)


class ConRiservatezza(forms.Form):
    """A form (to inherit) whose fields `da_controllare` must not hold private data.

    A fiscal code is refused: it is one person, and no aggregate needs it. What only looks private is shown, and goes
    through when the person says to have checked: a name may be a street's, a number may be a protocol's.
    """

    da_controllare = ("oggetto", "testo")
    non_fatto = "Non l'abbiamo ancora inviata."

    controllato = forms.BooleanField(required=False, label="Ho controllato: non riguarda una persona, invia lo stesso")

    def clean(self):
        """Refuse fiscal codes; ask to look again at what looks private."""
        dati = super().clean()
        sospetti = []
        for nome in self.da_controllare:
            trovati = indizi(dati.get(nome) or "")
            if any(indizio.grave for indizio in trovati):
                self.add_error(
                    nome, "Qui c'è un codice fiscale: toglilo. Nel portale non si scrive mai il caso di una persona."
                )
            sospetti += [f"«{i.testo}» sembra {i.tipo}" for i in trovati if not i.grave]
        sospetti += self.altri_sospetti(dati)
        if sospetti and not dati.get("controllato"):
            elenco = "; ".join(dict.fromkeys(sospetti))
            self.add_error("controllato", f"{self.non_fatto} Guarda meglio: {elenco}. Toglilo, oppure conferma.")
        if not sospetti:
            self.fields.pop("controllato")
        return dati

    def altri_sospetti(self, dati):
        """What else must be looked at again before it is saved, in words."""
        return []

    def senza_conferma(self):
        """Leave the confirmation out of a form nobody has sent yet; to be called at the end of `__init__`."""
        if not self.is_bound:
            del self.fields["controllato"]
