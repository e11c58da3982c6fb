"""A client's own words stay as they were written: the database itself refuses to change them."""

from django.db import migrations

from alongside.clinics.unchanging import Guard, Keep


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_initial")]
    operations = [
        Keep(
            "goals_goal",
            "A goal’s own words stay as they were written; write a new goal.",
            [Guard(name="goals_goal_words_stay", words=("words", "why"))],
        )
    ]
