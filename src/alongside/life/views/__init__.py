"""The pages of life and questions."""
