"""How often each topic has changed: all that a live page needs to know."""

from django.db import models


class Pulse(models.Model):
    """A topic and its running number. Nothing personal: a key and a count."""

    topic = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.topic} {self.number}"


class Lease(models.Model):
    """Which of several servers does a job that only one may do, and until when unless renewed."""

    job = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=40)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job}: {self.holder}"
