Page({
  onLoad() {
    throw new Error('载入时出错')
  },
  later() {
    setTimeout(() => {
      throw new Error('稍后出错')
    }, 0)
  },
  promised() {
    Promise.reject(new Error('承诺出错'))
  },
})
