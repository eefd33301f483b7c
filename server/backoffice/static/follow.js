// Keeps an open page true: asks every other moment whether anything has changed, and swaps only the part that has.
'use strict';
{
  const EVERY = 1500;
  const body = document.body;
  const baseTitle = document.title.replace(/^\(\d+\) /, '');
  let waiting = Number(body.dataset.waiting);
  let trouble = '';
  let timer = null;
  let asking = false;
  let failures = 0;

  const part = () => document.getElementById('followed');

  const say = (words) => document.dispatchEvent(new CustomEvent('yuemian:say', { detail: words }));

  const showCount = (count) => {
    document.title = count ? `(${count}) ${baseTitle}` : baseTitle;
    document.querySelectorAll('[data-nav-count]').forEach((badge) => {
      badge.hidden = !count;
      badge.firstChild.textContent = String(count);
    });
    if (count > waiting) say(`有新的取消等待处理，共 ${count} 条`);
    waiting = count;
  };

  const showTrouble = (words) => {
    const banner = document.getElementById('trouble');
    banner.hidden = !words;
    banner.querySelector('span').textContent = words ?? '';
    trouble = words ?? '';
  };

  const showOffline = (words) => {
    const banner = document.getElementById('offline');
    banner.hidden = !words;
    if (words) banner.querySelector('span').textContent = words;
  };

  // What the reader has unfolded stays unfolded, and the keyboard stays where it was.
  const swap = async (element) => {
    const open = [...element.querySelectorAll('details[open][id]')].map((each) => each.id);
    const focused = document.activeElement?.id;
    const top = window.scrollY;
    await htmx.ajax('GET', element.dataset.part, { source: element, target: element, swap: 'outerHTML' });
    open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
    if (focused && document.activeElement?.id !== focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    window.scrollTo({ top, behavior: 'instant' });
  };

  const take = async (state) => {
    const element = part();
    showTrouble(state.trouble);
    if (element && state.version !== element.dataset.version) await swap(element);
    showCount(state.waiting);
  };

  const ask = async () => {
    const element = part();
    const query = new URLSearchParams({
      page: element?.dataset.page ?? '', v: element?.dataset.version ?? '', n: String(waiting), t: trouble,
    });
    const answer = await fetch(`${body.dataset.follow}?${query}`, { headers: { Accept: 'application/json' } });
    if (answer.status === 401) {
      showOffline('登录已过期，请刷新页面重新登录。');
      return false;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    showOffline(null);
    if (answer.status === 200) await take(await answer.json());
    return true;
  };

  const round = async () => {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    let again = true;
    try {
      again = document.hidden || document.querySelector('.htmx-request') ? true : await ask();
      failures = 0;
    } catch {
      failures += 1;
      if (failures > 1) showOffline('连接已断开，正在重试。页面上的内容可能不是最新的。');
    }
    asking = false;
    if (again) timer = setTimeout(round, Math.min(EVERY * 2 ** Math.max(0, failures - 1), 15000));
  };

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) round();
  });
  document.addEventListener('yuemian:refresh', () => {
    if (part()) swap(part());
  });
  window.addEventListener('online', round);
  round();
}
