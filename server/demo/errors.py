"""The one error of the demo."""


class DemoError(Exception):
    """The demo cannot go on; the text is one clear sentence for the person at the terminal."""
