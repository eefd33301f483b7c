"""The phone in the browser, driven by Chromium."""
