/* near.js: what a phone says of its place, only when its owner asks it to.
     [data-point="lat,long"]      a check-in form's box: checked, the form's hidden distance and accuracy are filled in
                                  metres; the position itself stays on the phone. Hidden until this script can do it.
     button[data-take-point]      fills the fields latitude and longitude of its form with where the phone is */
(() => {
  'use strict';
  if (!navigator.geolocation) return;
  const PATIENT = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 }, EARTH = 6371000;
  const rad = (degrees) => degrees * Math.PI / 180;
  const between = (a, b) => {
    const h = Math.sin(rad(b[0] - a[0]) / 2) ** 2
      + Math.cos(rad(a[0])) * Math.cos(rad(b[0])) * Math.sin(rad(b[1] - a[1]) / 2) ** 2;
    return Math.round(2 * EARTH * Math.asin(Math.sqrt(h)));
  };
  const ask = (said, found) => {
    said.textContent = said.dataset.wait;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { said.textContent = said.dataset.done; found(coords); },
      () => { said.textContent = said.dataset.failed; },
      PATIENT,
    );
  };

  const row = document.querySelector('[data-point]');
  if (row) {
    const box = row.querySelector('input'), said = row.querySelector('[role=status]'), { elements } = row.closest('form');
    row.hidden = false;
    box.addEventListener('change', () => {
      elements.distance.value = elements.accuracy.value = said.textContent = '';
      if (!box.checked) return;
      ask(said, ({ latitude, longitude, accuracy }) => {
        if (!box.checked) return;
        elements.distance.value = between(row.dataset.point.split(',').map(Number), [latitude, longitude]);
        elements.accuracy.value = Math.round(accuracy);
      });
    });
  }
  const button = document.querySelector('[data-take-point]');
  if (button) {
    const said = button.parentElement.querySelector('[role=status]'), { elements } = button.form;
    button.hidden = false;
    button.addEventListener('click', () => ask(said, ({ latitude, longitude }) => {
      elements.latitude.value = latitude.toFixed(5);
      elements.longitude.value = longitude.toFixed(5);
    }));
  }
})();
