"""Reading visits."""
