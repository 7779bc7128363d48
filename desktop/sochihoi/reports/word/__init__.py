"""Official papers as Word documents, set from the same layout as the PDF."""
