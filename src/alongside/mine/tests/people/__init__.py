"""Close ones: they see what the client gives them, nothing else, and lose it in the same moment."""
