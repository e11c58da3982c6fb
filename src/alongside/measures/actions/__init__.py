"""What people do about questionnaires and measures, one module for each thing."""
