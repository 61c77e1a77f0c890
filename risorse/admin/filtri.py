"""Filters of the back office's lists."""

from django.contrib.admin import AllValuesFieldListFilter


class ValoriFilter(AllValuesFieldListFilter):
    """Every value of a text field; the empty one has a name too, or its link would be there for nobody."""

    def choices(self, changelist):
        """Django's own choices, each with something to read."""
        for scelta in super().choices(changelist):
            yield scelta | {"display": scelta["display"] or "(nessun valore)"}
