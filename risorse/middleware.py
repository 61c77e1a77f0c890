"""Middleware of the directory."""

from risorse.servizi.traduzioni import traduci


class TraduceIlContenuto:
    """Brings to the cards and terms that a page is about to show their translations in the reader's language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Nothing of its own: pages are met half way, see below."""
        return self.get_response(request)

    def process_template_response(self, request, response):
        """One query for the whole context of the page, none in Italian; views and templates need not know."""
        if response.context_data:
            traduci(response.context_data)
        return response
