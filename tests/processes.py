"""What another process must be told to work on the database of the running test."""

from django.db import connection


def database_of_the_test() -> str:
    """Return the address of the test's own database, as DATABASE_URL takes it."""
    login = connection.settings_dict
    password = f":{login['PASSWORD']}" if login["PASSWORD"] else ""
    port = f"&port={login['PORT']}" if login["PORT"] else ""
    return f"postgresql://{login['USER']}{password}@/{login['NAME']}?host={login['HOST']}{port}"
