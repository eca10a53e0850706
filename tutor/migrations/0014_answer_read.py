from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tutor", "0013_revision_of_a_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="problem",
            name="read_at",
            field=models.DateTimeField(
                blank=True, help_text="When whoever told it first read this answer.", null=True
            ),
        ),
    ]
