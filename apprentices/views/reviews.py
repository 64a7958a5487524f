"""Periodic reviews: which are due, one being written part by part, and those that were held, to read and to print."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.actions.reviews import AnswersRefused, ReviewRefused, begin, is_written_down, sign_part, withdraw
from apprentices.forms.apprenticeships import ReasonForm
from apprentices.forms.errors import listed_errors
from apprentices.forms.reviews import ReviewPartForm
from apprentices.models import Part, Review
from apprentices.permissions import is_apprentice, reviewable_by, signable_by, watches_a_crew
from apprentices.queries.crew import crew_of
from apprentices.queries.review_signers import review_signers
from apprentices.queries.reviews import crew_reviews as reviews_of_crew
from apprentices.queries.reviews import next_review_days, parts_shown, questions_of
from apprentices.queries.wishes import wishes_of, with_people
from apprentices.views.access import is_permitted, own_apprenticeship, refuse_unless, visible_apprenticeship
from employers.permissions import approves_hours
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow

REVIEWS_PER_PAGE = 50


@require_safe
@allow(watches_a_crew)
def crew_reviews(request):
    """The reviews of the crew that are due or under way, those that wait for the user first."""
    today = timezone.localdate()
    people = list(crew_of(request.user, on=today))
    found = reviews_of_crew(request.user, people, today)
    page = Paginator(found, REVIEWS_PER_PAGE).get_page(request.GET.get("page"))
    shown = [row.apprenticeship.pk for row in page]
    may_begin = reviewable_by(request.user, crew_of(request.user, on=today).filter(pk__in=shown), on=today)
    return render(
        request,
        "apprentices/reviews/crew_reviews.html",
        {
            "is_decider": request.user.is_staff or approves_hours(request.user),
            "rows": list(page),
            "may_begin": set(may_begin.values_list("pk", flat=True)),
            "open_wishes": wishes_of(request.user, answered=False).count(),
            "page": page,
            "today": today,
        },
    )


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def reviews(request, ref):
    """All reviews of somebody in the crew, and the button that begins the next."""
    return _list(request, visible_apprenticeship(request.user, ref), "review")


@require_http_methods(["GET", "POST"])
@allow(is_apprentice)
def my_reviews(request):
    """The apprentice's own, with the wishes and what was answered."""
    return _list(request, own_apprenticeship(request.user, request.GET.get("apprenticeship", "")), "my_review")


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def review(request, ref, key):
    """One review of somebody in the crew; whose turn it is writes and signs."""
    return _answer(request, visible_apprenticeship(request.user, ref), key, "review")


@require_http_methods(["GET", "POST"])
@allow(is_apprentice)
def my_review(request, ref, key):
    """The same for the apprentice."""
    return _answer(request, own_apprenticeship(request.user, ref), key, "my_review")


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def withdraw_review(request, ref, key):
    """A review that was begun by mistake is taken back, with a reason."""
    apprenticeship = visible_apprenticeship(request.user, ref)
    found = get_object_or_404(Review, apprenticeship=apprenticeship, pk=key)
    today = today_at(apprenticeship.employer)
    refuse_unless(is_permitted(signable_by, request.user, apprenticeship, on=today))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            withdraw(review=found, reason=form.cleaned_data["reason"], by=request.user, on=today)
        except ReviewRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The review is withdrawn."))
            return redirect("reviews", apprenticeship.ref)
    return render(
        request,
        "apprentices/reviews/withdraw_review.html",
        {"apprenticeship": apprenticeship, "review": found, "form": form, "errors": listed_errors(form)},
        status=409 if form.non_field_errors() else 200,
    )


def _list(request, apprenticeship, url_name):
    today = today_at(apprenticeship.employer)
    may_begin = is_permitted(reviewable_by, request.user, apprenticeship, on=today)
    if request.method == "POST":
        refuse_unless(may_begin)
        try:
            begun = begin(apprenticeship=apprenticeship, by=request.user, on=today)
        except ReviewRefused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect(url_name, apprenticeship.ref, begun.pk)
    found = list(apprenticeship.reviews.known().order_by("-held_on", "-pk"))
    return render(
        request,
        "apprentices/reviews/reviews.html",
        {
            "apprenticeship": apprenticeship,
            "is_own": url_name == "my_review",
            "url_name": url_name,
            "under_way": next((one for one in found if one.held_on is None), None),
            "held": [one for one in found if one.held_on],
            "due_on": next_review_days([apprenticeship], today)[apprenticeship.pk],
            "wishes": with_people(apprenticeship.wishes.order_by("-wished_at", "-pk")),
            "may_begin": may_begin,
            "today": today,
        },
    )


def _answer(request, apprenticeship, key, url_name):
    found = get_object_or_404(apprenticeship.reviews.select_related("voided_by"), pk=key)
    today = today_at(apprenticeship.employer)
    signers = review_signers([apprenticeship], on=today)[apprenticeship.pk]
    if request.method == "GET":
        return _page(request, apprenticeship, found, signers, url_name, today)
    part = request.POST.get("part", "")
    refuse_unless(request.user.pk in signers.by_part.get(part, ()))
    form = ReviewPartForm(request.POST, part=part, questions=questions_of(apprenticeship, part))
    refusal = ""
    if form.is_valid():
        try:
            sign_part(
                review=found,
                part=Part(part),
                answers=form.answers(),
                summary=form.cleaned_data.get("summary", ""),
                by=request.user,
                on=today,
            )
        except AnswersRefused as error:
            form.add_answer_errors(error.errors)
        except ReviewRefused as error:
            refusal = str(error)
            found.refresh_from_db()
        else:
            messages.success(request, _("Signed."))
            return redirect(url_name, apprenticeship.ref, found.pk)
    return _page(request, apprenticeship, found, signers, url_name, today, sent=form, refusal=refusal)


def _page(request, apprenticeship, found, signers, url_name, today, *, sent=None, refusal=""):
    """`sent`: the form of a post, shown again where it is still that part's turn; `refusal`: why it came too late."""
    user = request.user
    parts = parts_shown(found, apprenticeship, signers)
    turn = next((part for part in parts if part.is_turn), None)
    sides = {part.signed.signed_by_id for part in parts if part.signed and not part.is_written_down}
    is_asked = turn is not None and user.pk in signers.by_part[turn.part]
    form = None
    if is_asked and user.pk not in sides:
        is_again = sent is not None and sent.part == turn.part
        form = sent if is_again else ReviewPartForm(part=turn.part, questions=questions_of(apprenticeship, turn.part))
    is_lost = sent is not None and form is not sent
    return render(
        request,
        "apprentices/reviews/review.html",
        {
            "apprenticeship": apprenticeship,
            "review": found,
            "parts": parts,
            "turn": turn,
            "form": form,
            "errors": listed_errors(form) if form and not refusal else [],
            "refusal": refusal,
            "lost": [(field.label, field.value()) for field in sent if field.value()] if is_lost else [],
            "writes_down": form is not None and is_written_down(turn.part, signers),
            "has_signed_another": is_asked and user.pk in sides,
            "may_withdraw": turn is not None and is_permitted(signable_by, user, apprenticeship, on=today),
            "is_own": url_name == "my_review",
            "today": today,
        },
        status=409 if refusal else 200,
    )
