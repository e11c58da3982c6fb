"""How goals and their plans were changed; all but the client's answer stays as it was written."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.clinics.scoped
from alongside.clinics.unchanging import Guard, Keep

COLUMNS = ("goal_id", "what", "was", "now", "why", "at", "by", "by_client")


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0005_lock_after"),
        ("goals", "0002_words_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
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
                    "what",
                    models.CharField(
                        choices=[
                            ("reworded", "said in other words"),
                            ("reached", "reached"),
                            ("aside", "set aside"),
                            ("taken_up", "taken up again"),
                            ("step", "a step more"),
                            ("no_step", "a step that is no longer needed"),
                            ("our_words", "put in our words as well"),
                            ("ladder", "what each level means"),
                        ],
                        max_length=9,
                    ),
                ),
                ("was", models.TextField(blank=True)),
                ("now", models.TextField(blank=True)),
                ("why", models.TextField(blank=True, max_length=2000, verbose_name="Why?")),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
                ("by_client", models.BooleanField(default=False)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
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
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="goals.goal",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="goals.step",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["goal", "at"], name="goals_chang_goal_id_a947d0_idx"),
                    models.Index(
                        condition=models.Q(("agreed_at", None), ("declined_at", None)),
                        fields=["goal"],
                        name="changes_that_wait",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_client", True), models.Q(("why", ""), _negated=True), _connector="OR"
                        ),
                        name="staff_say_why",
                        violation_error_message="Say why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_client", False), ("agreed_at__isnull", False), _connector="OR"
                        ),
                        name="who_changes_their_own_agrees",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_at", None), ("declined_at", None), _connector="OR"
                        ),
                        name="a_change_has_one_answer",
                    ),
                ],
            },
        ),
        Keep(
            "goals_change",
            "What was changed stays as it was written; only the answer is added.",
            [Guard(name="goals_change_stays", words=COLUMNS)],
        ),
    ]
