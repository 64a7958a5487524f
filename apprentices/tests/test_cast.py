"""The cast stands where everybody else's tests expect it."""

from apprentices.models import Apprenticeship


def test_ana_is_an_active_apprentice_at_acme(ana_at_acme, acme, standards):
    assert ana_at_acme.employer == acme
    assert ana_at_acme.standards == standards
    assert standards.published_at is not None
    assert [change.status for change in ana_at_acme.status_changes.all()] == ["ACTIVE"]


def test_each_sees_ana_as_the_role_allows(ana_at_acme, ana, sam, oscar, priya, ada, lee):
    def sees_ana(user):
        return Apprenticeship.objects.visible_to(user).filter(pk=ana_at_acme.pk).exists()

    assert {user.name: sees_ana(user) for user in (ana, sam, oscar, priya, ada, lee)} == {
        "Ana Xiong": True,
        "Sam": True,
        "Oscar": False,
        "Priya": True,
        "Ada": True,
        "Lee": True,
    }
