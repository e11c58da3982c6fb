"""Appointment times: clock times, opening hours, series, free times and lists of bookings."""
