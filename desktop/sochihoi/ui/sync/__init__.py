"""Gửi và nhận: the signed file of the month, keys, what the level above answered."""
