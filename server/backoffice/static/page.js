// Small services of every page: what was done or refused is said, things can be copied and printed, menus close.
'use strict';
{
  const toast = document.getElementById('said');
  let fading = null;

  const say = (words, kind = 'done') => {
    clearTimeout(fading);
    toast.textContent = words;
    toast.className = `toast-words is-shown is-${kind}`;
    fading = setTimeout(() => toast.classList.remove('is-shown'), 6000);
  };

  document.addEventListener('yuemian:say', (event) => say(event.detail));
  document.addEventListener('yuemian:said', (event) => say(event.detail.words, event.detail.kind));

  document.addEventListener('htmx:responseError', (event) => {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html');
    const words = page.querySelector('[data-error-words]')?.textContent.trim();
    say(words || '没有成功，请刷新页面后重试。', 'refused');
    document.dispatchEvent(new CustomEvent('yuemian:refresh'));
  });
  document.addEventListener('htmx:sendError', () => say('网络不通，没有提交成功，请稍后再试。', 'refused'));

  const copy = async (input) => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      say('已复制');
    } catch {
      say('请按 Ctrl+C 复制选中的内容');
    }
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-copy], [data-print]');
    if (button?.dataset.copy) copy(document.getElementById(button.dataset.copy));
    else if (button) window.print();
    document.querySelectorAll('details.account[open], details.mini-mark[open]').forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    document.querySelectorAll('details.account[open], details.mini-mark[open]').forEach((menu) => {
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  });

  // Evidence on paper shows what is folded away on the screen.
  let unfolded = [];
  window.addEventListener('beforeprint', () => {
    unfolded = [...document.querySelectorAll('.record details.more:not([open])')];
    unfolded.forEach((each) => each.setAttribute('open', ''));
  });
  window.addEventListener('afterprint', () => unfolded.forEach((each) => each.removeAttribute('open')));

  // Opening the link proves nothing, since programs open links too; a page that runs, signed in, does.
  const alert = document.querySelector('[data-opened]');
  if (alert) {
    const token = document.querySelector('meta[name=csrf-token]').content;
    fetch(alert.dataset.opened, { method: 'POST', headers: { 'X-CSRFToken': token } }).catch(() => {});
  }
}
