"""The product's own PostgreSQL, for one machine: found or brought along, started on demand, never left behind.

`with server(var_dir) as address:` gives a running server for as long as the block lasts. Any number of
processes may hold it at once; when the last of them ends, however it ends, the server stops.
Nothing in this room imports Django, so that the command line starts fast.
"""

from .errors import PostgresError
from .lease import Address, get_address, lease, server

__all__ = ["Address", "PostgresError", "get_address", "lease", "server"]
