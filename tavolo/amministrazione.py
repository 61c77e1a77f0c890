"""The back office as a whole: who enters, what its first page says."""

from django.contrib.admin import AdminSite


class SitoAmministrazione(AdminSite):
    """Django's admin site, open to whoever coordinates the Tavolo and closed to its own login page."""

    site_header = "Amministrazione del Tavolo Intercultura"
    site_title = "Amministrazione"
    index_title = "Che cosa vuoi fare?"
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Whether the person may enter at all: a rule, not a flag on the account."""
        return request.user.is_active and request.user.has_perm("tavolo.amministra")
