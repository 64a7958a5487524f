"""The staff's rooms of people, apprenticeships and everything that counts for them."""

from apprentices.admin import apprenticeships, journey_cards, ledger, people, records, reviews

__all__ = ["apprenticeships", "journey_cards", "ledger", "people", "records", "reviews"]
