"""Signing in, one's own account, and the doors of allauth that are open here. Its pages for signing up by oneself, for
confirming and changing e-mail addresses are left out: people are invited, and an address changes by an act of staff."""

from allauth.account import views
from django.urls import include, path, re_path

from imt.accounts.views import account, invitations, reminders

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("", account.account, name="account"),
    path("reminders/<path:token>/", reminders.reminders, name="reminders"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitation/<slug:code>/", invitations.invitation_link, name="invitation_link"),
    path("sessions/", include("allauth.usersessions.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
