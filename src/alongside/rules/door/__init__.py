"""Finding one's own visit at the door, by what one knows and never from a list."""
