"""Making the demo's clinics."""
