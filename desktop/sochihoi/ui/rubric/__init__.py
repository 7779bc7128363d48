"""Chi hội mẫu: the branches of a year, and the score sheet of one."""
