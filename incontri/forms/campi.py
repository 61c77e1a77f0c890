"""Fields the forms of the meetings share."""

from django import forms


class CampoOra(forms.TimeField):
    """An hour, with the browser's own clock."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)
