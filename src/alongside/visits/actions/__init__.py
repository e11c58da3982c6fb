"""What people do to a visit, one module each."""
