"""Middleware about people."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect


class SecondoFattoreObbligatorio:
    """Sends who may administer, and has no second factor yet, to set it up before anything of the back office."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Pass on every request but those to the back office of a person who lacks the second factor."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Redirect to the second factor's page where it is required and missing."""
        if not settings.MFA_PER_AMMINISTRARE or request.resolver_match.app_name != "admin":
            return None
        if request.user.has_perm("tavolo.amministra") and not is_mfa_enabled(request.user):
            messages.info(request, "Per entrare nell'amministrazione attiva prima la verifica in due passaggi.")
            return redirect("mfa_index")
        return None
