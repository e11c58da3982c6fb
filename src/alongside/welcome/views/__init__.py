"""The pieces that this part puts into other pages, and what they send."""
