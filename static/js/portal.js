/* portal.js: small comforts. Every page works without it; nothing here is required.
   Driven by data- attributes:
     form[data-plain]      leave this form alone          form[data-warn]   ask before leaving unsaved changes
     form[data-keep="key"] keep text fields in this browser until they have been sent
     input[data-all]       ticks every box of its form    [data-selected]   shows how many are ticked
     input[type=file][accept^="image"]  photos shrink before they are sent
     [data-countdown="seconds"]         counts down to 0  input[type=password] gets a button that shows it
     .score input[data-meaning]         its words appear in the [data-meaning-of] of its fieldset
     input[name="<photos>_taken"]       receives when the photos of input <photos> were taken: shrinking drops it
     "shrunk" is told of such an input when its photos are ready to travel
     [data-print]                       prints the page */
(() => {
  'use strict';
  const body = document.body, words = body.dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* The error summary takes focus, so that a screen reader begins there. */
  const summary = document.querySelector('[data-focus]');
  if (summary) summary.focus();

  /* Forms: one submit, a warning before work is lost, text kept in the browser. */
  const saved = new WeakSet();
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post' || 'plain' in form.dataset) return;
    if (event.submitter && 'again' in event.submitter.dataset) return; /* a download leaves the page as it is */
    if (form.dataset.busy) { event.preventDefault(); return; }
    form.dataset.busy = '1';
    saved.add(form);
    const button = event.submitter;
    /* after this tick: a disabled button would not send its name and value */
    setTimeout(() => {
      for (const b of all('button:not([type=button]), input[type=submit]', form)) b.disabled = true;
      if (button && button.tagName === 'BUTTON') {
        button.dataset.words = button.innerHTML;
        button.setAttribute('aria-busy', 'true');
        button.textContent = words.saving;
      }
    });
  });
  /* Back from the cache of the browser: the buttons must work again. */
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const form of all('form[data-busy]')) {
      delete form.dataset.busy;
      for (const b of all(':disabled', form)) {
        b.disabled = false;
        if (b.dataset.words) { b.innerHTML = b.dataset.words; b.removeAttribute('aria-busy'); }
      }
    }
  });

  const changed = new Set();
  for (const form of all('form[data-warn]')) form.addEventListener('input', () => changed.add(form));
  addEventListener('beforeunload', (event) => {
    if ([...changed].some((form) => form.isConnected && !saved.has(form))) event.preventDefault();
  });

  const store = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
  };
  const texts = (form) => all('textarea[name], input[type=text][name]', form).filter((f) => !('private' in f.dataset));
  for (const form of all('form[data-keep]')) {
    const key = 'simpan:' + form.dataset.keep, kept = store.get(key) || {};
    const missing = texts(form).filter((f) => kept[f.name] && kept[f.name] !== f.value);
    if (missing.length) {
      const note = document.createElement('div');
      note.className = 'note warn mb-3';
      note.setAttribute('role', 'status');
      const p = document.createElement('p');
      p.textContent = words.restore + ' ';
      const button = (label, act) => {
        const b = document.createElement('button');
        b.type = 'button'; b.className = 'btn btn-2 btn-sm'; b.textContent = label;
        b.addEventListener('click', () => { act(); note.remove(); });
        p.append(b, ' ');
      };
      button(words.restoreYes, () => missing.forEach((f) => {
        f.value = kept[f.name];
        const box = f.closest('details');
        if (box) box.open = true;
        changed.add(form);
      }));
      button(words.restoreNo, () => store.drop(key));
      note.append(p);
      (form.querySelector('main') || form).prepend(note);
    }
    form.addEventListener('input', () => {
      store.set(key, Object.fromEntries(texts(form).filter((f) => f.value).map((f) => [f.name, f.value])));
    });
  }
  /* The server says when the text has arrived: <div data-kept="key"> on the page after saving. */
  for (const done of all('[data-kept]')) store.drop('simpan:' + done.dataset.kept);

  /* Tables: select all and say how many. */
  const boxes = (form) => all('td input[type=checkbox][name]', form);
  const count = (form) => {
    const every = boxes(form), on = every.filter((b) => b.checked);
    for (const b of every) { const row = b.closest('tr'); if (row) row.classList.toggle('on', b.checked); }
    for (const head of all('input[data-all]', form)) {
      head.checked = on.length > 0 && on.length === every.length;
      head.indeterminate = on.length > 0 && on.length < every.length;
    }
    for (const out of all('[data-selected]', form)) out.textContent = on.length;
    for (const bar of all('.bulk', form)) bar.hidden = !on.length;
  };
  document.addEventListener('change', (event) => {
    const form = event.target.form;
    if (!form || event.target.type !== 'checkbox' || !form.querySelector('input[data-all]')) return;
    if ('all' in event.target.dataset) for (const b of boxes(form)) b.checked = event.target.checked;
    count(form);
  });
  const tables = (root) => all('input[data-all]', root).forEach((head) => head.form && count(head.form));
  tables(document);
  document.addEventListener('htmx:afterSwap', () => tables(document));

  /* Photos: 1,600 px and JPEG 0.75 before they travel; redrawing also drops the position data. */
  const shrink = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, 1600 / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.75));
    if (!blob || (scale === 1 && blob.size >= file.size)) return file;
    return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified });
  };
  document.addEventListener('change', async (event) => {
    const input = event.target;
    if (input.type !== 'file' || !(input.accept || '').startsWith('image') || !input.files.length || !window.DataTransfer) return;
    const buttons = input.form ? all('button:not([type=button])', input.form) : [];
    const box = input.closest('.evid, .upload') || input.parentElement;
    let note = box.querySelector('.photos');
    if (!note) { note = document.createElement('span'); note.className = 'photos small muted'; note.setAttribute('role', 'status'); box.append(note); }
    note.textContent = words.shrinking;
    for (const b of buttons) b.disabled = true;
    try {
      const parcel = new DataTransfer();
      for (const file of input.files) parcel.items.add(await shrink(file).catch(() => file));
      input.files = parcel.files;
    } finally {
      for (const b of buttons) b.disabled = false;
      const taken = input.form && input.form.elements[input.name + '_taken'];
      if (taken) taken.value = [...input.files].map((file) => new Date(file.lastModified).toISOString()).join(' ');
      const kb = Math.round([...input.files].reduce((sum, file) => sum + file.size, 0) / 1024);
      note.textContent = `${input.files.length} ${words.photos} (${kb} KB)`;
      input.dispatchEvent(new Event('shrunk', { bubbles: true }));
    }
  });

  /* The rubric says what the chosen score means. */
  const explain = (input) => {
    const out = input.closest('fieldset')?.querySelector('[data-meaning-of]');
    if (out) { out.textContent = input.dataset.meaning; out.hidden = !input.dataset.meaning; }
  };
  document.addEventListener('change', (event) => { if ('meaning' in event.target.dataset) explain(event.target); });
  all('.score input[data-meaning]:checked').forEach(explain);

  /* No network: say so, once, on top. */
  const bar = document.createElement('div');
  bar.className = 'offline'; bar.setAttribute('role', 'status'); bar.hidden = true;
  body.prepend(bar);
  const online = () => { bar.hidden = navigator.onLine; bar.textContent = navigator.onLine ? '' : words.offline; };
  addEventListener('online', online); addEventListener('offline', online); online();

  /* Seconds until the code changes. */
  for (const clock of all('[data-countdown]')) {
    const end = Date.now() + clock.dataset.countdown * 1000;
    const tick = () => { clock.textContent = Math.max(0, Math.ceil((end - Date.now()) / 1000)); };
    tick(); setInterval(tick, 1000);
  }

  /* Passwords are shown on request. */
  for (const input of all('input[type=password]')) {
    const button = document.createElement('button');
    button.type = 'button'; button.className = 'linkbtn'; button.textContent = words.show;
    button.setAttribute('aria-controls', input.id); button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      const shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      button.textContent = shown ? words.show : words.hide;
      button.setAttribute('aria-pressed', String(!shown));
    });
    const box = document.createElement('div');
    box.className = 'withbtn';
    input.replaceWith(box);
    box.append(input, button);
  }
  for (const b of all('[data-print]')) b.addEventListener('click', () => print());
})();
