"""What people wish for their own account."""

from django.db import transaction

from imt.audit.actions import record


@transaction.atomic
def keep_wishes(*, user, language, wants_reminders, by):
    """The language of pages and mails, and whether reminders are sent. Unchanged: nothing happens."""
    said = {"language": language, "wants_reminders": wants_reminders}
    changed = {name: [getattr(user, name), value] for name, value in said.items() if getattr(user, name) != value}
    if not changed:
        return
    user.language, user.wants_reminders = language, wants_reminders
    user.save(update_fields=["language", "wants_reminders"])
    record("user.wishes_changed", by=by, subjects=[user], details=changed)


def stop_reminders(*, user):
    """As the link of a reminder asks; said again, nothing changes."""
    keep_wishes(user=user, language=user.language, wants_reminders=False, by=user)
