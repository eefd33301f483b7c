// Reads the mini-program as it lies on disk: its pages, its components, its compiled templates.
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const { TmplGroup } = require('glass-easel-template-compiler')

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../miniprogram')
export const BUILT_INS = ['view', 'text', 'button', 'textarea']

export const read = (path) => readFileSync(join(ROOT, path), 'utf8')
export const readJson = (path) => JSON.parse(read(path))

/** Every file with this extension, as paths from the mini-program's root without the extension. */
export function list(extension) {
  return readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)).slice(0, -extension.length))
    .sort()
}

/** Compiles all WXML; gives the generated templates by path and whatever the compiler complained of. */
export function compile() {
  const group = new TmplGroup()
  const complaints = list('.wxml').flatMap((path) =>
    group.addTmpl(path, read(`${path}.wxml`)).map((it) => `${path}.wxml:${it.startLine} ${it.message}`),
  )
  for (const name of BUILT_INS) group.addTmpl(`wx/${name}`, '<slot/>')
  const templates = (0, eval)(group.getTmplGenObjectGroups())
  group.free()
  return { templates, complaints }
}
