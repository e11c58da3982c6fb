"""Reading care plans."""
