"""Message push (消息推送): what WeChat posts to the web server."""
