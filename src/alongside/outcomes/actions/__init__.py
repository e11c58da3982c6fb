"""What somebody does with outcomes."""
