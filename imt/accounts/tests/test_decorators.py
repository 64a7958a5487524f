import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse

from imt.accounts.decorators import allow
from imt.accounts.models import User
from imt.accounts.permissions import anyone, is_auditor, is_equal_opportunity, is_staff, signed_in

AUDITOR = User(name="Ada", is_auditor=True)
STAFF = User(name="Priya", is_staff=True)
NOBODY = User(name="Nils")


def ask(rf, user, *predicates):
    view = allow(*predicates)(lambda request: HttpResponse("in"))
    request = rf.get("/somewhere/?week=3")
    request.user = user
    return view(request)


@pytest.mark.parametrize("user", [AUDITOR, STAFF])
def test_any_of_the_named_roles_opens_the_page(rf, user):
    assert ask(rf, user, is_staff, is_auditor).content == b"in"


@pytest.mark.parametrize("user", [NOBODY, AUDITOR])
def test_another_role_gets_the_answer_for_what_does_not_exist(rf, user):
    with pytest.raises(Http404):
        ask(rf, user, is_staff, is_equal_opportunity)


def test_signed_out_is_sent_to_the_sign_in_and_back(rf):
    response = ask(rf, AnonymousUser(), is_staff)
    assert response.headers["Location"] == "/accounts/login/?next=/somewhere/%3Fweek%3D3"


def test_a_page_for_anyone_opens_for_those_signed_out(rf):
    assert ask(rf, AnonymousUser(), anyone).content == b"in"


def test_a_page_for_all_who_are_signed_in_asks_for_no_role(rf):
    assert ask(rf, NOBODY, signed_in).content == b"in"


def test_a_view_says_who_may_open_it():
    assert allow(is_staff)(ask).allowed == (is_staff,)


def test_to_allow_nobody_in_particular_is_a_mistake():
    with pytest.raises(TypeError):
        allow()
