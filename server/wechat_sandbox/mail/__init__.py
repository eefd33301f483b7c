"""A mail server on loopback: it takes mail for the people who carry the phones, and behaves as they do."""
