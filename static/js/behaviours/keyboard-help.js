// "?" opens the list of keys; Escape closes it, or goes back to the page above.
import { isTyping } from "../keys.js";

export default function keyboardHelp(details) {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    if (event.key === "?") open(details);
    if (event.key === "Escape") closeOrGoBack(details);
  });
}

function open(details) {
  details.open = true;
  details.querySelector("summary").focus();
}

function closeOrGoBack(details) {
  if (details.open) {
    details.open = false;
    return;
  }
  const above = [...document.querySelectorAll(".breadcrumbs a[href]")].pop();
  if (above) location.assign(above.href);
}
