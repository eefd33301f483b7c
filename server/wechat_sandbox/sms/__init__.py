"""The SMS providers on loopback: they take what their SDKs send, put it on the phones and report back."""
