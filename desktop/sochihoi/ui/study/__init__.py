"""Pages of the study of resolutions."""
