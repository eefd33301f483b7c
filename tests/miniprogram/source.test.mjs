// The source as it stands: every template compiles cleanly, every page exists, and it stays small.
import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { BUILT_INS, ROOT, compile, list, read, readJson } from './harness/source.mjs'

test('all WXML compiles without a warning', () => {
  assert.deepEqual(compile().complaints, [])
})

test('every page of app.json has its four files, a title of its own, and no page is left out', () => {
  const { pages } = readJson('app.json')
  assert.deepEqual([...pages].sort(), list('.wxml').filter((path) => path.startsWith('pages/')))
  const titles = pages.map((path) => {
    for (const extension of ['.js', '.wxml', '.wxss', '.json']) read(path + extension)
    return readJson(`${path}.json`).navigationBarTitleText
  })
  assert.equal(new Set(titles.filter(Boolean)).size, pages.length)
})

test('templates use only built-in elements the tests know and components that exist', () => {
  const { usingComponents } = readJson('app.json')
  const known = new Set([...BUILT_INS, 'block', ...Object.keys(usingComponents)])
  const used = list('.wxml').flatMap((path) => [...read(`${path}.wxml`).matchAll(/<([a-z-]+)/g)].map((match) => match[1]))
  assert.deepEqual([...new Set(used)].filter((name) => !known.has(name)), [])
  Object.values(usingComponents).forEach((path) => read(`${path.slice(1)}.wxml`))
})

test('only services/http.js talks to the network', () => {
  const callers = list('.js').filter((path) => /wx\.(request|uploadFile|downloadFile|connectSocket)\b/.test(read(`${path}.js`)))
  assert.deepEqual(callers, ['services/http'])
})

test('the whole source is under 60 KB', () => {
  const files = readdirSync(ROOT, { recursive: true }).map((name) => statSync(join(ROOT, name))).filter((it) => it.isFile())
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  assert.ok(bytes < 60_000, `${bytes} bytes`)
})
