"""What the office of a network does."""
