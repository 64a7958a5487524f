"""The project: the ground floor that every app stands on, and the roof that names them all."""

from imt.celery import app as celery_app

__all__ = ["celery_app"]
