"""What a test, a demo or a phone asks of the sandbox itself, under /sandbox/."""
