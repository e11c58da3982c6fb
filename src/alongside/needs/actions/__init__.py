"""What people do about needs, one module for each thing."""
