/* copy.js: buttons that put a value on the clipboard; without the clipboard they stay hidden.
     button[data-copy="text"]         copies the text
     button[data-copy-all="selector"] copies name, tab and text of all such buttons inside
     [data-copied="words"]            says that it was done */
(() => {
  'use strict';
  if (!navigator.clipboard) return;
  const said = document.querySelector('[data-copied]');
  const copy = (button, text) => button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text());
    if (said) said.textContent = said.dataset.copied + ' ' + (button.dataset.name || '');
  });
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    copy(button, () => button.dataset.copy);
  }
  for (const button of document.querySelectorAll('[data-copy-all]')) {
    button.hidden = false;
    copy(button, () => [...document.querySelector(button.dataset.copyAll).querySelectorAll('[data-copy]')]
      .map((one) => one.dataset.name + '\t' + one.dataset.copy).join('\n'));
  }
})();
