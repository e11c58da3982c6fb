"""Pages of a network's office."""
