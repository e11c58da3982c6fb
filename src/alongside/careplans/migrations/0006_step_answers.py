"""What the client says to the next step of a visit note."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.clinics.scoped


class Migration(migrations.Migration):
    dependencies = [
        ("careplans", "0005_which_correct_others"),
        ("clinics", "0005_lock_after"),
        ("people", "0005_erased"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.clinics.scoped.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("agrees", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.client",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinics.clinic",
                    ),
                ),
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer",
                        to="careplans.note",
                    ),
                ),
            ],
            options={"ordering": ["at", "id"]},
        ),
    ]
