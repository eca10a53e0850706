"""Give cards a lesson, a digest and revisions, and keep the order of their topics."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_topics_cards_versions_cases")]

    operations = [
        migrations.AddField(
            "card",
            "lesson",
            models.TextField(
                blank=True, help_text="Markdown: what the answer cures and what it does not."
            ),
        ),
        migrations.AddField(
            "card",
            "digest",
            models.CharField(
                blank=True,
                editable=False,
                help_text="sha256 over the content; see seal().",
                max_length=64,
            ),
        ),
        migrations.AddField(
            "card",
            "loaded",
            models.CharField(
                blank=True,
                editable=False,
                help_text="digest:status last loaded from files.",
                max_length=80,
            ),
        ),
        # A plain many-to-many cannot become one with an order in place.
        migrations.RemoveField("card", "topics"),
        migrations.CreateModel(
            "CardTopic",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topic_links",
                        to="questions.card",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card_links",
                        to="questions.topic",
                    ),
                ),
            ],
            options={"ordering": ["order", "pk"]},
        ),
        migrations.AddConstraint(
            "cardtopic",
            models.UniqueConstraint(fields=("card", "topic"), name="topic_once_a_card"),
        ),
        migrations.AddField(
            "card",
            "topics",
            models.ManyToManyField(
                related_name="cards", through="questions.CardTopic", to="questions.topic"
            ),
        ),
        migrations.CreateModel(
            "Revision",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("content", models.JSONField(help_text="CardData as JSON.")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="questions.card",
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.AddConstraint(
            "revision",
            models.UniqueConstraint(fields=("card", "digest"), name="revision_once_a_content"),
        ),
    ]
