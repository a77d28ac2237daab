/* roster.js: taps on the roster are not lost when the signal is. Without it every tap is a form that is sent.
     form[data-tap="target"]  its post is kept in this browser until the server has answered, with a key by which
                              the server knows it again and the phone's own clock; what comes back takes the
                              target's place. data-name says whom it is about, data-undo that it takes one back
     #antrean                 says how many wait; data-who is whose they are
   They are sent one after the other, in the order in which they were tapped. */
(() => {
  'use strict';
  const AGAIN = 4000, PATIENCE = 20000;
  const box = document.getElementById('antrean');
  if (!box || !window.htmx) return;
  const words = box.dataset, shelf = 'ketukan:' + words.who;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  let spare = [];                                      /* where the browser keeps nothing, the page does */
  const read = () => { try { return JSON.parse(localStorage.getItem(shelf)) || spare; } catch { return spare; } };
  const write = (items) => {
    spare = items;
    try { localStorage.setItem(shelf, JSON.stringify(items)); } catch { /* full or forbidden */ }
  };
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };

  /* What was tapped shows at once; what it showed before is kept for taking it back. */
  const press = (form, status) => {
    form.elements.seen.value = status;
    for (const b of all('button[name=status]', form)) b.setAttribute('aria-pressed', String(b.value === status));
  };
  const rows = (item) => item.status
    ? all('form.taps').filter((form) => form.action === item.action)
    : all('form.taps:not([data-excused])').filter((form) => !form.elements.seen.value);
  const paint = (item) => {
    const forms = item.status ? rows(item).slice(item.place, item.place + 1) : rows(item);
    const was = forms.map((form) => [form, form.elements.seen.value]);
    for (const form of forms) press(form, item.status || 'present');
    return was;
  };
  const painted = {};                                  /* key of a tap: [[form, what it showed]] */
  const offer = (item) => {
    const undo = document.getElementById('urung');
    if (!undo) return;
    undo.elements.tap.value = item.key;
    undo.querySelector('[data-words]').textContent = item.words;
    undo.hidden = false;
  };
  const find = document.getElementById('cari-nama');
  const sift = () => {
    const wanted = find ? find.value.trim().toLowerCase() : '';
    for (const li of all('.roster > li')) {
      li.hidden = wanted && !all('.name', li).some((p) => p.textContent.toLowerCase().includes(wanted));
    }
  };
  if (find) {
    find.addEventListener('input', sift);
    find.form.addEventListener('submit', (event) => { event.preventDefault(); find.blur(); });
  }

  let isBusy = false, isStuck = false, moved = 0, timer = 0;
  const show = (text) => {
    const n = read().length;
    box.hidden = !n && !text;
    box.classList.toggle('quiet', !text && !isStuck);
    box.textContent = text || (isStuck ? words.waiting : words.sending).replace('{n}', n);
  };
  const place = (item, html) => {
    const target = document.querySelector(item.target);
    if (target && location.pathname === item.page) htmx.swap(target, html, { swapStyle: 'outerHTML', settleDelay: 0 });
    /* what is still on its way stands above what the server has heard so far */
    const waiting = read();
    for (const one of waiting) if (!one.isUndo) painted[one.key] = paint(one);
    if (waiting.length && !waiting[waiting.length - 1].isUndo) offer(waiting[waiting.length - 1]);
    sift();
  };
  const next = async () => {
    const item = read()[0];
    if (isBusy || !item) return show();
    isBusy = true; show();
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), PATIENCE);
    const body = new URLSearchParams(item.body), token = document.querySelector('[name=csrfmiddlewaretoken]');
    if (token) body.set('csrfmiddlewaretoken', token.value);
    body.set('sent', new Date().toISOString());
    let said = '';
    try {
      const answer = await fetch(item.action, {
        method: 'POST', body, headers: { 'HX-Request': 'true' }, redirect: 'manual', signal: stop.signal,
      });
      if (answer.status >= 500 || answer.status === 429) throw answer;
      isStuck = false;
      if (answer.type === 'opaqueredirect' || answer.status === 403) { isStuck = true; said = words.signedOut; return; }
      const html = answer.ok ? await answer.text() : '';
      write(read().filter((one) => one.key !== item.key));
      moved += 1;
      if (answer.ok) place(item, html); else said = words.lost;
    } catch {
      isStuck = true;
    } finally {
      clearTimeout(late);
      isBusy = false;
      show(said);
      clearTimeout(timer);
      if (isStuck) timer = setTimeout(next, AGAIN); else if (read().length) next();
    }
  };

  document.addEventListener('submit', (event) => {
    const form = event.target, button = event.submitter;
    if (!('tap' in form.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form)), key = newKey();
    const status = button && button.name === 'status' ? button.value : '';
    if (status) body.set('status', status);
    body.set('key', key);
    body.set('at', new Date().toISOString());
    const same = all('form.taps').filter((one) => one.action === form.action);
    const item = {
      key, status, action: form.action, page: location.pathname, target: form.dataset.tap, body: body.toString(),
      isUndo: 'undo' in form.dataset, place: Math.max(same.indexOf(form), 0),
      words: (status ? button.firstChild.textContent + ': ' : '') + form.dataset.name,
    };
    moved += 1;
    if (item.isUndo) {
      for (const [one, was] of painted[form.elements.tap.value] || []) if (one.isConnected) press(one, was);
      form.hidden = true;
    } else {
      painted[key] = paint(item);
      offer(item);
    }
    write([...read(), item]);
    next();
  });
  addEventListener('online', next);
  addEventListener('storage', (event) => { if (event.key === shelf) show(); });

  /* The roster's own refreshing waits for the taps, and is not believed when it was asked before one. */
  let asked = 0;
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (!navigator.onLine || (event.target.id === 'daftar' && read().length)) return event.preventDefault();
    if (event.target.id === 'daftar') asked = moved;
  });
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.target.id === 'daftar' && event.detail.xhr && asked !== moved) event.detail.shouldSwap = false;
  });
  document.addEventListener('htmx:afterSettle', sift);
  for (const one of read()) if (!one.isUndo && one.page === location.pathname) painted[one.key] = paint(one);
  next();
})();
