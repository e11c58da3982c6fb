"""What the office of a network sees: numbers."""
