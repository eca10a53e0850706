"""The instructor's admin: cards, their history, import and export."""

from questions.admin.card import CardAdmin, TopicAdmin

__all__ = ["CardAdmin", "TopicAdmin"]
