"""The tables of territory, enti, seats and people."""

from typing import ClassVar

from referenti.models import (
    Articolo,
    Comune,
    Ente,
    Incarico,
    Indicatore,
    Protocollo,
    RichiestaAdesione,
    Seggio,
    Sottoscrizione,
    Tappa,
    Utente,
)
from tavolo.base.tracciati import Tracciato


class TracciatoComune(Tracciato):
    """comuni.csv; boundaries come from confini.geojson."""

    class Meta:
        model = Comune
        import_id_fields = ("codice_istat",)
        fields = (
            "codice_istat",
            "nome",
            "slug",
            "codice_belfiore",
            "cap",
            "latitudine",
            "longitudine",
            "patrono",
            "nell_ambito",
            "ordine",
        )


class TracciatoEnte(Tracciato):
    """enti.csv: an ente stands above its units."""

    class Meta:
        model = Ente
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "denominazione",
            "nome_breve",
            "tipo",
            "padre",
            "comune",
            "codice_fiscale",
            "descrizione",
            "ruolo",
            "dal",
            "al",
            "fonte",
            "da_verificare",
            "nota_interna",
            "esempio",
            "ordine",
        )


class TracciatoSeggio(Tracciato):
    """seggi.csv."""

    class Meta:
        model = Seggio
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "ente", "area", "attivo", "fonte", "ordine")


class TracciatoIncarico(Tracciato):
    """Who holds which seat; people are read by their e-mail."""

    chiavi: ClassVar = {"utente": "email"}

    class Meta:
        model = Incarico
        import_id_fields = ("seggio", "utente", "dal")
        fields = ("seggio", "utente", "dal", "al")


class TracciatoIndicatore(Tracciato):
    """indicatori.csv: without comune the figure is about the whole Ambito."""

    class Meta:
        model = Indicatore
        import_id_fields = ("voce", "comune", "riferimento", "fonte")
        fields = (
            "voce",
            "comune",
            "valore",
            "almeno",
            "unita",
            "riferimento",
            "fonte",
            "url_fonte",
            "nota",
            "ordine",
        )


class TracciatoProtocollo(Tracciato):
    """protocolli.csv."""

    class Meta:
        model = Protocollo
        import_id_fields = ("slug",)
        fields = ("slug", "titolo", "data", "valido_dal", "valido_al", "fonte")


class TracciatoArticolo(Tracciato):
    """articoli.csv."""

    class Meta:
        model = Articolo
        import_id_fields = ("protocollo", "numero")
        fields = ("protocollo", "numero", "titolo", "testo")


class TracciatoSottoscrizione(Tracciato):
    """sottoscrizioni.csv."""

    class Meta:
        model = Sottoscrizione
        import_id_fields = ("protocollo", "ente")
        fields = ("protocollo", "ente", "data", "ruolo_firmatario")


class TracciatoTappa(Tracciato):
    """tappe.csv."""

    class Meta:
        model = Tappa
        import_id_fields = ("titolo",)
        fields = ("titolo", "descrizione", "dal", "al", "fonte", "ordine")


class TracciatoUtente(Tracciato):
    """The people, to export only: accounts are made one by one, by invitation, and no password leaves the portal."""

    class Meta:
        model = Utente
        import_id_fields = ("email",)
        fields = ("email", "nome", "cognome", "ente", "is_active")


class TracciatoRichiestaAdesione(Tracciato):
    """The requests to join, to export only: they come from the public form. Who wrote stays out of the file."""

    class Meta:
        model = RichiestaAdesione
        import_id_fields = ("uuid",)
        fields = (
            "uuid",
            "denominazione",
            "tipo",
            "comuni",
            "codice_fiscale",
            "sito_web",
            "che_cosa_fa",
            "perche",
            "stato",
            "creato",
            "confermata_il",
            "chiusa_il",
            "motivo",
            "ente",
        )
