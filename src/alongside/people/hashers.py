"""Argon2 for a small machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane (OWASP's smallest advice): ten at once stay in 200 MiB."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
