/* grid.js: the sheet in the browser (participants/grid.html).
   A table of inputs, so that it reads and tabs like any form; on top of that what people know from Excel: paste of
   a block, arrows, Enter, F2, Delete, Esc, undo. What is wrong with a cell is asked of the portal, many rows at a
   time, and stands under the cell. Until it is handed in, everything is kept in this browser. */
(() => {
  'use strict';
  const form = document.getElementById('lembar');
  if (!form) return;
  form.hidden = false;
  const words = form.dataset, columns = JSON.parse(words.columns), most = Number(words.most);
  const FIRST = 2, PAUSE = 500;
  const body = form.querySelector('tbody'), sent = form.elements.rows;
  const find = (selector) => form.querySelector(selector);
  const say = (text, n) => text.replace('{n}', n);

  /* The table: one row is made once, the others are copies of it. */
  const head = form.querySelector('thead tr');
  const cell = (tag, scope, text) => {
    const th = document.createElement(tag);
    if (scope) th.scope = scope;
    th.textContent = text;
    return th;
  };
  head.append(cell('th', 'col', words.row));
  const model = document.createElement('tr');
  model.append(cell('th', 'row', ''));
  columns.forEach((column, c) => {
    const th = cell('th', 'col', column.label + (column.isRequired ? ' *' : ''));
    th.id = 'kolom-' + c;
    head.append(th);
    const td = document.createElement('td'), input = document.createElement('input');
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.dataset.c = c;
    if (column.isNumber) input.inputMode = 'numeric';
    if (column.isListed) input.setAttribute('list', 'pilihan-' + column.field);
    if (column.isWide) td.className = 'wide';
    td.append(input);
    model.append(td);
  });
  const rows = [];               /* rows[r] = {tr, inputs, kept: [text], stamp} */
  const addRows = (count) => {
    const batch = document.createDocumentFragment();
    for (let n = 0; n < count && rows.length < most; n += 1) {
      const tr = model.cloneNode(true), number = FIRST + rows.length, inputs = [...tr.querySelectorAll('input')];
      tr.firstChild.textContent = number;
      inputs.forEach((input, c) => {
        input.dataset.r = rows.length;
        input.setAttribute('aria-label', words.row + ' ' + number + ', ' + columns[c].label);
      });
      rows.push({ tr, inputs, kept: inputs.map(() => ''), stamp: 0 });
      batch.append(tr);
    }
    body.append(batch);
    find('[data-add]').disabled = rows.length >= most;
  };
  const at = (r, c) => rows[r] && rows[r].inputs[c];
  const isBlank = (row) => row.kept.every((text) => !text.trim());

  /* Writing: every change is a list of [r, c, old, new], so that it can be undone as one. */
  const done = [], undone = [], waiting = new Set();
  const write = (changes, side) => {
    for (const change of changes) {
      const [r, c] = change, text = change[side], row = rows[r];
      row.kept[c] = text;
      row.stamp += 1;
      row.inputs[c].value = text;
      waiting.add(r);
    }
    keep();
    checkSoon();
  };
  const change = (changes) => {
    const real = changes.filter(([, , before, after]) => before !== after);
    if (!real.length) return;
    done.push(real);
    undone.length = 0;
    write(real, 3);
  };
  const commit = (input) => {
    const r = Number(input.dataset.r), c = Number(input.dataset.c);
    change([[r, c, rows[r].kept[c], input.value]]);
  };
  const step = (from, to, side) => {
    const changes = from.pop();
    if (!changes) return;
    to.push(changes);
    write(changes, side);
    focus(changes[0][0], changes[0][1]);
  };
  const undo = () => step(done, undone, 2), redo = () => step(undone, done, 3);

  /* Moving. Typing replaces a cell and the arrows lead on; after F2 or a double click they belong to the text.
     While words to choose from are open, up and down belong to them. */
  let isEditing = false, isTyping = false;
  const focus = (r, c) => {
    const input = at(Math.max(0, Math.min(r, rows.length - 1)), Math.max(0, Math.min(c, columns.length - 1)));
    if (input) input.focus();
  };
  body.addEventListener('focusin', (event) => { isEditing = isTyping = false; event.target.select(); });
  body.addEventListener('focusout', (event) => { if (event.target.matches('input')) commit(event.target); });
  body.addEventListener('input', () => { isTyping = true; });
  body.addEventListener('dblclick', () => { isEditing = true; });
  body.addEventListener('keydown', (event) => {
    const input = event.target;
    if (!input.matches('input') || event.isComposing) return;
    const r = Number(input.dataset.r), c = Number(input.dataset.c), ctrl = event.ctrlKey || event.metaKey;
    const isChanging = isEditing || isTyping;
    const go = (dr, dc) => { event.preventDefault(); focus(r + dr, c + dc); };
    const key = event.key.toLowerCase();
    if (ctrl && (key === 'z' || key === 'y')) {
      event.preventDefault();
      if (input.value !== rows[r].kept[c]) input.value = rows[r].kept[c];
      else if (key === 'y' || event.shiftKey) redo();
      else undo();
      isEditing = isTyping = false;
    } else if (ctrl || event.altKey) {
      return;
    } else if (key === 'enter') {
      if (!event.shiftKey && r === rows.length - 1) addRows(1);
      go(event.shiftKey ? -1 : 1, 0);
    } else if (key === 'arrowdown' && !(isChanging && input.list)) go(1, 0);
    else if (key === 'arrowup' && !(isChanging && input.list)) go(-1, 0);
    else if (key === 'arrowright' && !isEditing) go(0, 1);
    else if (key === 'arrowleft' && !isEditing) go(0, -1);
    else if (key === 'f2') {
      event.preventDefault();
      isEditing = true;
      input.setSelectionRange(input.value.length, input.value.length);
    } else if (key === 'delete' && !isChanging) {
      event.preventDefault();
      change([[r, c, rows[r].kept[c], '']]);
    } else if (key === 'escape') {
      input.value = rows[r].kept[c];
      isEditing = isTyping = false;
      input.select();
    }
  });

  /* Pasting a block, as Excel puts it on the clipboard: a cell with a line break or a tab stands in quotes. */
  const block = (text) => {
    const lines = [[]];
    const piece = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
    for (let match = piece.exec(text); match; match = piece.exec(text)) {
      const value = match[1] === undefined ? match[2] : match[1].replace(/""/g, '"');
      lines[lines.length - 1].push(value.replace(/\s+/g, ' ').trim());
      if (match[3] === '' || piece.lastIndex >= text.length) break;
      if (match[3] !== '\t') lines.push([]);
    }
    return lines;
  };
  const isHeading = (line) => {
    const known = columns.flatMap((column) => [column.label, column.header]).map((label) => label.toLowerCase());
    return line.filter((text) => known.includes(text.toLowerCase())).length > 2;
  };
  body.addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain'), input = event.target;
    if (!/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ''))) return;
    event.preventDefault();
    const lines = block(text), notes = [];
    if (isHeading(lines[0])) { lines.shift(); notes.push(words.headers); }
    const r = Number(input.dataset.r), c = Number(input.dataset.c);
    if (r + lines.length > rows.length) addRows(r + lines.length - rows.length);
    const fitting = lines.slice(0, rows.length - r);
    notes.unshift(say(words.pasted, fitting.length));
    if (fitting.length < lines.length) notes.push(say(words.cut, fitting.length));
    input.value = rows[r].kept[c];
    change(fitting.flatMap((line, dr) => line.slice(0, columns.length - c)
      .map((value, dc) => [r + dr, c + dc, rows[r + dr].kept[c + dc], value])));
    note(notes.join(' '));
    input.select();
  });

  /* What is wrong, under its cell; the number of faults on top. */
  const note = (text) => { find('[data-note]').textContent = text; };
  const mark = (r, problems) => {
    const row = rows[r];
    for (const old of row.tr.querySelectorAll('.fault')) old.remove();
    row.inputs.forEach((input) => {
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-describedby');
      input.parentElement.classList.remove('bad', 'odd');
    });
    for (const problem of problems) {
      const c = columns.findIndex((column) => column.field === problem.field), input = at(r, c);
      if (!input || input.hasAttribute('aria-describedby')) continue;
      const text = document.createElement('span');
      text.className = 'fault';
      text.id = 'salah-' + r + '-' + c;
      text.textContent = problem.message;
      input.after(text);
      input.setAttribute('aria-describedby', text.id);
      input.parentElement.classList.add(problem.isWarning ? 'odd' : 'bad');
      if (!problem.isWarning) input.setAttribute('aria-invalid', 'true');
    }
  };
  const faulty = () => [...body.querySelectorAll('[aria-invalid]')];
  const count = () => {
    const filled = rows.filter((row) => !isBlank(row)).length, bad = faulty().length;
    let text = bad === 1 ? words.one : say(words.many, bad);
    if (!bad) text = filled ? say(words.filled, filled) + ' ' + words.good : words.empty;
    find('[data-count]').textContent = text;
    find('[data-count]').className = bad ? 'bad' : '';
    find('[data-next]').hidden = !bad;
  };
  let timer = 0, asking = null;
  const checkSoon = () => { clearTimeout(timer); timer = setTimeout(check, PAUSE); };
  const check = () => { clearTimeout(timer); asking = (asking || Promise.resolve()).then(ask); return asking; };
  const ask = async () => {
    const mine = [...waiting];
    waiting.clear();
    const asked = mine.filter((r) => !isBlank(rows[r])).map((r) => [r, rows[r].stamp]);
    mine.filter((r) => isBlank(rows[r])).forEach((r) => mark(r, []));
    if (asked.length) {
      find('[data-count]').textContent = words.checking;
      const parcel = new FormData();
      parcel.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
      parcel.append('rows', JSON.stringify(asked.map(([r]) => [r + FIRST, rows[r].kept])));
      try {
        const answer = await fetch(words.check, { method: 'POST', body: parcel, credentials: 'same-origin' });
        if (!answer.ok) throw new Error(answer.status);
        const found = (await answer.json()).rows;
        for (const [r, stamp] of asked) if (rows[r].stamp === stamp) mark(r, found[r + FIRST] || []);
      } catch {
        mine.forEach((r) => waiting.add(r));
        note(words.unreached);
      }
    }
    count();
  };
  let visited = null;
  find('[data-next]').addEventListener('click', () => {
    const bad = faulty();
    visited = bad[(bad.indexOf(visited) + 1) % bad.length];
    if (visited) visited.focus();
  });

  /* Kept in this browser until it has arrived; the page names the imports that did. */
  const store = {
    get: () => { try { return JSON.parse(localStorage.getItem(words.draft)) || {}; } catch { return {}; } },
    set: (value) => { try { localStorage.setItem(words.draft, JSON.stringify(value)); } catch { /* full or forbidden */ } },
    drop: () => { try { localStorage.removeItem(words.draft); } catch { /* forbidden */ } },
  };
  const filled = () => rows.map((row, r) => [r + FIRST, row.kept]).filter(([r]) => !isBlank(rows[r - FIRST]));
  let keeping = 0;
  const keep = () => {
    clearTimeout(keeping);
    keeping = setTimeout(() => store.set({ rows: filled(), fields: columns.map((column) => column.field) }), 300);
  };
  const load = (lines) => {
    const last = Math.max(...lines.map(([number]) => number), 0);
    if (last - FIRST + 1 > rows.length) addRows(last - FIRST + 1 - rows.length);
    const changes = lines.flatMap(([number, cells]) => (rows[number - FIRST] ? cells : [])
      .map((text, c) => [number - FIRST, c, '', text])).filter(([, c, , text]) => text && c < columns.length);
    write(changes, 3);
  };

  /* Handing in: first a look; with faults left it takes a second press. */
  let isWarned = false, isReady = false;
  form.addEventListener('submit', (event) => {
    if (isReady) return;
    event.preventDefault();
    if (document.activeElement && document.activeElement.matches('.grid input')) commit(document.activeElement);
    check().then(() => {
      const bad = faulty();
      if (bad.length && !isWarned) {
        isWarned = true;
        note(words.faulty);
        bad[0].focus();
        return;
      }
      sent.value = JSON.stringify(filled());
      store.set({ rows: filled(), fields: columns.map((column) => column.field), key: form.elements.key.value });
      clearTimeout(keeping);
      isReady = true;
      form.requestSubmit();
    });
  });
  addEventListener('pageshow', (event) => { if (event.persisted) isReady = false; });
  body.addEventListener('input', () => { isWarned = false; });

  find('[data-add]').addEventListener('click', () => { const r = rows.length; addRows(10); focus(r, 0); });
  find('[data-undo]').addEventListener('click', undo);
  find('[data-clear-all]').addEventListener('click', () => {
    if (!confirm(words.clear)) return;
    change(rows.flatMap((row, r) => row.kept.map((text, c) => [r, c, text, ''])));
    store.drop();
  });

  addRows(20);
  const draft = store.get();
  if (draft.key && words.arrived.split(' ').includes(draft.key)) { store.drop(); draft.rows = []; }
  if (sent.value && sent.value !== '[]') {
    try { load(JSON.parse(sent.value)); } catch { /* not ours */ }
  } else if (draft.rows && draft.rows.length && draft.fields.join() === columns.map((column) => column.field).join()) {
    load(draft.rows);
    note(words.restored);
  }
  count();
})();
