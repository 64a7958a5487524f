"""Reading the audit log."""

from imt.audit.models import AuditEvent


def history_of(subject):
    """All events of one subject, oldest first."""
    return AuditEvent.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("id")
