"""What somebody shows besides a password: a code app, a passkey, a recovery code."""
