"""See desktop/docs/architecture.md."""
