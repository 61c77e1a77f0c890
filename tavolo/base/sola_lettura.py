"""Pages of the back office where nobody writes: superusers have every permission, and the door is shut to them too."""


class NonSiScrive:
    """Neither added nor changed here: machines, nameless people or the reserved area write these rows."""

    def has_add_permission(self, request, obj=None):
        """Never here."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never here."""
        return False


class SolaLettura(NonSiScrive):
    """To read, and to take out where there is an export; not even deleted here."""

    def has_delete_permission(self, request, obj=None):
        """Never here."""
        return False
