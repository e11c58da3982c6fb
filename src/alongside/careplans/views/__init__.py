"""The pages of care plans."""
