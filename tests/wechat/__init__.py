"""The gateway to WeChat, tried against the published samples, a loopback server and the sandbox."""
