// Adds rows to the forms made of rows. Without scripts every page has an empty row, and a new one after each save.
document.addEventListener('click', (evento) => {
  const pulsante = evento.target.closest('[data-aggiungi]');
  if (!pulsante) return;
  const elenco = document.getElementById(pulsante.dataset.aggiungi);
  const modello = document.querySelector(`template[data-modello="${elenco.id}"]`);
  const totale = document.getElementById(`id_${elenco.dataset.righe}-TOTAL_FORMS`);
  const riga = document.createElement('div');
  riga.innerHTML = modello.innerHTML.replaceAll('__prefix__', totale.value);
  totale.value = Number(totale.value) + 1;
  const nuova = elenco.appendChild(riga.firstElementChild);
  nuova.querySelector('textarea, input:not([type="hidden"]):not([type="number"])').focus();
});

// Attendance: every seat not marked yet becomes what the button says; nothing is saved until one saves.
document.addEventListener('click', (evento) => {
  const pulsante = evento.target.closest('[data-segna]');
  if (!pulsante) return;
  for (const vuoto of pulsante.form.querySelectorAll('.riga-presenza:not([data-vacante]) input[type="radio"][value=""]:checked')) {
    const scelto = vuoto.form.querySelector(`input[name="${vuoto.name}"][value="${pulsante.dataset.segna}"]`);
    scelto.checked = true;
    scelto.dispatchEvent(new Event('input', { bubbles: true }));
  }
});
