/* autosave.js: what is filled in on the workshop floor is sent by itself, and kept in this browser until it has arrived.
   Without it the form is sent by its buttons alone.
     #simpan           says how it stands; data-who and data-of say whose answers to which assessment, data-action where
                       this page's go; the other data- are its words
     fieldset.crit     one item: radios nilai_…, a textarea catatan_…, and dasar_…, a mark of what was last seen stored
     textarea tanggapan_…  a reply to the reviewer: only its assessor writes there, so the latest one counts
     [data-saved]      names the section that a button has just saved: nothing of it waits any more
   The server tells of each item whether it is stored, refused, or changed by somebody else to something else: then both
   are shown and a person chooses. Sending twice is the same as sending once. */
(() => {
  'use strict';
  const EVERY = 5000, PATIENCE = 20000;
  const box = document.getElementById('simpan');
  if (!box || !window.fetch) return;
  const words = box.dataset, form = box.closest('form'), prefix = `nilai:${words.who}:${words.of}:`;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, text, css = '') => Object.assign(document.createElement(tag), { textContent: text, className: css });
  const spare = {};                                    /* where the browser keeps nothing, the page does */
  let isKept = true;
  const shelf = {
    keys: () => { try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; } },
    get: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return spare[key]; } },
    set: (key, value) => {
      spare[key] = value;
      try { localStorage.setItem(key, JSON.stringify(value)); isKept = true; } catch { isKept = false; }
    },
    drop: (key) => { delete spare[key]; try { localStorage.removeItem(key); } catch { /* forbidden */ } },
  };
  for (const done of all('[data-saved]')) shelf.drop(prefix + done.dataset.saved);

  /* The items of this page. */
  const here = words.action ? prefix + words.section : '';
  const items = !here ? [] : all('fieldset.crit', form).map((set) => ({
    set, id: set.id,
    radios: all('input[type=radio][name^=nilai_]', set),
    note: set.querySelector('textarea[name^=catatan_]'),
    seen: set.querySelector('input[name^=dasar_]'),
  })).filter((item) => item.radios.length && item.note && item.seen);
  const score = (item) => (item.radios.find((radio) => radio.checked) || { value: '' }).value;
  const now = (item) => JSON.stringify([score(item), item.note.value.trim()]);
  const fill = (item, [value, note]) => {
    for (const radio of item.radios) radio.checked = radio.value === value;
    const chosen = item.radios.find((radio) => radio.checked);
    if (chosen) chosen.dispatchEvent(new Event('change', { bubbles: true }));
    item.note.value = note;
    if (note) item.note.closest('details').open = true;
  };
  const isDirty = (item) => now(item) !== item.clean;

  /* Replies to the reviewer's remarks. */
  const replies = !here ? [] : all('textarea[name^=tanggapan_]', form);
  const changed = () => replies.filter((reply) => reply.value.trim() !== reply.defaultValue.trim());

  let busy = false, again = false, isCut = false, said = '', savedAt = '';
  const show = () => {
    const dirty = [...items.filter(isDirty), ...changed()], look = items.filter((item) => item.clash || item.refused === now(item));
    const elsewhere = shelf.keys().filter((key) => key !== here).map(shelf.get).filter(Boolean);
    let text = said;
    if (!text && busy) text = words.saving;
    if (!text && isCut) text = isKept ? words.unsent : words.unkept;
    if (!text && look.length) text = words.look.replace('{n}', look.length);
    if (!text && dirty.length) text = words.changed;
    if (!text && savedAt) text = words.saved.replace('{at}', savedAt);
    if (text && box.textContent !== text) box.textContent = text;
    box.classList.toggle('warn', Boolean(said || isCut || look.length || elsewhere.length));
    if (!busy && !said && elsewhere.length) {
      const link = make('a', elsewhere[0].title);
      link.href = elsewhere[0].page;
      box.replaceChildren(`${dirty.length || isCut ? text + '. ' : ''}${words.elsewhere} `, link);
      box.hidden = false;
    }
  };
  const keep = () => {
    const dirty = items.filter(isDirty);
    const texts = Object.fromEntries(changed().map((reply) => [reply.name, reply.value]));
    if (!dirty.length && !changed().length) return shelf.drop(here);
    const kept = Object.fromEntries(dirty.map((item) => [item.id, { now: JSON.parse(now(item)), seen: item.seen.value }]));
    shelf.set(here, { title: words.title, page: location.pathname, action: words.action, items: kept, replies: texts });
  };

  /* A person chooses between two values of one item. */
  const ask = (item, theirs, mark) => {
    const say = ([value, note]) => {
      const radio = item.radios.find((one) => one.value === value);
      const label = radio ? radio.parentElement.textContent.trim() : words.none;
      return label + (note ? `, “${note}”` : '');
    };
    const side = (title, value, label, take) => {
      const div = make('div', ''), button = make('button', label, 'btn btn-2 btn-sm');
      button.type = 'button';
      button.addEventListener('click', () => {
        take(); item.seen.value = mark; item.clash = null; item.refused = ''; pair.remove(); keep(); send();
      });
      div.append(make('b', title), make('p', say(value)), button);
      return div;
    };
    if (item.clash) item.clash.remove();
    const pair = item.clash = make('div', '', 'clash');
    pair.setAttribute('role', 'alert');
    item.clean = JSON.stringify(theirs);
    pair.append(
      side(words.mine, JSON.parse(now(item)), words.takeMine, () => {}),
      side(words.theirs, theirs, words.takeTheirs, () => fill(item, theirs)),
    );
    item.set.querySelector('.score').before(pair);
  };
  const tell = (item, text) => {
    let out = item.set.querySelector('[data-refused]');
    if (!text) return out && out.remove();
    if (!out) { out = make('p', '', 'invalid-feedback'); out.dataset.refused = ''; item.set.querySelector('.score').before(out); }
    out.textContent = text;
    const box = item.note.closest('details');
    if (box) box.open = true;
  };
  const hear = (item, answer, sent) => {
    const theirs = [answer.score, answer.note.trim().replace(/\r\n?/g, '\n')], photo = item.set.querySelector('[data-needs-photo]');
    if (photo) photo.hidden = !answer.needs_photo;
    if (answer.state === 'clash') return ask(item, theirs, answer.seen);
    if (answer.state === 'refused') { item.refused = sent; return tell(item, answer.words); }
    if (sent === undefined && (isDirty(item) || item.clash)) return;   /* the next sending tells of the clash */
    if (sent === undefined) fill(item, theirs);
    item.refused = ''; tell(item, '');
    item.clean = JSON.stringify(theirs); item.seen.value = answer.seen;
  };

  /* Sends one shelf's answers; returns what the server says, or nothing when it was not reached. */
  const post = async (action, body, keepalive) => {
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), PATIENCE);
    const token = document.querySelector('[name=csrfmiddlewaretoken]');
    if (token) body.set('csrfmiddlewaretoken', token.value);
    try {
      const answer = await fetch(action, { method: 'POST', body, keepalive, redirect: 'manual', signal: stop.signal });
      if (answer.status >= 500 || answer.status === 429) throw answer;
      isCut = false;
      said = '';
      if (answer.status === 409) said = (await answer.json()).words;
      else if (!answer.ok) said = words.signedOut;
      else return await answer.json();
    } catch {
      isCut = true;
    } finally {
      clearTimeout(late);
    }
    return null;
  };
  const send = async (leaving) => {
    if (busy && !leaving) { again = true; return; }
    const due = items.filter((item) => isDirty(item) && !item.clash && item.refused !== now(item));
    const texts = changed().map((reply) => [reply, reply.value]);
    if (!due.length && !texts.length) return show();
    const sent = new Map(due.map((item) => [item, now(item)])), body = new URLSearchParams();
    for (const [reply, text] of texts) body.set(reply.name, text);
    for (const item of items) body.set(item.seen.name, item.seen.value);
    for (const item of due) { body.set(item.radios[0].name, score(item)); body.set(item.note.name, item.note.value.trim()); }
    busy = true; show();
    const answer = await post(words.action, body, Boolean(leaving));
    busy = false;
    if (answer) {
      for (const item of items) if (answer.items[item.id]) hear(item, answer.items[item.id], sent.get(item));
      for (const [reply, text] of texts) reply.defaultValue = text;
      savedAt = answer.saved;
      for (const out of all('[data-progress]')) out.textContent = answer.progress;
      for (const out of all('[data-section-progress]')) out.textContent = answer.section_progress;
      const version = form.elements.version;
      if (version) version.value = answer.version;
    }
    keep(); show();
    if (again) { again = false; send(); }
  };
  /* What another section left behind when the signal was lost. */
  const sendOthers = async () => {
    for (const key of shelf.keys().filter((one) => one !== here)) {
      const parcel = shelf.get(key), body = new URLSearchParams((parcel && parcel.replies) || {});
      for (const [id, one] of Object.entries(parcel ? parcel.items : {})) {
        body.set('nilai_' + id, one.now[0]); body.set('catatan_' + id, one.now[1]); body.set('dasar_' + id, one.seen);
      }
      const answer = await post(parcel.action, body, false);
      if (!answer) break;
      for (const [id, one] of Object.entries(answer.items)) if (one.state === 'stored') delete parcel.items[id];
      delete parcel.replies;
      if (Object.keys(parcel.items).length) shelf.set(key, parcel); else shelf.drop(key);
    }
    show();
  };

  /* What waits here since the last time comes back into its fields. */
  const waiting = (here && shelf.get(here)) || { items: {} };
  for (const item of items) {
    const kept = waiting.items[item.id], { clash, stored } = item.set.dataset;
    item.clean = stored ? JSON.stringify(JSON.parse(stored)) : now(item);
    for (const line of all('[data-stored-line]', item.set)) line.hidden = Boolean(clash);
    if (clash) ask(item, JSON.parse(stored), item.seen.value);
    else if (kept && JSON.stringify(kept.now) !== item.clean) { fill(item, kept.now); item.seen.value = kept.seen; }
  }
  for (const reply of replies) reply.value = (waiting.replies || {})[reply.name] || reply.value;
  if (form && here) {
    delete form.dataset.warn;                          /* nothing typed is lost by leaving */
    form.addEventListener('input', () => { keep(); show(); });
    form.addEventListener('focusout', (event) => {
      const from = event.target.closest('fieldset.crit');
      if (from && (!event.relatedTarget || !from.contains(event.relatedTarget))) send();
    });
    addEventListener('beforeunload', (event) => { if (!isKept && (items.some(isDirty) || changed().length)) event.preventDefault(); });
    document.addEventListener('visibilitychange', () => { if (document.hidden) send(true); });
    addEventListener('pagehide', () => send(true));
    setInterval(send, EVERY);
  }
  addEventListener('online', () => { send(); sendOthers(); });
  send(); sendOthers();
})();
