"""A file or photo for a week."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.rules.evidence import LARGEST


class EvidenceForm(forms.Form):
    """A valid form's `content()` are the bytes; what they are, the action looks at."""

    file = forms.FileField(
        label=gettext_lazy("File or photo"),
        help_text=gettext_lazy("PDF, JPEG, PNG, WEBP or HEIC, at most 5 MB."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png,image/webp,.heic,.heif"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": LARGEST // (1024 * 1024)})
        return file

    def content(self):
        return self.cleaned_data["file"].read(LARGEST + 1)
