"""Who of us sees which part: what a client said of it is added, and never changed."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.clinics.scoped
from alongside.clinics.unchanging import Guard, Keep


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0005_lock_after"),
        ("needs", "0002_extents_stay"),
        ("people", "0005_erased"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="codes",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name="Sharing",
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
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("activities", "what I do in my days"),
                            ("body", "my body and my senses"),
                            ("mind", "my mind, sleep and mood"),
                            ("surroundings", "what is around me"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("care", "Everybody here who treats people"),
                            ("named", "Only the people I choose"),
                            ("front", "The front desk too"),
                        ],
                        max_length=5,
                    ),
                ),
                ("named", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
                ("how", models.CharField(blank=True, max_length=200)),
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
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(
                        fields=["clinic", "client", "at"], name="needs_shari_clinic__e2e3df_idx"
                    )
                ],
            },
        ),
        Keep(
            "needs_sharing",
            "What was said stays as it was said; add what is said now.",
            [Guard(name="needs_sharing_stays")],
        ),
    ]
