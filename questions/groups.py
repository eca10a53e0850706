"""The groups of the admin: instructors edit their own cards, editors all."""

from __future__ import annotations

from typing import Any

OWN = ["add_card", "change_card", "delete_card", "view_card", "view_topic"]
GROUPS = {
    "Instructors": OWN,
    "Editors": [*OWN, "edit_all_cards", "add_topic", "change_topic"],
}


def make_groups(apps: Any) -> None:
    """Make the groups with their permissions; `apps` is a registry, of now or of a migration."""
    groups, permissions = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _ = groups.objects.get_or_create(name=name)
        found = permissions.objects.filter(
            content_type__app_label="questions", codename__in=codenames
        )
        group.permissions.add(*found)
