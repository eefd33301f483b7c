/** Registers the mini-program's pages and components with the component engine, each when it is first needed. */

import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { nextFrame } from '../dom.js';
import { defineBuiltins } from './builtins/index.js';
import { createBackendContext } from './backend.js';
import { convertStyles } from './styles.js';
import { recordError } from '../record.js';

/** The engine's spaces for one mini-program, and what `Page`, `Component` and `Behavior` do in its files. */
export class Registry {
  constructor(source, groups, builtinContext) {
    this.source = source;
    this.groups = groups;
    this.registered = new Set();
    this.definers = null;
    const environment = new MiniProgramEnv();
    const builtins = defineBuiltins(environment.getGlobalCodeSpace().getComponentSpace(), builtinContext);
    this.space = environment.createCodeSpace('main', true);
    for (const [tag, component] of Object.entries(builtins)) {
      this.space.getComponentSpace().setGlobalUsingComponent(tag, component);
    }
    this.space.setOverallBehavior(readyBehavior(this.space));
    this.namedBehaviors = {
      'wx://form-field': this.space
        .behavior()
        .definition({ properties: { name: String, value: null } })
        .register(),
      'wx://component-export': this.space.behavior().definition({}).register(),
      'wx://form-field-group': this.space.behavior().definition({}).register(),
      'wx://form-field-button': this.space.behavior().definition({}).register(),
    };
    this.backend = environment.associateBackend(createBackendContext());
    this.addStyles('app');
  }

  /** The globals that register something, always for the file being registered and not for the module calling. */
  get globals() {
    return {
      Page: (definition) => this.definers.Page(definition),
      Component: (definition) => this.definers.Component(this.resolveBehaviors(definition)),
      Behavior: (definition) => this.space.behavior().definition(this.resolveBehaviors(definition)).register(),
    };
  }

  resolveBehaviors(definition) {
    if (!definition?.behaviors) return definition;
    return { ...definition, behaviors: definition.behaviors.map((one) => this.namedBehaviors[one] ?? one) };
  }

  /** Register a page or component with everything it uses; `modules` runs its file. */
  register(path, modules) {
    if (this.registered.has(path)) return;
    this.registered.add(path);
    const using = this.source.componentsOf(path);
    Object.values(using).forEach((component) => this.register(component, modules));
    const isPage = this.source.pages.includes(path);
    const config = this.source.json(path);
    this.space.addComponentStaticConfig(path, {
      ...config,
      component: isPage ? config.component : true,
      usingComponents: Object.fromEntries(Object.entries(using).map(([tag, target]) => [tag, `/${target}`])),
    });
    this.addStyles(path, isPage ? '' : path.replace(/\W/g, '-'));
    if (!this.groups[path]) throw new Error(`${path}.wxml：文件不存在。`);
    this.space.addCompiledTemplate(path, { groupList: this.groups, content: this.groups[path] });
    this.space.componentEnv(path, (definers) => {
      const before = this.definers;
      this.definers = definers;
      try {
        modules.load(path);
      } finally {
        this.definers = before;
      }
    });
  }

  addStyles(path, scope = '') {
    if (scope) this.space.addStyleSheet(path, path, scope);
    else this.space.addStyleSheet(path, path);
    this.backend.registerStyleSheetContent(path, convertStyles(this.source, path, scope));
  }
}

/** The engine never tells a component that it is on the screen; WeChat calls that `ready`. */
function readyBehavior(space) {
  return space
    .behavior()
    .lifetime('attached', function attached() {
      const component = this._$;
      nextFrame().then(() => {
        try {
          component.triggerLifetime('ready', []);
        } catch (error) {
          recordError(error, 'ready');
        }
      });
    })
    .register()._$;
}
