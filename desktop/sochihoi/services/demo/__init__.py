"""A demonstration commune: a year of invented people, made through the services as an officer would make it."""
