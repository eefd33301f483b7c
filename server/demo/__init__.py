"""The demo: a company, its candidates' phones and WeChat on one machine; `python -m server.demo` starts it.

It uses the server as everybody else does, over HTTP and through its commands, and imports none of it.
"""
