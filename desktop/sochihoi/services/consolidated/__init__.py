"""The figures, months and files of a level above as a whole: what the units below sent, put together."""
