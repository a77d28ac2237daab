/* apply.js: the public application form keeps itself while it is filled in. The form works without it.
     form[data-draft="address"]   sent there a moment after each change; [data-draft-state] says how it went
     [data-apply-here="path"]     this browser remembers the link of the form on this page
     [data-apply-resume]          shown where a link is remembered; [data-apply-forget] drops it
     [data-apply-copy="id"]       copies the text of that input */
(() => {
  'use strict';
  const KEY = 'daftar';
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; } };
  const write = (value) => { try { localStorage.setItem(KEY, JSON.stringify(value)); } catch { /* full or forbidden */ } };
  const drop = () => { try { localStorage.removeItem(KEY); } catch { /* forbidden */ } };

  const here = document.querySelector('[data-apply-here]');
  if (here) write({ path: here.dataset.applyHere, code: here.dataset.applyCode });
  if (document.querySelector('[data-apply-gone]')) drop();

  const box = document.querySelector('[data-apply-resume]'), kept = read();
  if (box && kept && /^\/daftar\/[\w.-]+\/$/.test(kept.path)) {
    box.hidden = false;
    box.querySelector('[data-apply-code]').textContent = kept.code;
    box.querySelector('[data-apply-link]').href = kept.path;
    box.querySelector('[data-apply-forget]').addEventListener('click', () => { drop(); box.hidden = true; });
  }

  for (const button of document.querySelectorAll('[data-apply-copy]')) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.applyCopy).value);
      button.textContent = button.dataset.applyCopied;
    });
  }

  const form = document.querySelector('form[data-draft]');
  if (!form) return;
  const state = form.querySelector('[data-draft-state]');
  let timer = null, waiting = false, sending = false;
  const save = async () => {
    if (sending) { waiting = true; return; }
    sending = true; waiting = false;
    state.textContent = form.dataset.draftSaving;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.draft, { method: 'POST', body, keepalive: true });
      if (answer.status === 409) { location.reload(); return; }
      if (!answer.ok) throw new Error(answer.status);
      state.textContent = await answer.text();
    } catch {
      state.textContent = form.dataset.draftLost;
      clearTimeout(timer);
      timer = setTimeout(save, 15000);
    } finally {
      sending = false;
      if (waiting) save();
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(save, 800); };
  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
  form.addEventListener('submit', () => clearTimeout(timer));
  addEventListener('online', soon);
})();
