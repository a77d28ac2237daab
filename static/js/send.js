/* send.js: a pressed check-in is not lost when the signal is. Without it the form is sent as any other.
     form[data-send]   its post is kept in this browser until the server has answered, and sent again until then;
                       its hidden fields pressed and sent say the phone's clock
     #unsent           is shown meanwhile: data-who is whose posts these are, [data-retry] sends at once
   The form's hidden key makes sure that the server counts it once. */
(() => {
  'use strict';
  const SHELF = 'presensi:belum', AGAIN = 5000, PATIENCE = 20000;
  const box = document.getElementById('unsent');
  if (!box || !window.fetch) return;
  const who = box.dataset.who;
  let spare = {};                                      /* where the browser keeps nothing, the page does */
  const read = () => { try { return JSON.parse(localStorage.getItem(SHELF)) || spare; } catch { return spare; } };
  const write = (all) => { spare = all; try { localStorage.setItem(SHELF, JSON.stringify(all)); } catch { /* full */ } };
  const drop = (action) => { const all = read(); delete all[action]; write(all); };
  const mine = () => Object.entries(read()).find(([, one]) => one.who === who) || [];
  let busy = false, timer = 0;

  const wait = () => { box.hidden = false; clearTimeout(timer); timer = setTimeout(next, AGAIN); };
  const fresh = (item) => {
    const body = new URLSearchParams(item.body);
    body.set('csrfmiddlewaretoken', box.elements.csrfmiddlewaretoken.value);
    body.set('sent', new Date().toISOString());
    return body;
  };
  /* The page has something to say about the form: send it as any other, and show the answer. */
  const plainly = (action, body) => {
    const form = document.createElement('form');
    form.method = 'post'; form.action = action; form.hidden = true; form.dataset.plain = '';
    for (const [name, value] of body) form.append(Object.assign(document.createElement('input'), { name, value }));
    document.body.append(form);
    form.submit();
  };
  const send = async (action, item) => {
    busy = true;
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), PATIENCE), body = fresh(item);
    try {
      const answer = await fetch(action, {
        method: 'POST', body, headers: { 'X-Send': '1' }, redirect: 'manual', signal: stop.signal,
      });
      if (answer.status >= 500 || answer.status === 429) return wait();
      const to = answer.headers.get('X-Location') || '';
      if (!item.refused && (answer.type === 'opaqueredirect' || answer.status === 403 || to.includes('?next='))) {
        /* signed out meanwhile: the post stays, and is sent by its own page after signing in */
        write({ ...read(), [action]: { ...item, refused: true } });
        return location.assign(to || action);
      }
      drop(action);
      return to ? location.assign(to) : plainly(action, body);
    } catch {
      return wait();
    } finally {
      clearTimeout(late);
      busy = false;
    }
  };
  const next = () => {
    if (busy) return;
    const [action, item] = mine();
    if (action) send(action, item); else box.hidden = true;
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!('send' in form.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    if (busy) return;
    form.elements.pressed.value = new Date().toISOString();
    form.querySelector('button[type=submit]').setAttribute('aria-busy', 'true');
    const body = new URLSearchParams(new FormData(form));
    body.delete('csrfmiddlewaretoken');
    const item = { who, body: body.toString() };
    write({ ...read(), [form.action]: item });
    send(form.action, item);
  });
  box.querySelector('[data-retry]').addEventListener('click', next);
  addEventListener('online', next);
  if (mine().length) { box.hidden = false; next(); }
})();
