"""The fields of a card that an ente writes, as text: what a proposal stores, compares and brings to the card."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from risorse.models import AreaServita, Lingua, LinguaParlata, Risorsa
from risorse.models.schede import COMUNI_SENZA_AREA
from tavolo.base.celle import SEPARATORE, Riferimenti, TestoLungo, a_capo
from tavolo.base.colonne import Colonna, colonna_di

DELLA_SCHEDA = (
    "nome",
    "in_breve",
    "descrizione",
    "tipo",
    "categorie",
    "destinatari",
    "eta_minima",
    "eta_massima",
    "requisiti",
    "area_servita",
    "comuni_serviti",
    "costo",
    "costo_nota",
    "modalita",
    "documenti",
    "aperta_nei_festivi",
    "valida_dal",
    "valida_al",
)
# Rows beside the card, by whether there is a mediator: codes of languages.
LINGUE = {"lingue_personale": False, "lingue_mediazione": True}
# What no field holds: in words, for who coordinates to write by hand where it belongs.
ALTRO = "altro"
ETICHETTE = {
    **{nome: str(Risorsa._meta.get_field(nome).verbose_name) for nome in DELLA_SCHEDA},  # type: ignore[union-attr]
    "lingue_personale": "lingue che parla chi ci lavora",
    "lingue_mediazione": "lingue con mediatrice o mediatore",
    ALTRO: "orari, contatti e luoghi",
}


def colonne() -> dict[str, Colonna]:
    """The columns of a tracciato for the fields of the card; made anew, for they remember the rows they look up."""
    campi = ((nome, Risorsa._meta.get_field(nome)) for nome in DELLA_SCHEDA)
    return {nome: colonna_di(campo, nome, "slug", sola_lettura=False) for nome, campo in campi}  # type: ignore[arg-type]


def testi_di(risorsa: Risorsa) -> dict[str, str]:
    """Every field of the card as it is saved, by name."""
    testi = in_testi({nome: getattr(risorsa, nome) for nome in DELLA_SCHEDA})
    parlate = list(risorsa.lingue_parlate.select_related("lingua"))
    for nome, mediata in LINGUE.items():
        testi[nome] = SEPARATORE.join(parlata.lingua.codice for parlata in parlate if parlata.con_mediatore == mediata)
    return testi | {ALTRO: ""}


def in_testi(valori: Mapping[str, Any]) -> dict[str, str]:
    """Values of fields, as Python has them, in the text a tracciato writes."""
    testi = {}
    for nome, colonna in colonne().items():
        if nome in valori:
            testo = str(colonna.widget.render(valori[nome]))
            testi[nome] = a_capo(testo).strip() if isinstance(colonna.widget, TestoLungo) else testo
    for nome in LINGUE:
        if nome in valori:
            testi[nome] = SEPARATORE.join(lingua.codice for lingua in valori[nome])
    if ALTRO in valori:
        testi[ALTRO] = a_capo(valori[ALTRO]).strip()
    return testi


def valori_di(testi: Mapping[str, str]) -> dict[str, Any]:
    """The values a form starts from for these texts; none if one of them says nothing any more."""
    try:
        valori = _letti(testi)
    except ValidationError:
        return {}
    valori |= {nome: _lingue(testi[nome]) for nome in LINGUE if nome in testi}
    return valori | {nome: testi[nome] for nome in (ALTRO,) if nome in testi}


def scrivi(risorsa: Any, testi: Mapping[str, str], *, autore: Any, motivo: str) -> None:
    """Bring the texts to the card, with one line of history signed by `autore` that says `motivo`; ALTRO is left out.

    To be called in a transaction, with the card held. Raises ValidationError, by field where it is about one, if a text
    is not a value of its field any more or if the card would break a rule; what was saved is then to be undone.
    """
    valori = _letti(testi)
    molti = {
        nome: valori.pop(nome) for nome, c in colonne().items() if nome in valori and isinstance(c.widget, Riferimenti)
    }
    for nome, valore in valori.items():
        setattr(risorsa, nome, valore)
    risorsa.full_clean()
    _controlla(risorsa, molti)
    risorsa._history_user, risorsa._change_reason = autore, motivo[:100]
    # One line of history for the whole change, not one for each list.
    risorsa.skip_history_when_saving = True
    for nome, righe in molti.items():
        getattr(risorsa, nome).set(righe)
    del risorsa.skip_history_when_saving
    risorsa.save()
    for nome, mediata in LINGUE.items():
        if nome in testi:
            _scrivi_lingue(risorsa, _lingue(testi[nome]), mediata, autore=autore)


def scrivi_lingue(risorsa: Risorsa, valori: Mapping[str, Any], *, autore: Any) -> None:
    """Make the languages spoken at the service those of `valori`; rows that stay keep the days they say."""
    for nome, mediata in LINGUE.items():
        _scrivi_lingue(risorsa, list(valori[nome]), mediata, autore=autore)


def _letti(testi: Mapping[str, str]) -> dict[str, Any]:
    valori, errori = {}, {}
    for nome, colonna in colonne().items():
        if nome in testi:
            try:
                valori[nome] = colonna.clean({nome: testi[nome]})
            except ValueError as errore:
                errori[nome] = str(errore)
    for nome in LINGUE:
        if nome in testi and len(_lingue(testi[nome])) != len(_chiavi(testi[nome])):
            errori[nome] = "Una di queste lingue non è più nell'elenco."
    if errori:
        raise ValidationError(errori)
    return valori


def _controlla(risorsa: Risorsa, molti: Mapping[str, Any]) -> None:
    if "categorie" in molti and not molti["categorie"]:
        raise ValidationError({"categorie": "Serve almeno una categoria."})
    comuni = molti["comuni_serviti"] if "comuni_serviti" in molti else risorsa.comuni_serviti.all()
    if risorsa.area_servita != AreaServita.COMUNI and comuni:
        raise ValidationError({"comuni_serviti": COMUNI_SENZA_AREA})


def _chiavi(testo: str) -> list[str]:
    return list(dict.fromkeys(chiave for chiave in testo.split(SEPARATORE) if chiave))


def _lingue(testo: str) -> list[Lingua]:
    return list(Lingua.objects.filter(codice__in=_chiavi(testo)))


def _scrivi_lingue(risorsa: Risorsa, lingue: list[Lingua], mediata: bool, *, autore: Any) -> None:
    presenti = {parlata.lingua_id: parlata for parlata in risorsa.lingue_parlate.filter(con_mediatore=mediata)}
    for lingua in lingue:
        if not presenti.pop(lingua.pk, None):
            nuova: Any = LinguaParlata(risorsa=risorsa, lingua=lingua, con_mediatore=mediata)
            nuova._history_user = autore
            nuova.save()
    tolta: Any
    for tolta in presenti.values():
        tolta._history_user = autore
        tolta.delete()
