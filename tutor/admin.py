"""What the site adds to the admin of cards: results, which the cards themselves know nothing of."""

from questions.admin import CardAdmin
from tutor.views.results import card_results

CardAdmin.actions = [*(CardAdmin.actions or ()), card_results]
