"""Use cases: each write is one function that opens one transaction."""
