"""Taking a second thing up, showing it, and taking it away."""
