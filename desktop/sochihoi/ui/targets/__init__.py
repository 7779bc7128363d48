"""Chỉ tiêu: what was set, and where it stands."""
