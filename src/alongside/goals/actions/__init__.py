"""What people do about a goal, one module for each thing."""
