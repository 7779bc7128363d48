"""Tổng quan: what is due and what is missing this month."""
