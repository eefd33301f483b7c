// What happened, in order; the same module in every page.
const lines = []

module.exports = {
  write(line) {
    lines.push(line)
  },
  take() {
    return lines.splice(0)
  },
}
