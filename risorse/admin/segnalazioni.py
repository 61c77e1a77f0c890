"""Back office of what the public and the machines say of the cards: reports, votes, addresses that do not answer."""

from django.contrib import admin, messages
from django.db.models import Max
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html

from risorse import tracciati
from risorse.admin.filtri import ValoriFilter
from risorse.models import ControlloLink, Segnalazione, Valutazione
from risorse.servizi.segnalazioni import rispondi
from tavolo.base.amministrazione import AmministrazioneDiConteggi, AmministrazioneSoloExport
from tavolo.base.stati import PassaggioNonPossibile, compi

LE_MENO_CHIARE = 20


def azione_di_segnalazione(nome):
    """A bulk action that brings the chosen reports through a passage, and mails the answers that are asked for."""
    passaggio = Segnalazione.passaggio(nome)

    @admin.action(description=f"{passaggio.etichetta} (le segnalazioni scelte)")
    def azione(modeladmin, request, queryset):
        fatte = sum(modeladmin.compi(request, segnalazione, passaggio) for segnalazione in queryset)
        modeladmin.message_user(request, f"{passaggio.etichetta}: fatto per {fatte}.")

    azione.__name__ = nome
    return azione


@admin.register(Segnalazione)
class SegnalazioneAdmin(AmministrazioneSoloExport):
    """The queue of reports, those to read first; each with its card, its answer and its outcome."""

    resource_classes = [tracciati.TracciatoSegnalazione]
    change_form_template = "admin/risorse/segnalazione/change_form.html"
    list_display = ("cosa", "la_scheda", "ente", "stato", "creato", "vuole_risposta", "gestita_il")
    list_select_related = ("risorsa__ente",)
    list_filter = ("stato", "cosa", "risorsa__ente")
    search_fields = ("testo", "risposta", "risorsa__nome", "risorsa__ente__denominazione")
    ordering = ("stato", "-creato")  # "aperta" comes before the others
    fields = (
        *("la_scheda", "ente", "cosa", "testo", "lingua", "creato", "email"),
        *("risposta", "stato", "gestita_il"),
    )
    readonly_fields = tuple(nome for nome in fields if nome != "risposta")
    actions = tuple(azione_di_segnalazione(p.nome) for p in Segnalazione.PASSAGGI)

    def has_add_permission(self, request):
        """Never here: reports come from the public's form."""
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The report, with the passages open to this person as buttons."""
        segnalazione = self.get_object(request, object_id)
        passaggi = segnalazione.azioni_per(request.user) if segnalazione else []
        return super().change_view(request, object_id, form_url, {"passaggi": passaggi, **(extra_context or {})})

    def response_change(self, request, obj):
        """After the answer is saved, the passage whose button was pressed; then back to the queue."""
        nome = request.POST.get("passaggio", "")
        if nome not in [passaggio.nome for passaggio in Segnalazione.PASSAGGI]:
            return super().response_change(request, obj)
        self.compi(request, obj, Segnalazione.passaggio(nome))
        return redirect("admin:risorse_segnalazione_changelist")

    def compi(self, request, segnalazione, passaggio) -> bool:
        """Bring one report through a passage and mail its answer; say what happened. Gives whether it passed."""
        if not request.user.has_perm(passaggio.permesso, segnalazione):
            self.message_user(request, f"«{segnalazione}»: non hai il permesso.", messages.WARNING)
            return False
        try:
            compi(segnalazione, passaggio.nome, autore=request.user)
        except PassaggioNonPossibile as errore:
            self.message_user(request, f"«{segnalazione}»: {errore}", messages.WARNING)
            return False
        self.log_change(request, segnalazione, passaggio.etichetta)
        self._rispondi(request, segnalazione)
        return True

    def _rispondi(self, request, segnalazione) -> None:
        with translation.override(segnalazione.lingua or None):
            scheda = request.build_absolute_uri(segnalazione.risorsa.get_absolute_url())
        try:
            if rispondi(segnalazione, scheda=scheda):
                self.message_user(request, f"Risposta mandata a chi ha segnalato «{segnalazione}».", messages.SUCCESS)
        except OSError:  # every failure of the mail server is one
            self.message_user(request, f"La posta non parte: «{segnalazione}» è senza risposta.", messages.ERROR)

    @admin.display(description="scheda", ordering="risorsa__nome")
    def la_scheda(self, segnalazione):
        """The card, to correct."""
        indirizzo = reverse("admin:risorse_risorsa_change", args=[segnalazione.risorsa_id])
        return format_html('<a href="{}">{}</a>', indirizzo, segnalazione.risorsa)

    @admin.display(description="ente", ordering="risorsa__ente__ordine")
    def ente(self, segnalazione):
        """The ente whose service it is about."""
        return segnalazione.ente

    @admin.display(description="aspetta risposta", boolean=True)
    def vuole_risposta(self, segnalazione):
        """Whether the person left an address."""
        return bool(segnalazione.email)


@admin.register(Valutazione)
class ValutazioneAdmin(AmministrazioneDiConteggi):
    """The votes, and above them the cards that people find least clear."""

    resource_classes = [tracciati.TracciatoValutazione]
    change_list_template = "admin/risorse/valutazione/change_list.html"
    list_display = ("risorsa", "voto", "lingua", "creato")
    list_select_related = ("risorsa",)
    list_filter = ("voto", ("lingua", ValoriFilter))
    search_fields = ("risorsa__nome", "risorsa__ente__denominazione")

    def changelist_view(self, request, extra_context=None):
        """The list, with the mean vote of each of the least clear cards."""
        schede = Valutazione.objects.per_scheda()[:LE_MENO_CHIARE]
        return super().changelist_view(request, {"meno_chiare": schede, **(extra_context or {})})


class RottoFilter(admin.SimpleListFilter):
    """Whether an address has stopped answering."""

    title, parameter_name = "non risponde", "rotto"

    def lookups(self, request, model_admin):
        """Yes only: the others are well."""
        return [("si", "Sì")]

    def queryset(self, request, queryset):
        """The broken ones, if they are asked for."""
        return queryset.rotti() if self.value() == "si" else queryset


@admin.register(ControlloLink)
class ControlloLinkAdmin(AmministrazioneDiConteggi):
    """The web addresses of the cards as `controlla_link` found them, those that do not answer first."""

    resource_classes = [tracciati.TracciatoControlloLink]
    change_list_template = "admin/risorse/controllolink/change_list.html"
    list_display = ("indirizzo", "di_chi", "codice", "problema", "rotto_dal", "controllato_il")
    list_display_links = ("controllato_il",)
    list_select_related = ("contatto__ente", "contatto__sede", "contatto__risorsa")
    list_filter = (RottoFilter, "codice")
    search_fields = ("contatto__valore", "problema")
    ordering = ("rotto_dal", "contatto__valore")

    def changelist_view(self, request, extra_context=None):
        """The list, and when the addresses were last tried: an empty one may mean that nobody tried them."""
        ultimo = ControlloLink.objects.aggregate(quando=Max("controllato_il"))["quando"]
        return super().changelist_view(request, {"ultimo_controllo": ultimo, **(extra_context or {})})

    @admin.display(description="indirizzo", ordering="contatto__valore")
    def indirizzo(self, controllo):
        """The contact, to correct."""
        dove = reverse("admin:risorse_contatto_change", args=[controllo.contatto_id])
        return format_html('<a href="{}">{}</a>', dove, controllo.contatto.valore)

    @admin.display(description="di chi è")
    def di_chi(self, controllo):
        """The ente, the place or the service it leads from."""
        return controllo.contatto.ente or controllo.contatto.sede or controllo.contatto.risorsa
