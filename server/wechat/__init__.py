"""The way to WeChat and back: tokens, calls, error codes, pushes; no tables, no settings, no Flask."""
