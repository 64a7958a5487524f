"""The staff's room: Django's admin behind our own door."""

from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db.models.base import ModelBase
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from imt.accounts.permissions import is_staff

OF_LIBRARIES = {"auth", "account", "mfa", "usersessions"}


class ImtAdminSite(admin.AdminSite):
    site_title = _("IMT staff")
    site_header = _("IMT apprenticeships")
    index_title = _("Staff")

    def has_permission(self, request):
        return is_staff(request.user)

    def admin_view(self, view, cacheable=False):
        """Signed out → sign-in with its limits and second factor. Signed in, but not staff → 404 like anywhere."""
        shown = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            return shown(request, *args, **kwargs)

        guarded.allowed = (is_staff,)
        return update_wrapper(guarded, view)

    def login(self, request, extra_context=None):
        """The admin's own page would ask for neither limits nor a second factor."""
        home = reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", home))
        if not self.has_permission(request):
            raise Http404
        return redirect(home)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Our own rooms only. Django's groups mean nothing here, and nobody types in another one's second factor."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        ours = [model for model in models if model._meta.app_label not in OF_LIBRARIES]
        super().register(ours, admin_class, **options)
