"""What somebody does at their own page."""
