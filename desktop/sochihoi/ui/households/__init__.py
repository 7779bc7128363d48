"""The page of households."""
