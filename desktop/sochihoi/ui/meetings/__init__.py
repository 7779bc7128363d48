"""Meetings of branches: the month, the attendance, the minutes."""
