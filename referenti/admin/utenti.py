"""Back office of the people: invited, given roles, deactivated; never with a password typed by somebody else."""

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from referenti import tracciati
from referenti.models import Utente
from referenti.servizi.inviti import InvitoNonPossibile, invita
from tavolo.base.amministrazione import AmministrazioneSoloExport, chiave
from tavolo.base.permessi import COORDINAMENTO, GRUPPI
from tavolo.base.scheda import SchedaForm


class UtenteForm(SchedaForm):
    """A person: roles are three boxes; there is no password, because one enters by invitation."""

    groups = forms.ModelMultipleChoiceField(
        label="Ruoli", queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Utente
        fields = ("email", "nome", "cognome", "ente", "is_active", "groups")

    chi_scrive: Utente

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].queryset = Group.objects.filter(name__in=GRUPPI).order_by("name")

    def clean_is_active(self):
        """Refuse to lock oneself out."""
        if self.instance == self.chi_scrive and not self.cleaned_data["is_active"]:
            raise ValidationError("Non puoi disattivare te stesso: chiedilo a chi coordina con te.")
        return self.cleaned_data["is_active"]

    def clean_groups(self):
        """Refuse to take the keys of the back office away from oneself."""
        ruoli = self.cleaned_data["groups"]
        coordinava = self.instance == self.chi_scrive and self.chi_scrive.groups.filter(name=COORDINAMENTO).exists()
        if coordinava and COORDINAMENTO not in {ruolo.name for ruolo in ruoli}:
            raise ValidationError("Non puoi toglierti il ruolo di coordinamento: chiedilo a chi coordina con te.")
        return ruoli


@admin.register(Utente)
class UtenteAdmin(AmministrazioneSoloExport):
    """People: of which ente, with which roles, who never came in. Whoever wrote something is deactivated, not deleted."""

    resource_classes = [tracciati.TracciatoUtente]
    form = UtenteForm
    change_form_template = "admin/referenti/utente/change_form.html"
    list_display = ("__str__", "email", "ente", "ruoli", "is_active", "last_login")
    list_select_related = ("ente",)
    list_filter = ("is_active", "groups", ("last_login", admin.EmptyFieldListFilter), "ente")
    search_fields = ("nome", "cognome", "email", "ente__denominazione")
    autocomplete_fields = ("ente",)
    readonly_fields = ("last_login", "date_joined")
    actions = ("manda_invito",)

    def get_fieldsets(self, request, obj=None):
        """Only a superuser sees, and gives, the flag that bypasses every permission."""
        ruoli = ("groups", "is_superuser") if request.user.is_superuser else ("groups",)
        gruppi = [
            (None, {"fields": ("nome", "cognome", "email", "ente")}),
            ("Che cosa può fare", {"fields": ("is_active", *ruoli)}),
        ]
        return [*gruppi, ("Accessi", {"fields": ("last_login", "date_joined")})] if obj else gruppi

    def get_queryset(self, request):
        """People with their roles."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form knows who is writing."""
        modulo = super().get_form(request, obj, change, **kwargs)
        return type(modulo.__name__, (modulo,), {"chi_scrive": request.user})

    def get_urls(self):
        """One more verb: the invitation."""
        invito = path(
            "<path:object_id>/invito/", self.admin_site.admin_view(self.invito), name="referenti_utente_invito"
        )
        return [invito, *super().get_urls()]

    def save_model(self, request, obj, form, change):
        """A new account has no password; an address that changes no longer opens the door under its old name."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()

    def get_deleted_objects(self, objs, request):
        """Nobody deletes oneself, alone or among others."""
        da_eliminare, quante, permessi, protette = super().get_deleted_objects(objs, request)
        if request.user in objs:
            protette = [*protette, f"{request.user}: non puoi eliminare te stesso, chiedilo a chi coordina con te."]
        return da_eliminare, quante, permessi, protette

    @admin.display(description="ruoli")
    def ruoli(self, utente):
        """The groups, in words."""
        nomi = [gruppo.name for gruppo in utente.groups.all()] + ["Superutente"] * utente.is_superuser
        return ", ".join(nomi) or "Nessuno"

    @admin.action(description="Manda l'invitazione (alle persone scelte)")
    def manda_invito(self, request, queryset):
        """Invite every chosen person."""
        for utente in queryset:
            self._invita(request, utente)

    def invito(self, request, object_id):
        """Invite one person; POST only."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        utente = get_object_or_404(Utente, pk=chiave(object_id))
        if not request.user.has_perm("referenti.invita_utente", utente):
            raise PermissionDenied
        self._invita(request, utente)
        return HttpResponseRedirect(reverse("admin:referenti_utente_change", args=[utente.pk]))

    def _invita(self, request, utente):
        if not request.user.has_perm("referenti.invita_utente", utente):
            self.message_user(request, f"{utente}: non hai il permesso di mandare l'invitazione.", messages.WARNING)
            return
        try:
            invita(utente, autore=request.user, request=request)
        except InvitoNonPossibile as errore:
            self.message_user(request, str(errore), messages.WARNING)
        except OSError:  # every failure of the mail server is one
            self.message_user(request, f"La posta non parte: {utente} non ha ricevuto l'invitazione.", messages.ERROR)
        else:
            self.log_change(request, utente, "Invitazione mandata")
            self.message_user(request, f"Invitazione mandata a {utente.email}.", messages.SUCCESS)
