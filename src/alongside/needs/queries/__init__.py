"""Questions about needs."""
