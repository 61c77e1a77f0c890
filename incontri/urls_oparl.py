"""Addresses of the OParl interface."""

from django.urls import path

from incontri.views import oparl

app_name = "oparl"
urlpatterns = [
    path("", oparl.system, name="system"),
    path("body/", oparl.body_list, name="body-list"),
    path("body/tavolo/", oparl.body_detail, name="body-detail"),
    path("organization/", oparl.organization_list, name="organization-list"),
    path("organization/<uuid:pk>/", oparl.organization_detail, name="organization-detail"),
    path("meeting/", oparl.meeting_list, name="meeting-list"),
    path("meeting/<uuid:pk>/", oparl.meeting_detail, name="meeting-detail"),
    path("agenda-item/", oparl.agenda_item_list, name="agendaItem-list"),
    path("agenda-item/<uuid:pk>/", oparl.agenda_item_detail, name="agendaItem-detail"),
    path("file/", oparl.file_list, name="file-list"),
    path("file/<uuid:pk>/", oparl.file_detail, name="file-detail"),
    path("person/", oparl.vuoto, name="person-list"),
    path("paper/", oparl.vuoto, name="paper-list"),
    path("legislative-term/", oparl.vuoto, name="legislativeTerm-list"),
]
