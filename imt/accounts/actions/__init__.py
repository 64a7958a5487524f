from imt.accounts.actions.people import create_person, system_user

__all__ = ["create_person", "system_user"]
