// A scanner types wherever the focus is: the first letter typed outside a field lands here, and a new scan replaces the old text.
import { isTyping } from "../keys.js";

export default function scanField(form) {
  const input = form.querySelector("input");
  input.select();
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || event.key.length !== 1 || event.key === "/" || event.key === "?") return;
    input.value = "";
    input.focus();
  });
}
