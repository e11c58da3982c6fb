"""The notes that correct others have an index of their own: there are few."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careplans", "0004_listening")]
    operations = [
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)),
                fields=["corrects"],
                name="note_that_corrects",
            ),
        ),
    ]
