"""Closing a month and its report."""
