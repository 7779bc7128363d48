"""The family campaign: the year by branch, its households, the grid of a branch."""
