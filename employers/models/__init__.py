from employers.models.employers import (
    ClosedDay,
    Employer,
    EmployerSettings,
    JourneyworkerCount,
    ShiftPattern,
    Worksite,
)
from employers.models.instruction import CrosswalkRow, OfferedCourse, TrainingProvider
from employers.models.memberships import (
    EmployerMembership,
    LocalCoverage,
    LocalMembership,
    SponsorMembership,
    UnionLocal,
)
from employers.models.sponsors import Committee, RegistrationAgency, Sponsor, StandardsRegistration
from employers.models.standards import (
    Competency,
    Course,
    CredentialRequirement,
    Standards,
    WageStep,
    WorkProcess,
)
from employers.models.tablets import Badge, PairedDevice

__all__ = [
    "Badge",
    "ClosedDay",
    "Committee",
    "Competency",
    "Course",
    "CredentialRequirement",
    "CrosswalkRow",
    "Employer",
    "EmployerMembership",
    "EmployerSettings",
    "JourneyworkerCount",
    "LocalCoverage",
    "LocalMembership",
    "OfferedCourse",
    "PairedDevice",
    "RegistrationAgency",
    "ShiftPattern",
    "Sponsor",
    "SponsorMembership",
    "Standards",
    "StandardsRegistration",
    "TrainingProvider",
    "UnionLocal",
    "WageStep",
    "WorkProcess",
    "Worksite",
]
