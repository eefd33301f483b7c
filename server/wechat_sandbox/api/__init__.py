"""The platform's own endpoints, as api.weixin.qq.com answers them."""
