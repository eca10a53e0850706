"""What the site adds to the admin: results of cards, and what a user needs to teach."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

from questions.admin import CardAdmin
from tutor.account_forms import StaffSignInForm
from tutor.instructor import group_without_staff
from tutor.views.results import card_results

CardAdmin.actions = [*(CardAdmin.actions or ()), card_results]
admin.site.login_form = StaffSignInForm
admin.site.unregister(User)


@admin.register(User)
class TeacherAdmin(UserAdmin):
    """Users, with what teaching needs said where groups are chosen."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if groups := form.base_fields.get("groups"):
            groups.help_text = (
                "To teach and write cards a user needs Instructors or Editors and, above, "
                f"“Staff status”. {groups.help_text}"
            )
        return form

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if group := group_without_staff(form.instance):
            messages.warning(
                request,
                f"In {group}, {form.instance} cannot teach yet: tick “Staff status”, too.",
            )
