/* photos.js: photos of the workshop floor go as soon as they are chosen, and wait in this browser while there is no signal.
   Without it, or where the browser keeps nothing, they travel with the form's buttons.
     #foto-tunggu           says how many wait; data-who and data-of say whose and of which assessment, data-action where
                            this page's go; the other data- are its words
     input[name^=foto_]     portal.js says "shrunk" when its photos are small enough to travel
   The server knows a photo again by its content, so one that is sent twice is there once. */
(() => {
  'use strict';
  const AGAIN = 10000, PATIENCE = 60000, TABLE = 'foto';
  const box = document.getElementById('foto-tunggu');
  if (!box || !window.indexedDB || !window.fetch) return;
  const words = box.dataset;
  let base = null, busy = false, timer = 0;
  const ask = (mode, act) => new Promise((done, fail) => {
    const deal = base.transaction(TABLE, mode), request = act(deal.objectStore(TABLE));
    deal.oncomplete = () => done(request.result);
    deal.onerror = deal.onabort = () => fail(deal.error);
  });
  const waiting = async () => (await ask('readonly', (table) => table.getAll()))
    .filter((one) => one.who === words.who && one.of === words.of);

  const say = (count, text = '') => {
    box.hidden = !count && !text;
    box.textContent = [text, count ? words.waiting.replace('{n}', count) : ''].filter(Boolean).join(' ');
  };
  const input = (photo) => (photo.action === words.action ? document.getElementsByName(photo.field)[0] : null);
  const draw = (photo) => {
    const field = input(photo);
    if (!field || document.querySelector(`[data-photo="${photo.key}"]`)) return;
    const image = document.createElement('img');
    image.src = URL.createObjectURL(photo.file);
    image.alt = words.alt; image.title = words.alt; image.className = 'waits'; image.dataset.photo = photo.key;
    field.closest('.add').before(image);
  };
  const arrived = (photo, answer) => {
    const image = document.querySelector(`[data-photo="${photo.key}"]`), field = input(photo);
    const need = field && field.closest('fieldset').querySelector('[data-needs-photo]');
    if (need) need.hidden = !answer.needs_photo;
    if (!image) return;
    const link = Object.assign(document.createElement('a'), { href: answer.remove });
    image.classList.remove('waits'); image.alt = answer.alt; image.title = '';
    image.replaceWith(link);
    link.append(image);
  };
  const post = async (photo) => {
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), PATIENCE), body = new FormData();
    body.set('csrfmiddlewaretoken', document.querySelector('[name=csrfmiddlewaretoken]').value);
    body.set(photo.field, photo.file, photo.name);
    body.set(photo.field + '_taken', photo.taken);
    try {
      return await fetch(photo.action, { method: 'POST', body, redirect: 'manual', signal: stop.signal });
    } finally {
      clearTimeout(late);
    }
  };
  const send = async () => {
    if (busy || !base) return;
    busy = true;
    clearTimeout(timer);
    let said = '';
    try {
      for (const photo of await waiting()) {
        const answer = await post(photo);
        if (answer.type === 'opaqueredirect' || answer.status === 403) { said = words.signedOut; break; }
        if (answer.status >= 500 || answer.status === 429) break;
        const told = answer.ok || answer.status === 400 || answer.status === 409 ? await answer.json() : { words: words.refused };
        await ask('readwrite', (table) => table.delete(photo.key));
        if (answer.ok) { arrived(photo, told); continue; }
        said = told.words;
        document.querySelector(`[data-photo="${photo.key}"]`)?.remove();
      }
    } catch { /* no signal: they wait */ }
    busy = false;
    const left = (await waiting()).length;
    say(left, said);
    if (left) timer = setTimeout(send, AGAIN);
  };

  const chosen = async (field) => {
    const files = [...field.files];
    try {
      for (const file of files) {
        const photo = {
          key: `${Date.now()}-${Math.random()}`, who: words.who, of: words.of, action: words.action, field: field.name,
          file, name: file.name, taken: new Date(file.lastModified).toISOString(),
        };
        await ask('readwrite', (table) => table.put(photo));
        draw(photo);
      }
      field.value = '';
      const note = field.closest('.evid').querySelector('.photos');
      if (note) note.textContent = '';
    } catch { /* full or forbidden: the photos stay in the form */ }
    send();
  };

  const open = indexedDB.open('penilaian', 1);
  open.onupgradeneeded = () => open.result.createObjectStore(TABLE, { keyPath: 'key' });
  open.onsuccess = async () => {
    base = open.result;
    document.addEventListener('shrunk', (event) => { if (words.action && event.target.name.startsWith('foto_')) chosen(event.target); });
    const left = await waiting();
    left.forEach(draw);
    say(left.length);
    send();
  };
  addEventListener('online', send);
})();
