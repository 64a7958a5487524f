"""How many apprentices may work beside so many journeyworkers?"""

import re
from dataclasses import dataclass

from employers.rules.findings import WARNING, Finding, gettext_noop

_RATIO = re.compile(r"([1-9]\d{0,3})\s*(?::|/|to)\s*([1-9]\d{0,3})", flags=re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many apprentices for so many journeyworkers: "1:2" is one apprentice for two journeyworkers."""

    apprentices: int
    journeyworkers: int


@dataclass(frozen=True, slots=True)
class RatioAnswer:
    """What a worksite has and what it may have. `allowed` is None where nothing limits it."""

    apprentices: int
    journeyworkers: int | None
    allowed: int | None

    @property
    def over(self):
        return 0 if self.allowed is None else max(0, self.apprentices - self.allowed)

    @property
    def met(self):
        return self.over == 0


def parse_ratio(text):
    """ "1:2", "1 to 2" or "1/2" → Ratio(1, 2): apprentices, then journeyworkers, as the standards workbook has it. None
    for empty text; ValueError for any other."""
    text = text.strip()
    if not text:
        return None
    found = _RATIO.fullmatch(text)
    if not found:
        raise ValueError(f"“{text}” is no ratio of apprentices to journeyworkers such as 1:2")
    return Ratio(int(found[1]), int(found[2]))


def allowed_apprentices(ratio, journeyworkers):
    """Whole multiples only: at 1:2, three journeyworkers allow one apprentice."""
    return journeyworkers // ratio.journeyworkers * ratio.apprentices


def assess_ratio(ratio, *, apprentices, journeyworkers):
    """One worksite on one day (29 CFR 29.5(b)(7): a numeric ratio consistent with proper supervision, per jobsite).

    `ratio` is None where the standards name none, `journeyworkers` None where nobody has counted them."""
    if ratio is None or journeyworkers is None:
        return RatioAnswer(apprentices, journeyworkers, None)
    return RatioAnswer(apprentices, journeyworkers, allowed_apprentices(ratio, journeyworkers))


def ratio_findings(answer):
    """A breach is a warning: it is mended by people on the site, not by a refused form."""
    if answer.met:
        return ()
    return (
        Finding(
            "RATIO",
            WARNING,
            gettext_noop(
                "%(apprentices)s apprentices beside %(journeyworkers)s journeyworkers; the ratio allows %(allowed)s."
            ),
            {
                "apprentices": answer.apprentices,
                "journeyworkers": answer.journeyworkers,
                "allowed": answer.allowed,
            },
        ),
    )
