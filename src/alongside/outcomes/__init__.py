"""What came of it, of many people together: for the lead."""
