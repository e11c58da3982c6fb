"""Words that visits’ templates need."""
