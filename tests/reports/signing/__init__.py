"""Signatures in PDF files, made with certificates of the tests and read back by the tools of others."""
