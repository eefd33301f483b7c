/** `wx.request` and network state (小程序文档 · 网络). */

import { record, recordError } from '../../record.js';
import { REQUEST_DOMAINS } from '../../settings.js';
import { runInTapState, tapState } from '../tap-state.js';
import { makeInterface } from './interface.js';

const DEFAULT_TIMEOUT = 60000;
const BODILESS = ['GET', 'HEAD'];

function localUrl(url) {
  for (const [domain, path] of Object.entries(REQUEST_DOMAINS)) {
    if (url === domain || url.startsWith(`${domain}/`)) return `${path}${url.slice(domain.length) || '/'}`;
  }
  return null;
}

function withQuery(url, data) {
  if (!data || typeof data !== 'object') return url;
  const query = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : value)}`,
    )
    .join('&');
  return query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url;
}

function bodyOf(data, contentType) {
  if (data === undefined || data === null) return undefined;
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data;
  if (contentType.includes('x-www-form-urlencoded')) return withQuery('', data).slice(1);
  return JSON.stringify(data);
}

function prepare(options) {
  const method = (options.method ?? 'GET').toUpperCase();
  const headers = {
    'content-type': 'application/json',
    ...Object.fromEntries(
      Object.entries(options.header ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
  };
  delete headers.referer;
  const bodiless = BODILESS.includes(method);
  const url = localUrl(String(options.url ?? ''));
  return {
    url: url && bodiless ? withQuery(url, options.data) : url,
    // Cookies are not kept by WeChat: the session travels in a header.
    init: {
      method,
      headers,
      body: bodiless ? undefined : bodyOf(options.data, headers['content-type']),
      credentials: 'omit',
      cache: 'no-store',
    },
  };
}

async function readAnswer(response, options) {
  const header = Object.fromEntries(response.headers);
  const text = options.responseType === 'arraybuffer' ? await response.arrayBuffer() : await response.text();
  let data = text;
  if ((options.dataType ?? 'json') === 'json' && typeof text === 'string') {
    try {
      data = JSON.parse(text);
    } catch {
      // Not JSON: WeChat hands the text over as it came.
    }
  }
  return { data, statusCode: response.status, header, cookies: [], errMsg: 'request:ok' };
}

function failureOf(error, controller) {
  if (controller.signal.reason === 'timeout') return { errMsg: 'request:fail timeout', errno: 5 };
  if (controller.signal.aborted) return { errMsg: 'request:fail abort' };
  return { errMsg: `request:fail ${error.message ?? ''}`, errno: 600001 };
}

/** Every HTTP status is a success; only a missing answer is a failure. Never a promise; returns a task. */
function createRequest(online) {
  return (options) => {
    const state = tapState();
    const controller = new AbortController();
    const answer = (callbacks, result) =>
      callbacks.forEach((callback) => {
        if (typeof callback !== 'function') return;
        try {
          runInTapState(state, () => callback(result));
        } catch (error) {
          recordError(error, 'wx.request');
        }
      });
    const fail = (result) => answer([options.fail, options.complete], result);
    const { url, init } = prepare(options);
    record.requests.push({ method: init.method, url: options.url });
    if (!url) setTimeout(() => fail({ errMsg: 'request:fail url not in domain list', errno: 600002 }), 0);
    else if (!online())
      setTimeout(() => fail({ errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED', errno: 600001 }), 0);
    else {
      const timer = setTimeout(() => controller.abort('timeout'), options.timeout ?? DEFAULT_TIMEOUT);
      fetch(url, { ...init, signal: controller.signal })
        .then((response) => readAnswer(response, options))
        .then(
          (result) => answer([options.success, options.complete], result),
          (error) => fail(failureOf(error, controller)),
        )
        .finally(() => clearTimeout(timer));
    }
    const nothing = () => {};
    return {
      abort: () => controller.abort('abort'),
      onHeadersReceived: nothing,
      offHeadersReceived: nothing,
      onChunkReceived: nothing,
      offChunkReceived: nothing,
    };
  };
}

/** The network interfaces; `phone.flightMode` takes the network away. */
export function networkInterfaces({ phone }) {
  const online = () => navigator.onLine && !phone.flightMode;
  const listeners = new Set();
  const tell = () =>
    listeners.forEach((listener) =>
      runInTapState(null, () => listener({ isConnected: online(), networkType: online() ? 'wifi' : 'none' })),
    );
  ['online', 'offline'].forEach((name) => window.addEventListener(name, tell));
  return {
    request: createRequest(online),
    getNetworkType: makeInterface('getNetworkType', () => ({
      networkType: online() ? 'wifi' : 'none',
      signalStrength: 80,
      hasSystemProxy: false,
    })),
    onNetworkStatusChange: (listener) => {
      listeners.add(listener);
    },
    offNetworkStatusChange: (listener) => {
      if (listener) listeners.delete(listener);
      else listeners.clear();
    },
  };
}
