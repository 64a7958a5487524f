from apprentices.models.apprentices import Apprentice, SelfIdentification
from apprentices.models.apprenticeships import (
    Apprenticeship,
    Cohort,
    StandardsMove,
    StatusChange,
    Supervision,
)
from apprentices.models.credits import Credit, OpeningBalance, Transfer
from apprentices.models.hours import HourEntry, Timesheet, TimesheetDecision
from apprentices.models.instruction import InstructionRecord
from apprentices.models.journey_cards import JourneyCard
from apprentices.models.ledger import LedgerLine
from apprentices.models.records import Credential, Recommendation, Review, SignOff
from apprentices.models.wages import JobTitle, WageRate

__all__ = [
    "Apprentice",
    "Apprenticeship",
    "Cohort",
    "Credential",
    "Credit",
    "HourEntry",
    "InstructionRecord",
    "JobTitle",
    "JourneyCard",
    "LedgerLine",
    "OpeningBalance",
    "Recommendation",
    "Review",
    "SelfIdentification",
    "SignOff",
    "StandardsMove",
    "StatusChange",
    "Supervision",
    "Timesheet",
    "TimesheetDecision",
    "Transfer",
    "WageRate",
]
