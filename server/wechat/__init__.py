"""The way to WeChat and back: tokens, calls, error codes, pushes. It knows no tables, no settings and no Flask."""
