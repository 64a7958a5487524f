"""Who somebody is, as far as the house knows it: flags on the user. Memberships are asked in the apps above.

Each is a function of one user that answers yes or no, so that `@allow(is_staff, is_auditor)` reads as a sentence."""


def anyone(user):
    """Also those who did not sign in."""
    return True


def signed_in(user):
    return user.is_authenticated and user.is_active


def is_staff(user):
    """Works for the intermediary."""
    return signed_in(user) and user.is_staff


def is_auditor(user):
    """Sees everything but self-identification, changes nothing."""
    return signed_in(user) and user.is_auditor


def is_equal_opportunity(user):
    """Sees self-identification."""
    return signed_in(user) and user.is_equal_opportunity


def has_house_role(user):
    return is_staff(user) or is_auditor(user) or is_equal_opportunity(user)
