// A phone without a screen: Tencent's component engine runs the real pages, a finger taps, a page stack follows.
import { createRequire } from 'node:module'
import { join, posix } from 'node:path'
import { BUILT_INS, ROOT, compile, list, read, readJson } from './source.mjs'

const require = createRequire(import.meta.url)
const engine = require('glass-easel')
const { MiniProgramEnv } = require('glass-easel-miniprogram-adapter')

const { templates } = compile()
// What the engine would print on a developer's console fails the test that caused it.
const complaints = []
engine.addGlobalWarningListener((message) => complaints.push(message))
engine.addGlobalErrorListener((error) => complaints.push(error))
const PROPERTIES = ['disabled', 'value', 'maxlength', 'placeholder', 'placeholderClass', 'hoverClass', 'cursorSpacing',
  'showConfirmBar', 'userSelect', 'ariaRole', 'ariaLabel', 'ariaChecked', 'ariaHidden']

export class Phone {
  /** @param wx the fake boundary of wx.mjs; navigation is added to it here */
  constructor(wx) {
    this.wx = wx
    this.taps = 0
    this.stack = []
    this.space = this.#register()
    const [go, swap] = [(url) => this.#push(url), (url) => this.#push(url, this.stack.pop())]
    const clear = (url) => this.#push(url, ...this.stack.splice(0))
    Object.assign(wx.api, {
      navigateTo: ({ url }) => go(url),
      redirectTo: ({ url }) => swap(url),
      reLaunch: ({ url }) => clear(url),
      navigateBack: () => {
        this.#close(this.stack.pop())
        this.page.onShow?.()
      },
    })
  }

  /** Opens a page as a card, a link or a code would, and waits until it is quiet. */
  async open(url) {
    this.wx.api.reLaunch({ url: `/${url}` })
    await this.settle()
  }

  get page() {
    return this.stack.at(-1).root.get()
  }

  get path() {
    return this.stack.at(-1).url
  }

  /** Everything readable on the page in front. */
  get text() {
    return this.#nodes().filter((node) => engine.TextNode.isTextNode(node)).map((node) => node.textContent).join('')
  }

  find(className) {
    return this.#nodes().filter((node) => node.classList?.contains(className))
  }

  /** One tap on the n-th node of a class; a disabled button swallows it, as in WeChat. */
  touch(className, index = 0) {
    const node = this.find(className)[index]
    if (!node) throw new Error(`nothing to tap: .${className}[${index}] on ${this.path}`)
    this.taps += 1
    if (node.data?.disabled) return
    this.wx.inTap(() => engine.Event.triggerEvent(node, 'tap', {}, { bubbles: true, composed: true }))
  }

  async tap(className, index = 0) {
    this.touch(className, index)
    await this.settle()
  }

  async type(className, value) {
    engine.Event.triggerEvent(this.find(className)[0], 'input', { value }, { bubbles: true })
    await this.settle()
  }

  async settle() {
    for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    if (complaints.length) throw new Error(`the engine complained: ${complaints.splice(0).join('; ')}`)
  }

  #nodes() {
    const top = this.stack.at(-1).root.getComponent()
    return [...engine.ElementIterator.create(top, engine.ElementIteratorType.ComposedDescendantsRootFirst, Object)]
  }

  #push(url, ...closed) {
    closed.filter(Boolean).forEach((entry) => this.#close(entry))
    this.stack.at(-1)?.root.get().onHide?.()
    const [path, search = ''] = url.slice(1).split('?')
    if (!this.pages.includes(path)) throw new Error(`no such page: ${url}`)
    const root = this.backend.createRoot('page', this.space, path)
    engine.Element.pretendAttached(root.getComponent())
    this.stack.push({ url: url.slice(1), root })
    const page = root.get()
    page.onLoad?.(Object.fromEntries(search.split('&').filter(Boolean).map((pair) => pair.split('='))))
    page.onShow?.()
  }

  #close(entry) {
    entry.root.get().onUnload?.()
    entry.root.release()
  }

  #register() {
    const env = new MiniProgramEnv()
    const builtIns = env.getGlobalCodeSpace().getComponentSpace()
    const properties = Object.fromEntries(PROPERTIES.map((name) => [name, { type: null, value: '' }]))
    const shared = BUILT_INS.map((name) => [name, builtIns.defineComponent({
      is: `wx/${name}`, properties, template: { groupList: templates, content: templates[`wx/${name}`] },
    })])
    const space = env.createCodeSpace('main', true)
    shared.forEach(([name, definition]) => space.getComponentSpace().setGlobalUsingComponent(name, definition.general()))
    const app = readJson('app.json')
    this.pages = app.pages
    const load = this.#loader()
    for (const path of list('.wxml')) {
      const config = readJson(`${path}.json`)
      space.addComponentStaticConfig(path, { ...config, usingComponents: { ...app.usingComponents, ...config.usingComponents } })
      space.addCompiledTemplate(path, { groupList: templates, content: templates[path] })
      space.componentEnv(path, (scope) => load(path, scope))
    }
    this.backend = env.associateBackend(new engine.EmptyBackendContext())
    return space
  }

  /** CommonJS with nothing of the browser or of node inside; every phone has its own module state. */
  #loader() {
    const loaded = new Map()
    const load = (path, scope = {}) => {
      if (loaded.has(path)) return loaded.get(path).exports
      const module = { exports: {} }
      loaded.set(path, module)
      const names = { module, exports: module.exports, wx: this.wx.api, getCurrentPages: () => this.stack, ...scope }
      names.require = (to) => load(posix.join(posix.dirname(path), to))
      const run = new Function(...Object.keys(names), `${read(`${path}.js`)}\n//# sourceURL=${join(ROOT, path)}.js`)
      run(...Object.values(names))
      return module.exports
    }
    return load
  }
}
