"""The reference pages, written from the code itself: what they say cannot be out of date."""
