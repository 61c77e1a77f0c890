"""Addresses of the accounts below /accesso/: of django-allauth only what an invited person needs."""

from allauth.account import views
from django.urls import include, path, re_path

urlpatterns = [
    path("entra/", views.login, name="account_login"),
    path("esci/", views.logout, name="account_logout"),
    path("iscrizione/", views.signup, name="account_signup"),  # closed: the page says that the coordinator invites
    path("disattivato/", views.account_inactive, name="account_inactive"),
    path("conferma/", views.reauthenticate, name="account_reauthenticate"),
    path("password/cambia/", views.password_change, name="account_change_password"),
    path("password/scegli/", views.password_set, name="account_set_password"),
    path("password/dimenticata/", views.password_reset, name="account_reset_password"),
    path("password/dimenticata/inviata/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/nuova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/nuova/fatto/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("due-passaggi/", include("allauth.mfa.urls")),
]
