"""When a link to approve a week still opens: once, in time, for the version that it was made for."""

from datetime import datetime, timedelta

GOOD_FOR = timedelta(days=7)

USED, EXPIRED, CHANGED, WITHDRAWN = "USED", "EXPIRED", "CHANGED", "WITHDRAWN"


def why_closed(*, used_at, expires_at: datetime, now, is_same_version, maker_may_decide):
    """Why the link is good for nothing any more; "" while it opens. Who made it must still be one who may decide."""
    if used_at is not None:
        return USED
    if now >= expires_at:
        return EXPIRED
    if not maker_may_decide:
        return WITHDRAWN
    return "" if is_same_version else CHANGED
