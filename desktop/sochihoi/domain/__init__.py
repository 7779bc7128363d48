"""What the Union's rules say: frozen dataclasses and pure functions. No I/O, no clock, no words."""
