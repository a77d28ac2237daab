/* list.js: keys for a list of links, form[data-list]. Nothing here is required; the list works without it.
   The keys act only while the focus is inside the table (WCAG 2.1.4), never inside a field, and the focus is
   always a real link or the table itself, so that a screen reader says where one is.
     j ↓ next   k ↑ previous   Enter opens (the link's own)   x ticks   [ ← ] → pages   / search   ? these keys
   Also: input[data-found] takes all that was found instead of the ticked ones. */
(() => {
  'use strict';
  const RESUME = 'daftar:fokus';
  const list = () => document.querySelector('form[data-list]');
  const table = () => list()?.querySelector('.dt-wrap');
  const links = () => [...table().querySelectorAll('tbody th a')];

  const move = (step) => {
    const all = links(), row = document.activeElement.closest('tbody tr');
    const at = row ? all.findIndex((link) => row.contains(link)) : step > 0 ? -1 : all.length;
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next) { next.focus(); next.closest('tr').scrollIntoView({ block: 'nearest' }); }
  };
  const tick = () => {
    const box = document.activeElement.closest('tbody tr')?.querySelector('input[type=checkbox]');
    if (box) box.click();
  };
  const turn = (place) => {
    const link = document.querySelector(`.pager nav li:${place} a`);
    if (!link) return;
    try { sessionStorage.setItem(RESUME, '1'); } catch { /* forbidden */ }
    link.click();
  };
  const help = () => {
    const keys = document.querySelector('details.keys');
    if (keys) { keys.open = !keys.open; if (keys.open) keys.scrollIntoView({ block: 'nearest' }); }
  };
  const acts = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), x: tick,
    '[': () => turn('first-child'), ArrowLeft: () => turn('first-child'),
    ']': () => turn('last-child'), ArrowRight: () => turn('last-child'),
    '/': () => document.querySelector('form.filters [name=q]')?.focus(), '?': help,
  };
  document.addEventListener('keydown', (event) => {
    const inside = table()?.contains(event.target);
    const typing = event.target.matches('textarea, select, input:not([type=checkbox])');
    const act = acts[event.key];
    if (!inside || typing || !act || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    act();
  });

  /* Pages are turned from the table back into the table. */
  let resumes = false;
  try { resumes = sessionStorage.getItem(RESUME) === '1'; sessionStorage.removeItem(RESUME); } catch { /* forbidden */ }
  if (resumes && table()) (links()[0] || table()).focus();

  /* "All that was found": ticks the page, says the number, and unticking one takes it back. */
  document.addEventListener('change', (event) => {
    const form = list(), all = form?.querySelector('input[data-found]');
    if (!all || !form.contains(event.target)) return;
    const boxes = [...form.querySelectorAll('td input[type=checkbox][name=ikm]')];
    if (event.target === all && all.checked) for (const box of boxes) box.checked = true;
    if (event.target !== all && boxes.some((box) => !box.checked)) all.checked = false;
    const out = form.querySelector('[data-selected]');
    if (!out || !all.checked) return;
    const found = new Intl.NumberFormat(document.documentElement.lang).format(all.dataset.found);
    setTimeout(() => { out.textContent = found; }); /* after portal.js has counted the ticked ones */
  });
})();
