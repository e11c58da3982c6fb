"""What people do about life and questions, one module for each thing."""
