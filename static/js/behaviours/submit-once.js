// A form is sent once: a second press within some seconds is ignored, and the button says that it is being sent to screen readers.

export default function submitOnce(form) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    if (Date.now() - sent < 8000) {
      event.preventDefault();
      return;
    }
    sent = Date.now();
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // The page may come back from the browser's cache: then it can be sent again.
  window.addEventListener("pageshow", () => {
    sent = 0;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
}
