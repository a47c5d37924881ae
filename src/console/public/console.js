/* What pages do better with a script; without it everything still works. */
(() => {
  "use strict";

  // a form goes once, however often its button is pressed
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    // what is being kept while it is typed is kept first, or the two would take each other for somebody else
    const keeping = form.querySelector(".htmx-request");
    if (!keeping) return;
    event.preventDefault();
    const send = () => {
      delete form.dataset.sent;
      form.requestSubmit(event.submitter);
    };
    keeping.addEventListener("htmx:afterRequest", send, { once: true });
  });
  // … and after that nothing is kept any more
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.parentElement?.closest("form")?.dataset.sent) event.preventDefault();
  });
  // … and may go again after "back"
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // a choice that filters takes effect at once
  document.addEventListener("change", (event) => {
    if (event.target.closest("form[data-at-once]")) event.target.form.requestSubmit();
  });

  // who was signed out meanwhile signs in again
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) window.location.assign("/console/sign-in");
  });
})();
