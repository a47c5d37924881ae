/* A chosen answer template goes into the words below it, where it can be changed. Without this script the server puts it there. */
(() => {
  "use strict";

  document.addEventListener("change", (event) => {
    const chosen = event.target.closest("select[data-fills]");
    if (!chosen) return;
    const words = document.getElementById(chosen.dataset.fills);
    const text = chosen.selectedOptions[0].dataset.text;
    if (text) words.value = text;
    const state = chosen.selectedOptions[0].dataset.state;
    const radio = state && document.querySelector(`input[name="to"][value="${state}"]`);
    if (radio) radio.checked = true;
  });
})();
