"""The rooms of the crew and of the apprentice."""

from datetime import date

from django.urls import path, register_converter

from apprentices.views import (
    amended_weeks,
    amendments,
    approval_links,
    approvals,
    competencies,
    crew,
    crew_home,
    crew_weeks,
    entry_history,
    evidence,
    hints,
    hours,
    import_steps,
    imports,
    moved_hours,
    payroll,
    people,
    progress,
    reviews,
    tablets,
    typed_weeks,
    week_spreads,
    weeks,
    wishes,
    zero_weeks,
)


class DayConverter:
    """A day as yyyy-mm-dd, in the years in which people may work here; anything else is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        day = date.fromisoformat(value)
        if day.year // 100 != 20:
            raise ValueError(value)
        return day

    def to_url(self, value):
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("crew/", crew_home.crew_home, name="crew_home"),
    path("crew/apprentices/", crew.crew, name="crew"),
    path("crew/approvals/", approvals.approvals, name="approvals"),
    path("crew/approvals/<int:key>/amend/", amended_weeks.amend_week, name="amend_week"),
    path("crew/approvals/<int:key>/move/", moved_hours.move_hours, name="move_hours"),
    path("crew/approvals/<int:key>/links/", approval_links.make_approval_link, name="make_approval_link"),
    path("crew/reviews/", reviews.crew_reviews, name="crew_reviews"),
    path("crew/competencies/", competencies.crew_competencies, name="crew_competencies"),
    path("crew/competencies/<int:key>/", competencies.crew_competency, name="crew_competency"),
    path("crew/sign-offs/<int:key>/take-back/", competencies.take_back_sign_off, name="take_back_sign_off"),
    path("crew/imports/", imports.imports, name="imports"),
    path("crew/imports/<int:key>/", imports.import_file, name="import_file"),
    path("crew/imports/<int:key>/columns/", import_steps.import_columns, name="import_columns"),
    path("crew/imports/<int:key>/words/", import_steps.import_words, name="import_words"),
    path("crew/imports/<int:key>/errors/", import_steps.import_errors, name="import_errors"),
    path("crew/imports/<int:key>/progress/", imports.import_progress, name="import_progress"),
    path("crew/payroll/", payroll.payroll, name="payroll"),
    path("crew/entries/<int:key>/amend/", amendments.amend_entry, name="amend_entry"),
    path("crew/zero/<day:day>/", zero_weeks.crew_zero, name="crew_zero"),
    path("evidence/<int:key>/", evidence.evidence_file, name="evidence_file"),
    path("evidence/<int:key>/take-back/", evidence.take_back_file, name="take_back_file"),
    # before the week itself: a reference may hold a slash
    path("crew/weeks/<day:day>/<path:ref>/zero/", zero_weeks.week_zero, name="week_zero"),
    path("crew/weeks/<day:day>/<path:ref>/spread/", week_spreads.week_spread, name="week_spread"),
    path("crew/weeks/<day:day>/<path:ref>/evidence/", evidence.week_evidence, name="week_evidence"),
    path("crew/typed-weeks/", typed_weeks.typed_weeks, name="typed_weeks"),
    path("crew/weeks/<day:day>/", crew_weeks.crew_week, name="crew_week"),
    path("crew/weeks/<day:day>/<path:ref>/", weeks.week, name="week"),
    # before the page itself: a reference may hold a slash
    path("crew/apprentices/<path:ref>/hours/", hours.hours, name="hours"),
    path("crew/apprentices/<path:ref>/competencies/", competencies.competencies, name="competencies"),
    path("crew/apprentices/<path:ref>/reviews/<int:key>/withdraw/", reviews.withdraw_review, name="withdraw_review"),
    path("crew/apprentices/<path:ref>/reviews/<int:key>/", reviews.review, name="review"),
    path("crew/apprentices/<path:ref>/reviews/", reviews.reviews, name="reviews"),
    path("crew/apprentices/<path:ref>/", progress.progress, name="progress"),
    path("crew/people/", people.people, name="people"),
    path("crew/people/<int:key>/", people.employer_people, name="employer_people"),
    path("crew/people/<int:key>/invite/", people.invite_member, name="invite_member"),
    path("crew/people/<int:key>/tablets/", people.pair_tablet, name="pair_tablet"),
    path("crew/people/<int:key>/tablets/<int:device>/", people.withdraw_tablet, name="withdraw_tablet"),
    path("crew/people/<int:key>/apprentices/<int:apprentice>/", people.invite_apprentice, name="invite_apprentice"),
    path("crew/people/<int:key>/<int:user>/", people.person, name="person"),
    path("entries/<int:key>/", entry_history.entry_history, name="entry_history"),
    path("remarks/<int:key>/", hints.week_hints, name="week_hints"),
    path("links/<str:token>/", approval_links.approval_link, name="approval_link"),
    path("tablet/", tablets.tablet, name="tablet"),
    path("tablet/first-time/", tablets.first_time, name="first_time"),
    path("tablet/pair/", tablets.pair_this_tablet, name="pair_this_tablet"),
    path("tablet/leave/", tablets.leave_tablet, name="leave_tablet"),
    path("tablet/here/", tablets.still_here, name="still_here"),
    path("me/progress/", progress.my_progress, name="my_progress"),
    path("me/hours/", hours.my_hours, name="my_hours"),
    path("me/reviews/", reviews.my_reviews, name="my_reviews"),
    path("me/reviews/<path:ref>/<int:key>/", reviews.my_review, name="my_review"),
    path("me/competencies/", competencies.my_competencies, name="my_competencies"),
    path("me/weeks/<day:day>/<path:ref>/zero/", zero_weeks.my_week_zero, name="my_week_zero"),
    path("me/weeks/<day:day>/<path:ref>/spread/", week_spreads.my_week_spread, name="my_week_spread"),
    path("me/weeks/<day:day>/<path:ref>/evidence/", evidence.my_week_evidence, name="my_week_evidence"),
    path("me/typed-weeks/", typed_weeks.my_typed_weeks, name="my_typed_weeks"),
    path("me/weeks/<day:day>/<path:ref>/", weeks.my_week, name="my_week"),
    path("committees/wishes/", wishes.wishes, name="wishes"),
    path("committees/wishes/<int:key>/", wishes.wish, name="wish"),
]
