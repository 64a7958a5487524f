"""The staff's rooms of employers, sponsors and standards."""

from employers.admin import firms, members, programs

__all__ = ["firms", "members", "programs"]
