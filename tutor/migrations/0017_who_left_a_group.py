import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tutor", "0016_questions_of_a_set_quiz"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="joined_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="The first time."
            ),
        ),
        migrations.CreateModel(
            name="Left",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(help_text="When the learner joined the first time."),
                ),
                ("left_at", models.DateTimeField(auto_now_add=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left",
                        to="tutor.learnergroup",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left",
                        to="tutor.learner",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "left",
                "constraints": [
                    models.UniqueConstraint(fields=("group", "learner"), name="left_once_a_group")
                ],
            },
        ),
    ]
