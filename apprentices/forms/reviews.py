"""One part of a review: the answers to its questions, and with management's a summary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.actions.reviews import LONGEST_ANSWER, LONGEST_WISH
from apprentices.models import Part


def answer_name(question):
    """The name of the field of a question (its key)."""
    return f"answer-{question}"


class ReviewPartForm(forms.Form):
    """Built on the ReviewQuestions that the part asks now."""

    def __init__(self, data=None, *, part, questions):
        super().__init__(data)
        self.part, self.questions = part, questions
        for question in questions:
            self.fields[answer_name(question.pk)] = forms.CharField(
                label=question.text,
                required=not question.is_wish,
                max_length=LONGEST_WISH if question.is_wish else LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Goes to the committee, which answers in words. May stay empty.")
                if question.is_wish
                else "",
                error_messages={"required": _("Write a word or two; “nothing” is an answer, too.")},
            )
        if part == Part.MANAGEMENT:
            self.fields["summary"] = forms.CharField(
                label=_("Summary"),
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("What was agreed, in a few words. May stay empty."),
            )

    def answers(self):
        """{question id: text}."""
        return {question.pk: self.cleaned_data[answer_name(question.pk)] for question in self.questions}

    def add_answer_errors(self, errors):
        """Those of an AnswersRefused, each at its field."""
        for question, text in errors.items():
            name = answer_name(question)
            self.add_error(name if name in self.fields else None, text)


class WishAnswerForm(forms.Form):
    """What the committee says to a wish."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The apprentice reads it under Reviews and is told by mail."),
    )
