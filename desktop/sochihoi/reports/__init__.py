"""Write-only: a paper already put into words goes in, bytes of a PDF or XLSX come out.

Nothing heavy is imported here: the window takes ``charts`` from this package while it starts.
"""
