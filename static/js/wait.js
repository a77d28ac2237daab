/* wait.js: what is being made shows itself when it is ready. Without it the page has a link to look again.
     [data-wait]   an address, asked while the page is looked at: 204 is no news, other answers take its place */
(() => {
  'use strict';
  const FIRST = 2000, MOST = 15000;
  let pause = FIRST, timer = 0;
  const find = () => document.querySelector('[data-wait]');
  const later = () => {
    clearTimeout(timer);
    if (find()) timer = setTimeout(ask, pause);
    pause = Math.min(pause * 1.25, MOST);               /* a report takes seconds; a queue takes longer */
  };
  const ask = async () => {
    const box = find();
    if (!box || document.hidden) return;
    try {
      const answer = await fetch(box.dataset.wait, { headers: { 'HX-Request': 'true' } });
      if (answer.redirected) return location.reload();  /* signed out meanwhile: the page itself asks to sign in */
      if (answer.ok && answer.status !== 204) {
        box.outerHTML = await answer.text();
        pause = FIRST;
      }
    } catch { /* no signal: ask again */ }
    later();
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) { pause = FIRST; clearTimeout(timer); ask(); }
  });
  later();
})();
