"""A training hall full of phones against the server as it is run: gunicorn, PostgreSQL, two cores."""
