"""What the site adds to the admin of cards: results, which the cards themselves know nothing of."""

from django.contrib import admin

from questions.admin import CardAdmin
from tutor.account_forms import StaffSignInForm
from tutor.views.results import card_results

CardAdmin.actions = [*(CardAdmin.actions or ()), card_results]
admin.site.login_form = StaffSignInForm
