"""The window around the pages: navigation, top bar, messages, keys, lock."""
