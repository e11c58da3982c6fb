"""What is right and what is wrong with this installation, in words for whoever looks after it."""
