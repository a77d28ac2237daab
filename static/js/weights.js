/* weights.js: shows the sum of the weights while they are typed. form[data-weights="100"] with an output[data-total].
   The server says the same sum after saving. */
(() => {
  'use strict';
  const read = (text) => Number(text.trim().replace(',', '.')) || 0;
  for (const form of document.querySelectorAll('form[data-weights]')) {
    const out = form.querySelector('[data-total]'), whole = Number(form.dataset.weights);
    form.addEventListener('input', () => {
      const boxes = [...form.querySelectorAll('input[inputmode=decimal]')];
      const total = Math.round(boxes.reduce((sum, box) => sum + read(box.value), 0) * 100) / 100;
      out.textContent = total.toLocaleString(document.documentElement.lang || 'id');
      out.classList.toggle('text-bad', total !== whole);
    });
  }
})();
