"""Make the groups: instructors edit their own cards, editors all."""

from django.apps import apps as real_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

OWN = ["add_card", "change_card", "delete_card", "view_card", "view_topic"]
GROUPS = {
    "Instructors": OWN,
    "Editors": [*OWN, "edit_all_cards", "add_topic", "change_topic"],
}


def make_groups(apps, schema_editor):
    # Permissions are made after all migrations; these groups need theirs now.
    create_permissions(real_apps.get_app_config("questions"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(
            content_type__app_label="questions", codename__in=codenames
        )
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0004_history_and_permission"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
