"""What keeps machines away from the forms of the public, without an account, a cookie or a third party.

The pages that hold these forms are kept for everybody by the page cache, so they carry no CSRF token: the views are
`csrf_exempt`, and their guard is here. A form carries a signed time stamp bound to its purpose and a field no person
sees; the request must come from our own pages; who sends too much in a day is refused (reference: security.md §2).
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from crispy_forms.layout import HTML
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

DURATA = timedelta(days=1)
# A person needs longer than this to say what is wrong; a machine does not.
TEMPO_MINIMO = timedelta(seconds=2)
# Who was too fast once gets a stamp without a term: the second time it works, however quick the person.
DI_NUOVO = "/di-nuovo"
_firma = TimestampSigner(salt="tavolo.base.antispam")


def timbra(scopo: str) -> str:
    """The signed time stamp of a form for `scopo`, as it is shown now."""
    return _firma.sign(scopo)


def stessa_origine(request: HttpRequest) -> bool:
    """Whether a browser says that the request comes from our pages; browsers that say nothing are believed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origine = request.headers.get("Origin")
    return (
        origine is None or origine in settings.CSRF_TRUSTED_ORIGINS or origine.partition("://")[2] == request.get_host()
    )


def senza_cookie(vista: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a view that takes forms of cached pages: no CSRF cookie; what another site sends gets a 403."""

    @csrf_exempt
    @wraps(vista)
    def _vista(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not stessa_origine(request):
            raise PermissionDenied
        return vista(request, *args, **kwargs)

    return _vista


def impronta_di(request: HttpRequest) -> str:
    """Who sends, as a keyed hash of address and day: no address is kept, and tomorrow's hash is another.

    The address is the one the login limits use (`PROXY_FIDATI`); of IPv6 the network a household gets, a /64.
    """
    indirizzo = ip_address(get_adapter(request).get_client_ip(request))
    rete = str(ip_network(f"{indirizzo}/64", strict=False)) if indirizzo.version == 6 else str(indirizzo)
    return salted_hmac("tavolo.base.antispam", f"{timezone.localdate()} {rete}", algorithm="sha256").hexdigest()[:32]


def prendi_posto(chiave: str, quanti: int) -> bool:
    """Take one of the `quanti` places a day has for `chiave`; False when all are taken.

    One cache row per place: `add` is atomic across processes on the shared cache, while its `incr` is not and would
    renew the term each time.
    """
    chiavi = [f"posto:{chiave}:{numero}" for numero in range(quanti)]
    presi = cache.get_many(chiavi)
    return any(cache.add(libera, 1, DURATA.total_seconds()) for libera in chiavi if libera not in presi)


class DelPubblicoMixin:
    """A FormView of the public: past today's places it answers 429 and gives the text back.

    A view says in `posti(form)` which places it takes, each with how many a day has, and in `inviato(form)` what follows.
    """

    request: Any

    @method_decorator(senza_cookie)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """No CSRF cookie; 403 for what another site sends."""
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def form_valid(self, form: Any) -> Any:
        """Do what the form asks, if there is a place left today."""
        if not all(prendi_posto(chiave, quanti) for chiave, quanti in self.posti(form)):
            form.add_error(
                None, _("Oggi da qui sono arrivati troppi messaggi. Riprova domani, o scrivi alla redazione.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=429)  # type: ignore[attr-defined]
        return self.inviato(form)

    def posti(self, form: Any) -> Iterable[tuple[str, int]]:
        """The places this sending takes."""
        raise NotImplementedError

    def inviato(self, form: Any) -> Any:
        """Save, and answer."""
        raise NotImplementedError


class ConGuardia(forms.Form):
    """A form of the public: `scopo` binds it to the page it stands on, `tempo_minimo` is how long a person takes.

    What it refuses comes back with everything that was typed and a stamp that is good.
    """

    tempo_minimo = TEMPO_MINIMO

    timbro = forms.CharField(widget=forms.HiddenInput, required=False)
    sito = forms.CharField(required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, *args: Any, scopo: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.scopo = scopo
        self.initial["timbro"] = timbra(scopo)

    def clean(self):
        """Refuse what a machine fills in, too fast or with a stamp that is not ours or too old."""
        dati = super().clean() or self.cleaned_data
        rifiuto = _("Non siamo riusciti a inviare. Controlla quello che hai scritto e riprova.")
        try:
            troppo_presto = self._troppo_presto(dati.get("timbro", ""))
        except SignatureExpired:
            self._riscrivi(timbro=timbra(self.scopo))
            raise forms.ValidationError(_("La pagina era aperta da molto tempo. Invia di nuovo.")) from None
        except BadSignature:
            self._riscrivi(timbro=timbra(self.scopo), sito="")
            raise forms.ValidationError(rifiuto) from None
        if dati.get("sito"):
            self._riscrivi(sito="")
            raise forms.ValidationError(rifiuto)
        if troppo_presto and not self.errors:
            self._riscrivi(timbro=timbra(f"{self.scopo}{DI_NUOVO}"))
            raise forms.ValidationError(
                _("Il modulo è arrivato troppo in fretta. Quello che hai scritto c'è ancora: invia di nuovo.")
            )
        return dati

    @staticmethod
    def esca() -> HTML:
        """The field no person sees, for the layout of the helper."""
        return HTML("{% include 'includes/esca.html' %}")

    def _troppo_presto(self, timbro: str) -> bool:
        # BadSignature (or its SignatureExpired) for a stamp that is not good.
        scopo = _firma.unsign(timbro, max_age=DURATA)
        if scopo == f"{self.scopo}{DI_NUOVO}":
            return False
        if scopo != self.scopo:
            raise BadSignature
        try:
            _firma.unsign(timbro, max_age=self.tempo_minimo)
        except SignatureExpired:
            return False
        return self.tempo_minimo > timedelta(0)

    def _riscrivi(self, **valori: str) -> None:
        # What was sent stays; the fields of the guard are as they must be, so that the form can be sent again.
        dati: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for nome, valore in valori.items():
            dati[self.add_prefix(nome)] = valore
        self.data = dati
