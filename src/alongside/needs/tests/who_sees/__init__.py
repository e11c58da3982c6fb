"""Who may see which part of what is hard for Amara: right person, wrong person, control."""
