"""A service counts its changes, so that two managers never overwrite each other unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_who_sees")]
    operations = [
        migrations.AddField(
            model_name="service",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
