"""What people do here: wish, see to a wish, offer, say what they hope for."""
