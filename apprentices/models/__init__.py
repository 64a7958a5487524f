from apprentices.models.apprentices import Apprentice, SelfIdentification
from apprentices.models.apprenticeships import (
    Apprenticeship,
    Cohort,
    StandardsMove,
    StatusChange,
    Supervision,
)
from apprentices.models.credits import Credit, OpeningBalance, Transfer
from apprentices.models.hour_files import HourFile, HourFileShape, HourFileWord, PayrollTotal
from apprentices.models.hours import TAKEN_BACK, HourEntry, Timesheet, TimesheetDecision
from apprentices.models.instruction import InstructionRecord
from apprentices.models.journey_cards import JourneyCard
from apprentices.models.ledger import LedgerLine
from apprentices.models.records import Credential, Recommendation, SignOff
from apprentices.models.reviews import Part, Review, ReviewPart, ReviewQuestion, Wish
from apprentices.models.wages import JobTitle, WageRate
from apprentices.models.weeks import ApprovalLink, Evidence, HintAnswer, TypedWeek

__all__ = [
    "TAKEN_BACK",
    "Apprentice",
    "Apprenticeship",
    "ApprovalLink",
    "Cohort",
    "Credential",
    "Credit",
    "Evidence",
    "HintAnswer",
    "HourEntry",
    "HourFile",
    "HourFileShape",
    "HourFileWord",
    "InstructionRecord",
    "JobTitle",
    "JourneyCard",
    "LedgerLine",
    "OpeningBalance",
    "Part",
    "PayrollTotal",
    "Recommendation",
    "Review",
    "ReviewPart",
    "ReviewQuestion",
    "SelfIdentification",
    "SignOff",
    "StandardsMove",
    "StatusChange",
    "Supervision",
    "Timesheet",
    "TimesheetDecision",
    "Transfer",
    "TypedWeek",
    "WageRate",
    "Wish",
]
