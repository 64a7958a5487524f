"""Who can be signed in at all."""

from allauth.account.auth_backends import AuthenticationBackend


class PersonBackend(AuthenticationBackend):
    def user_can_authenticate(self, user):
        """Links, integrations and the system itself act, but never sign in; asked again with every request, so that
        a user who is switched off is out at once. (allauth's own answer is yes to everybody.)"""
        return user.is_active and user.kind == user.Kind.PERSON

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user is None:
            # allauth keeps a refused user aside and goes on with it to its page for inactive accounts: no such way in
            self.unstash_authenticated_user()
        return user
