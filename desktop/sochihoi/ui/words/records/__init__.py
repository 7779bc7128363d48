"""Records as the journal holds them, in the officer's words: titles, fields, values. No Qt."""
