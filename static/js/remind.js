/* remind.js: opening WhatsApp also remembers that somebody did. Without it the button beside it does.
     a[data-remind="form"]  sends the form of this id while its link opens in another tab */
(() => {
  'use strict';
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-remind]');
    const form = link && document.getElementById(link.dataset.remind);
    if (!form || !window.fetch) return;
    const body = new URLSearchParams(new FormData(form));
    fetch(form.getAttribute('action') || location.pathname, { method: 'POST', body, keepalive: true })
      .then((answer) => { if (answer.ok) location.reload(); })
      .catch(() => {}); /* no signal: the button beside the link is still there */
  });
})();
