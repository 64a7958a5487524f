from employers.models.employers import Employer, EmployerSettings, JourneyworkerCount, Worksite
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

__all__ = [
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
    "RegistrationAgency",
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
