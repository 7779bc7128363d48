"""The signed file. Pure: no database, no clock, no words; randomness and time are arguments.

Byte by byte: desktop/docs/sync-format.md.
"""
