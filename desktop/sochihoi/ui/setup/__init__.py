"""Thiết lập: the unit, its branches, who works, copies, the history; and the wizard of the first day."""
