"""How fast it is: figures measured over real HTTP at a real PostgreSQL, one JSON line each. Not part of the suite."""
