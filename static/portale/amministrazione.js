// Names for the fields of the back office that Django leaves without one: cells of tables of rows, and the search boxes
// of Select2. A screen reader then says which field it is on.
'use strict';

(function () {
  function testo(elemento) {
    return elemento ? elemento.textContent.trim().replace(/\s+/g, ' ') : '';
  }

  // A cell takes the name of its column.
  function nominaCelle(radice) {
    for (const tabella of radice.querySelectorAll('.tabular table')) {
      const colonne = Array.from(tabella.querySelectorAll('thead th'), testo);
      for (const cella of tabella.querySelectorAll('tbody td')) {
        const nome = cella.classList.contains('delete') ? 'Elimina' : colonne[cella.cellIndex];
        for (const campo of cella.querySelectorAll('input:not([type=hidden]), select, textarea')) {
          if (!campo.labels.length && nome) campo.setAttribute('aria-label', nome);
        }
      }
    }
  }

  // Select2 draws its own box beside the hidden select: it takes the select's name.
  function nominaScelte(radice) {
    for (const scelta of radice.querySelectorAll('select.select2-hidden-accessible')) {
      const disegno = scelta.nextElementSibling;
      const nome = scelta.getAttribute('aria-label') || testo(scelta.labels[0]);
      if (!disegno || !nome) continue;
      for (const parte of disegno.querySelectorAll('[role=combobox], [role=textbox], [role=searchbox]')) {
        parte.removeAttribute('aria-labelledby');
        parte.setAttribute('aria-label', nome.replace(/:$/, ''));
      }
      for (const elenco of disegno.querySelectorAll('ul.select2-selection__rendered')) elenco.setAttribute('role', 'presentation');
    }
  }

  // Day and hour of one moment stand under one label.
  function nominaMomenti(radice) {
    for (const campo of radice.querySelectorAll('.datetime input')) {
      const etichetta = testo(campo.closest('.fieldBox, .form-row, td').querySelector('legend, label')).replace(/:$/, '');
      if (!campo.labels.length) campo.setAttribute('aria-label', `${etichetta}, ${campo.classList.contains('vDateField') ? 'giorno' : 'ora'}`);
    }
  }

  function nomina() {
    nominaMomenti(document);
    nominaCelle(document);
    nominaScelte(document);
  }

  // Rows and search boxes come in when other scripts put them there; names are attributes, so they set off nothing.
  new MutationObserver(nomina).observe(document.body, { childList: true, subtree: true });
  nomina();
})();
