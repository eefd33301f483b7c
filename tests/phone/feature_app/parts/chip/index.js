Component({ options: { virtualHost: true }, properties: { text: String } })
