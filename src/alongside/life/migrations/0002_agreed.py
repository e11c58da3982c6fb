"""Whether the client agrees to what changes in their plan after something happened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("life", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="agreed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="answered_by",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_at", None), ("declined_at", None), _connector="OR"),
                name="a_review_has_one_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at", None), ("declined_at", None)),
                    ("reviewed_at__isnull", False),
                    _connector="OR",
                ),
                name="only_a_review_is_answered",
            ),
        ),
    ]
