"""The staff's rooms of people, apprenticeships and everything that counts for them."""

from apprentices.admin import apprenticeships, hour_files, journey_cards, ledger, people, records, reviews

__all__ = ["apprenticeships", "hour_files", "journey_cards", "ledger", "people", "records", "reviews"]
