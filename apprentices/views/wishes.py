"""What apprentices have not got to learn yet: the committee's list, each wish answered in words."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.actions.wishes import WishAnswered, answer_wish
from apprentices.forms.errors import listed_errors
from apprentices.forms.reviews import WishAnswerForm
from apprentices.models import Apprenticeship, Wish
from apprentices.permissions import watches_a_crew, wishes_answerable_by
from apprentices.queries.wishes import wishes_of, with_people
from apprentices.views.access import refuse_unless
from imt.accounts.decorators import allow

WISHES_PER_PAGE = 30


@require_safe
@allow(watches_a_crew)
def wishes(request):
    """The open wishes, oldest first; with `?answered=1` those that were answered."""
    answered = "answered" in request.GET
    page = Paginator(wishes_of(request.user, answered=answered), WISHES_PER_PAGE).get_page(request.GET.get("page"))
    shown = Wish.objects.filter(pk__in=[wish.pk for wish in page])
    mine = wishes_answerable_by(request.user, shown, on=timezone.localdate())
    return render(
        request,
        "apprentices/wishes/wishes.html",
        {
            "page": page,
            "answered": answered,
            "answerable": set(mine.values_list("pk", flat=True)),
            "kept": "answered=1" if answered else "",
            "today": timezone.localdate(),
        },
    )


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def wish(request, key):
    """One wish: its answer, or the form for it."""
    visible = Apprenticeship.objects.visible_to(request.user)
    found = get_object_or_404(with_people(Wish.objects.filter(apprenticeship__in=visible)), pk=key)
    today = timezone.localdate()
    may_answer = wishes_answerable_by(request.user, Wish.objects.filter(pk=key), on=today).exists()
    if request.method == "POST":
        refuse_unless(may_answer)
    form = WishAnswerForm(request.POST if request.method == "POST" else None) if may_answer else None
    refusal = ""
    if form and form.is_bound and form.is_valid():
        try:
            answer_wish(wish=found, answer=form.cleaned_data["answer"], by=request.user, on=today)
        except WishAnswered as error:
            refusal, found = str(error), with_people(Wish.objects.filter(pk=key)).get()
        else:
            messages.success(request, _("Answered. The apprentice is told."))
            return redirect("wishes")
    return render(
        request,
        "apprentices/wishes/wish.html",
        {
            "wish": found,
            "form": form,
            "errors": listed_errors(form) if form and not refusal else [],
            "refusal": refusal,
            "today": today,
        },
        status=409 if refusal else 200,
    )
