"""Back office of the newsletter: to look at, and the addresses to take out; numbers are written in the reserved area."""

from django.contrib import admin

from incontri.models import InvioNewsletter, IscrizioneNewsletter, NumeroNewsletter
from incontri.tracciati.newsletter import TracciatoIscrizioneNewsletter
from tavolo.base.amministrazione import AmministrazioneDiConteggi, AmministrazioneSenzaTabelle, ConPermessiSullOggetto
from tavolo.base.sola_lettura import SolaLettura


@admin.register(IscrizioneNewsletter)
class IscrizioneNewsletterAdmin(AmministrazioneDiConteggi):
    """Who asked for it, and with which words; to be deleted where a person asks so."""

    resource_classes = [TracciatoIscrizioneNewsletter]
    list_display = ("email", "stato", "lingua", "richiesta_il", "confermata_il", "disdetta_il")
    list_filter = ("stato", "lingua")
    search_fields = ("email",)
    fields = ("email", "stato", "lingua", "consenso", "richiesta_il", "risposta_il", "confermata_il", "disdetta_il")
    readonly_fields = fields


@admin.register(NumeroNewsletter)
class NumeroNewsletterAdmin(SolaLettura, AmministrazioneSenzaTabelle):
    """The numbers, how far each is."""

    list_display = ("titolo", "dal", "al", "stato", "avviato_il", "inviato_il", "esempio")
    list_filter = ("stato", "esempio")
    search_fields = ("titolo", "introduzione")
    fields = ("titolo", "introduzione", ("dal", "al"), "stato", "avviato_il", "inviato_il", "slug", "autore", "esempio")
    readonly_fields = tuple(nome for voce in fields for nome in (voce if isinstance(voce, tuple) else (voce,)))


@admin.register(InvioNewsletter)
class InvioNewsletterAdmin(SolaLettura, ConPermessiSullOggetto, admin.ModelAdmin):
    """What became of each mail."""

    list_display = ("numero", "iscrizione", "stato", "mandata_il", "errore")
    list_select_related = ("numero", "iscrizione")
    list_filter = ("stato",)
    search_fields = ("iscrizione__email", "numero__titolo")
    fields = ("numero", "iscrizione", "stato", "mandata_il", "errore")
    readonly_fields = fields
