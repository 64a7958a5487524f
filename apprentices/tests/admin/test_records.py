import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.models import Credential, Credit, InstructionRecord, LedgerLine, OpeningBalance, SignOff

pytestmark = pytest.mark.django_db
ADDED = {
    InstructionRecord: {"course": "MATH", "hours": "4", "result": "PASSED", "completed_on": "2026-03-02"},
    Credential: {"credential": "OSHA10", "earned_on": "2026-03-02"},
    SignOff: {"work_process": "A", "competency": "1", "signed_on": "2026-03-02", "signed_by": "Mentor"},
    Credit: {"kind": "OJL", "work_process_or_course": "A", "hours": "3", "decided_on": "2026-03-02", "reason": "Army"},
    OpeningBalance: {
        "kind": "OJL",
        "work_process_or_course": "B",
        "hours": "2.5",
        "through_on": "2026-01-02",
        "evidence": "Binder 3",
    },
}


def room(model, act, *arguments):
    return reverse(f"admin:apprentices_{model._meta.model_name}_{act}", args=arguments)


@pytest.mark.parametrize("model", ADDED)
def test_a_row_typed_in_is_recorded_like_one_from_a_file(as_priya, ana_at_acme, model):
    response = as_priya.post(room(model, "add"), ADDED[model] | {"apprentice_ref": "T-0001"})
    assert response.status_code == 302, response.context["form"].errors
    assert model.objects.get().apprenticeship == ana_at_acme


@pytest.mark.parametrize("model", ADDED)
def test_the_same_row_again_changes_nothing_and_says_so(as_priya, ana_at_acme, model):
    sent = ADDED[model] | {"apprentice_ref": "T-0001"}
    as_priya.post(room(model, "add"), sent)
    assert "recorded already" in as_priya.post(room(model, "add"), sent, follow=True).content.decode()
    assert model.objects.count() == 1


@pytest.mark.parametrize("model", ADDED)
def test_a_reference_that_nobody_has_is_refused_at_its_field(as_priya, ana_at_acme, model):
    form = as_priya.post(room(model, "add"), ADDED[model] | {"apprentice_ref": "T-9"}).context["form"]
    assert form.errors["apprentice_ref"] == ["No apprenticeship has this reference."]


@pytest.mark.parametrize("model", ADDED)
def test_a_row_is_taken_back_with_a_reason_and_stays_in_the_history(as_priya, ana_at_acme, model):
    as_priya.post(room(model, "add"), ADDED[model] | {"apprentice_ref": "T-0001"})
    fact = model.objects.get()
    as_priya.post(room(model, "void", fact.pk), {"reason": "Another person's"})
    fact.refresh_from_db()
    assert fact.voided_at is not None
    assert sum(LedgerLine.objects.values_list("hours", flat=True)) == 0


def test_nothing_is_taken_back_without_a_reason(as_priya, ana_at_acme):
    as_priya.post(room(Credential, "add"), ADDED[Credential] | {"apprentice_ref": "T-0001"})
    response = as_priya.post(room(Credential, "void", Credential.objects.get().pk), {"reason": " "})
    assert "reason" in response.context["form"].errors


def test_what_the_action_refuses_stands_at_its_field(as_priya, ana_at_acme):
    sent = ADDED[SignOff] | {"apprentice_ref": "T-0001", "competency": "99"}
    assert "competency" in as_priya.post(room(SignOff, "add"), sent).context["form"].errors


def test_a_day_to_come_is_refused(as_priya, ana_at_acme):
    later = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    sent = ADDED[Credential] | {"apprentice_ref": "T-0001", "earned_on": later}
    assert "earned_on" in as_priya.post(room(Credential, "add"), sent).context["form"].errors


@pytest.mark.parametrize(
    "sent", [{"result": "IN_PROGRESS", "completed_on": "2026-03-02"}, {"result": "PASSED", "completed_on": ""}]
)
def test_a_result_has_its_day_and_a_course_under_way_has_none(as_priya, ana_at_acme, sent):
    row = ADDED[InstructionRecord] | {"apprentice_ref": "T-0001"} | sent
    assert "completed_on" in as_priya.post(room(InstructionRecord, "add"), row).context["form"].errors
