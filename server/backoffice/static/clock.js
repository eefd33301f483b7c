// Lets every clock of the page tick: chips that count down to when somebody must have been told, and codes that run out.
'use strict';
{
  const SOON = 15 * 60;

  const span = (seconds) => {
    const minutes = Math.floor(seconds / 60);
    if (minutes >= 24 * 60) return `${Math.floor(minutes / 1440)} 天`;
    if (minutes >= 60) return `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`;
    return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  };

  const secondsTo = (moment) => (Date.parse(moment) - Date.now()) / 1000;

  const write = (element, text) => {
    const target = element.querySelector('[data-clock]');
    if (target && target.textContent !== text) target.textContent = text;
  };

  const tickChip = (chip) => {
    const left = secondsTo(chip.dataset.tellBy);
    const state = left <= 0 ? 'late' : left <= SOON ? 'soon' : 'calm';
    for (const name of ['calm', 'soon', 'late']) chip.classList.toggle(`clock-${name}`, name === state);
    const word = { calm: '剩余', soon: '即将超时，剩', late: '已超时' }[state];
    write(chip, `${word} ${span(Math.abs(left))}`);
  };

  const tickCode = (code) => {
    const left = secondsTo(code.dataset.until);
    write(code, left > 0 ? `${span(left)} 内有效` : '已过期');
    if (left <= 0 && !code.dataset.over) {
      code.dataset.over = 'yes';
      document.dispatchEvent(new CustomEvent('yuemian:refresh'));
    }
  };

  const tick = () => {
    document.querySelectorAll('[data-tell-by]').forEach(tickChip);
    document.querySelectorAll('[data-until]').forEach(tickCode);
  };

  tick();
  setInterval(tick, 1000);
  document.addEventListener('htmx:afterSwap', tick);
}
