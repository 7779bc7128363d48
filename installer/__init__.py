"""Set-up, checks and packages: standard library only where nothing is installed yet."""
