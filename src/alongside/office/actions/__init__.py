"""What people do in the office: let in, set up, add, change, take away."""
