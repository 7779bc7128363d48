"""Printing what a list shows, whichever page it stands on."""
