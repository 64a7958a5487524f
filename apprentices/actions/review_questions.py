"""What reviews ask: a sponsor begins with these questions, adds its own, and retires those that no longer fit."""

from django.db import transaction
from django.utils import timezone

from apprentices.models import Part, ReviewQuestion
from employers.permissions import require_keeper
from imt.audit.actions import record

# part, question, whether the answer is a wish for the committee: as a sponsor without questions of its own asks
_FIRST = (
    (Part.APPRENTICE, "What did I learn since the last review?", False),
    (Part.APPRENTICE, "What did I not get to learn, and would like to?", True),
    (Part.APPRENTICE, "What would help me on the job or in class?", False),
    (Part.MENTOR, "What does the apprentice do well without help?", False),
    (Part.MENTOR, "What should be practiced next, and on which machine?", False),
    (Part.MENTOR, "How are safety, attendance and teamwork?", False),
    (Part.LABOR, "Are rotation, wage steps and classes going as agreed?", False),
    (Part.LABOR, "What should the committee look at?", True),
    (Part.MANAGEMENT, "Which work processes come next, and when?", False),
    (Part.MANAGEMENT, "What will the firm change until the next review?", False),
)


@transaction.atomic
def lay_review_questions(*, sponsors, by):
    """Make sure that each of these sponsors (ids) has questions; one that has some, retired or not, keeps its own."""
    known = set(ReviewQuestion.objects.filter(sponsor__in=sponsors).values_list("sponsor", flat=True))
    rows = [
        ReviewQuestion(sponsor_id=sponsor, part=part, position=position, text=text, is_wish=is_wish)
        for sponsor in sorted(set(sponsors) - known)
        for position, (part, text, is_wish) in enumerate(_FIRST, 1)
    ]
    if rows:
        record("review_question.laid", by=by, subjects=ReviewQuestion.objects.bulk_create(rows))


@transaction.atomic
def retire_question(*, question, by):
    """Staff: no review asks it from now on; the answers that were given stay. Retired before, nothing changes."""
    require_keeper(by)
    row = ReviewQuestion.objects.select_for_update(no_key=True).get(pk=question.pk)
    if row.retired_at is None:
        row.retired_at = timezone.now()
        row.save(update_fields=["retired_at"])
        record("review_question.retired", by=by, subjects=[row])
    return row
