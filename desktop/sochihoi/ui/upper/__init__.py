"""Cấp dưới: the inbox of files, the units below, their figures together."""
