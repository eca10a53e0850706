"""Make the groups: instructors edit their own cards, editors all."""

from django.apps import apps as real_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from questions.groups import make_groups


def instructors_and_editors(apps, schema_editor):
    # Permissions are made after all migrations; these groups need theirs now.
    create_permissions(real_apps.get_app_config("questions"), apps=apps, verbosity=0)
    make_groups(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0004_history_and_permission"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(instructors_and_editors, migrations.RunPython.noop)]
