"""Periodic reports: what they look at, their words and tables as plain values, and the paper made of them."""
