/* One key a message: 1 to 5 accept the topmost, x leaves it, u takes the last one back. Everything works by click as well. */
(() => {
  "use strict";
  const LAST = "training-last";
  const desk = document.getElementById("desk");
  if (desk) {
    desk.addEventListener("submit", ({ target }) => {
      const message = target.closest("[data-message]");
      if (message) sessionStorage.setItem(LAST, message.dataset.message);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, select, textarea, [popover]:popover-open")) return;
    if (event.key === "u") return takeBack();
    const top = desk && desk.querySelector("[data-message]");
    const button =
      top && [...top.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === event.key);
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });

  function takeBack() {
    const last = sessionStorage.getItem(LAST);
    const token = document.querySelector('input[name="_csrf"]');
    const csrf = token
      ? token.value
      : JSON.parse(document.body.getAttribute("hx-headers") || "{}")["x-csrf-token"];
    if (!last || !csrf) return;
    sessionStorage.removeItem(LAST);
    const form = document.createElement("form");
    form.method = "post";
    form.action = `/console/training/${last}/undo`;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "_csrf", value: csrf });
    form.append(field);
    document.body.append(form);
    form.requestSubmit();
  }
})();
