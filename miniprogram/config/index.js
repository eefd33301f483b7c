// The one place that says where the service lives; WeChat wants this host in the request allow-list (服务器域名).
module.exports = {
  apiBase: 'https://api.yuemian.example.com',
}
