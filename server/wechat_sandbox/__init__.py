"""WeChat on loopback: it answers like api.weixin.qq.com, pushes events and carries the phones."""
