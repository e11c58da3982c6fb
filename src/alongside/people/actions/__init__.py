"""Adding people who can sign in."""
