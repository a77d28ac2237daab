/* test.js: answers of a test are not lost when the signal is. Without it the page is one form that is sent.
     #tes        its answers stay in this browser, with the key by which the server knows them again;
                 data-edition says whose they are and of which try, and nobody is shown or sends another's
     #tes-kabar  says what happens to them; the words are the form's data
   Pressed without a signal, they are sent by themselves as soon as there is one, also after a reload. */
(() => {
  'use strict';
  const AGAIN = 5000, PATIENCE = 20000;
  const form = document.getElementById('tes'), news = document.getElementById('tes-kabar');
  if (!form) return;
  const words = form.dataset, shelf = 'tes:' + words.edition + location.pathname;
  let spare = {};                                      /* where the browser keeps nothing, the page does */
  const read = () => { try { return JSON.parse(localStorage.getItem(shelf)) || spare; } catch { return spare; } };
  const write = (kept) => {
    spare = kept;
    try { localStorage.setItem(shelf, JSON.stringify(kept)); } catch { /* full or forbidden */ }
  };
  const forget = () => { spare = {}; try { localStorage.removeItem(shelf); } catch { /* forbidden */ } };
  const say = (text) => { news.textContent = text; };
  const radios = [...form.querySelectorAll('input[type=radio]')];

  const kept = read(), answers = kept.answers || {};
  if (kept.key) form.elements.key.value = kept.key;
  for (const radio of radios) if (answers[radio.name] === radio.value) radio.checked = true;
  if (kept.key) say(words.saved);

  const keep = (more) => {
    const now = {};
    for (const radio of radios) if (radio.checked) now[radio.name] = radio.value;
    write({ ...read(), key: form.elements.key.value, answers: now, ...more });
  };
  form.addEventListener('change', () => { keep({}); say(words.saved); });

  let isBusy = false, timer = 0;
  const send = async () => {
    const waiting = read();
    if (isBusy || !waiting.finished) return;
    isBusy = true; say(words.sending);
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), PATIENCE);
    const body = new URLSearchParams(new FormData(form));
    body.set('finished', waiting.finished);
    body.set('sent', new Date().toISOString());
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: stop.signal });
      if (answer.status >= 500 || answer.status === 429) throw answer;
      if (answer.redirected) {                         /* the receipt; or the way to sign in, and then once more */
        if (answer.url.includes('/hasil/')) forget();
        location.assign(answer.url);
        return;
      }
      keep({ finished: '' });                          /* refused: the page that comes back says why */
      form.submit();
    } catch {
      say(words.waiting);
      clearTimeout(timer); timer = setTimeout(send, AGAIN);
    } finally { clearTimeout(late); isBusy = false; }
  };
  form.addEventListener('submit', (event) => {
    const names = new Set(radios.map((radio) => radio.name));
    const chosen = radios.filter((radio) => radio.checked).length;
    if (chosen < names.size) return;                   /* the server says what is missing */
    event.preventDefault();
    keep({ finished: new Date().toISOString() });
    send();
  });
  addEventListener('online', send);
  send();
})();
