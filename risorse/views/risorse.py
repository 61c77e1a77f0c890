"""The list of services and the card of one."""

from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.generic import DetailView, ListView

from risorse.forms.attivi import alternative, attivi
from risorse.forms.risorse import FiltroRisorseForm
from risorse.forms.segnalazioni import ValutazioneForm
from risorse.models import Contatto, Risorsa, StatoRisorsa, TipoContatto
from risorse.servizi.condivisione import Condivisione
from risorse.servizi.dati_strutturati import ServizioPubblico
from risorse.servizi.ricerche import conta_ricerca_vuota
from risorse.servizi.schede import schede_pronte
from tavolo.base.paginazione import PaginaTollerante

AFFINI_MASSIMI = 4


class RisorsaListView(PaginaTollerante, ListView):
    """`/servizi/`: search, filters, twenty services a page."""

    template_name = "risorse/risorsa_list.html"
    paginate_by = 20

    def get_queryset(self):
        """The offered services that answer to the filters, in the order the person asked for."""
        self.filtro = FiltroRisorseForm(self.request.GET)
        return self.filtro.elenco()

    def render_to_response(self, context, **kwargs):
        """The page; nobody keeps it where it says where somebody is, or where every asking is to be counted."""
        risposta = super().render_to_response(context, **kwargs)
        if "lat" in self.request.GET or self.senza_risposta:
            patch_cache_control(risposta, private=True, no_store=True)
        return risposta

    def get_context_data(self, **kwargs):
        """Besides the page: the form, the filters in force, whether any card is a sample; of an empty list, where else to look."""
        contesto = super().get_context_data(**kwargs)
        self.senza_risposta = self.filtro.senza_risposta(contesto["paginator"].count)
        if contesto["page_obj"].number == 1 and self.senza_risposta:
            conta_ricerca_vuota(
                self.filtro.cleaned_data["q"],
                lingua=get_language(),
                comune=self.filtro.cleaned_data["comune"],
                agente=self.request.headers.get("User-Agent", ""),
            )
        if not contesto["object_list"]:
            numeri = Contatto.objects.di_emergenza()
            contesto |= {
                "alternative": alternative(self.filtro),
                "argomenti": self.filtro.argomenti(),
                "numeri_emergenza": [{"risorsa": n.risorsa, "numero": n.valore} for n in numeri],
            }
        return contesto | {
            "filtro": self.filtro,
            "modulo": self.filtro.disegnato(),
            "filtri_attivi": attivi(self.filtro),
            "con_esempi": any(scheda.esempio for scheda in contesto["object_list"]),
        }


class RisorsaDetailView(DetailView):
    """`/servizi/<slug>/`: the card of a service."""

    model = Risorsa

    TERMINI = ("categorie", "destinatari", "comuni_serviti", "modalita", "documenti", "lingue_parlate__lingua")

    def get_queryset(self):
        """The cards this person may see, with their terms."""
        return Risorsa.objects.visibili_a(self.request.user).con_orari().prefetch_related(*self.TERMINI)

    def get_template_names(self):
        """A card nobody confirms any more says only that, and where else to look, but to who may confirm it."""
        risorsa = self.object
        if risorsa.nascosta and not self.request.user.has_perm("risorse.conferma_risorsa", risorsa):
            return ["risorse/risorsa_in_controllo.html"]
        return super().get_template_names()

    def get_context_data(self, **kwargs):
        """Besides the card: its places and contacts as far as confirmed, and services like it."""
        risorsa = self.object
        contatti = list(Contatto.objects.di_risorsa(risorsa))
        affini = schede_pronte(Risorsa.objects.attive().affini_a(risorsa).values_list("pk", flat=True)[:AFFINI_MASSIMI])
        origine = f"{self.request.scheme}://{self.request.get_host()}"
        indirizzo = f"{origine}{risorsa.get_absolute_url()}"
        return super().get_context_data(**kwargs) | {
            "condivisione": Condivisione(risorsa, contatti, indirizzo),
            "servizio_pubblico": ServizioPubblico(risorsa, contatti, indirizzo, origine),
            "in_sedi": risorsa.in_sedi_pubbliche,
            "telefoni": [c for c in contatti if c.tipo == TipoContatto.TELEFONO],
            "altri_contatti": [c for c in contatti if c.tipo != TipoContatto.TELEFONO],
            "contatti_dell_ente": any(c.ente_id for c in contatti),
            "affini": affini,
            "verifica": risorsa.verifiche.select_related("autore__ente").first() if risorsa.verificata_il else None,
            "form_valutazione": ValutazioneForm(scopo=f"valuta:{risorsa.slug}"),
            "pubblica": risorsa.stato == StatoRisorsa.PUBBLICATA,
            "puo_modificare": self.request.user.has_perm("risorse.change_risorsa"),
            "con_esempi": risorsa.esempio or any(a.esempio for a in affini),
        }
