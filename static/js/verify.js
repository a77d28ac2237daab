/* verify.js: hold a report's file against its fingerprint on this device; nothing is sent. Without crypto.subtle
   (an address without https) the page's own form asks the server.
     form.drop[data-sha256]           takes a dropped file; [data-same] or [data-other] says what it is
   An address that ends in a figure's code (#A7) is marked by :target alone. */
(() => {
  'use strict';
  const form = document.querySelector('form.drop');
  if (!form) return;
  const input = form.elements.berkas, { sha256 } = form.dataset;
  const say = (name) => {
    for (const one of ['same', 'other']) form.querySelector(`[data-${one}]`).hidden = one !== name;
  };
  const compare = async () => {
    say('');
    const [file] = input.files;
    if (!file || !sha256 || !window.crypto?.subtle) return;
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const hash = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (file === input.files[0]) say(hash === sha256 ? 'same' : 'other');
  };
  input.addEventListener('change', compare);
  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
      if (kind !== 'drop' || !event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      compare();
    });
  }
})();
