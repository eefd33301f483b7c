"""Reads: plain selects that change nothing."""
