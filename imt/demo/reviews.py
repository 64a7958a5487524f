"""The demo's reviews, one at each point of its way, their wishes, and what the mentors signed lately."""

from datetime import timedelta

from apprentices.actions.competencies import sign_off
from apprentices.actions.reviews import begin, sign_part
from apprentices.actions.wishes import answer_wish
from apprentices.models import Part, ReviewQuestion, Wish
from apprentices.rules.rows import SignOffRow
from employers.actions.review_intervals import set_review_interval

INTERVAL_DAYS = 182
ROBOT, WELDING = (
    "Setting up the robot cell on line 4, not only feeding it.",
    "A day with the welders.",
)

# whose review, by whom it was begun, who signed so far: the next in the order of the parts has it now
UNDER_WAY = (
    ("ACME-01", "sam", ()),
    ("ACME-03", "sam", ("carla",)),
    ("ACME-08", "sam", ("sam", "sam")),
    ("ACME-04", "maria", ("sam", "sam", "lee")),
    ("ACME-02", "ben", ("ben", "sam", "lee", "maria")),
)
# the answers of each part, in the order of the questions that every sponsor begins with
SAID = {
    Part.APPRENTICE: ("First-piece checks and the change of tools on the press.", ROBOT, "More time at the machine."),
    Part.MENTOR: (
        "Runs the press alone, keeps the station clean.",
        "Set-up of the next product family.",
        "No remarks.",
    ),
    Part.LABOR: ("Rotation was late by three weeks; otherwise as agreed.", ""),
    Part.MANAGEMENT: ("Set-up from next month on.", "A second mentor on the late shift."),
}
SUMMARY = "Good progress. Rotation to set-up next month, with a second mentor on the late shift."


def tell(*, refs, by, users, today):
    """All of it through the actions. `refs` {ref: Apprenticeship}, `users` {e-mail: User}."""
    for standards in {one.standards.pk: one.standards for one in refs.values()}.values():
        set_review_interval(standards=standards, days=INTERVAL_DAYS, by=by)
    _job_book(users["sam@example.org"], today)
    for ref, beginner, signers in UNDER_WAY:
        review = begin(apprenticeship=refs[ref], by=users[f"{beginner}@example.org"], on=today)
        for part, name in zip(Part, signers, strict=False):
            _sign(review, part, users[f"{name}@example.org"], today, wish=WELDING if ref == "ACME-08" else ROBOT)
    lee = users["lee@example.org"]
    wish = Wish.objects.filter(apprenticeship=refs["ACME-02"]).get()
    answer_wish(wish=wish, answer="Line 4 has a place from the first of next month on; ask Maria.", by=lee, on=today)


def _sign(review, part, user, today, *, wish):
    questions = ReviewQuestion.objects.filter(sponsor=review.apprenticeship.standards.sponsor_id, part=part)
    said = dict(zip(questions, SAID[part], strict=True))
    answers = {question.pk: wish if text == ROBOT else text for question, text in said.items()}
    summary = SUMMARY if part == Part.MANAGEMENT else ""
    sign_part(review=review, part=part, answers=answers, by=user, on=today, summary=summary)


def _job_book(sam, today):
    """What Sam signed off on the floor, beside what the files brought."""
    rows = [
        SignOffRow(1, "ACME-01", "D", 2, today - timedelta(days=9), sam.name, "Press 4, alone, second shift"),
        SignOffRow(2, "ACME-01", "E", 2, today - timedelta(days=2), sam.name, "Found the worn guide by ear"),
    ]
    sign_off(rows=rows, on=today, by=sam)
