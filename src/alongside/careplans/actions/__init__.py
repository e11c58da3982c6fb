"""What people do about a care plan, one module for each thing."""
