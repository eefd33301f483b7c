// Writes moments the way people here read them. Interviews run on Beijing time wherever the phone is.
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000

/** @param {number} moment milliseconds; the result's UTC fields read as Beijing wall-clock time */
function beijing(moment) {
  return new Date(moment + BEIJING_OFFSET_MS)
}

/** @param {number} number */
function twoDigits(number) {
  return number < 10 ? `0${number}` : `${number}`
}

/**
 * @param {string | null | undefined} iso ISO 8601 in UTC
 * @param {number} [now] milliseconds
 * @returns {string} "今天 15:02" or "3月14日 15:02"; '' for nothing
 */
function momentText(iso, now = Date.now()) {
  if (!iso) return ''
  const then = beijing(Date.parse(iso))
  const today = beijing(now)
  const sameDay = then.toISOString().slice(0, 10) === today.toISOString().slice(0, 10)
  const day = sameDay ? '今天' : `${then.getUTCMonth() + 1}月${then.getUTCDate()}日`
  return `${day} ${twoDigits(then.getUTCHours())}:${twoDigits(then.getUTCMinutes())}`
}

module.exports = { momentText }
