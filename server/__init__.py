"""Yuemian: cancelling AI interviews inside WeChat, and knowing what became of every message."""
