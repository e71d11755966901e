// "/" jumps to the search box; Escape in it leaves it.
import { isTyping } from "../keys.js";

export default function searchKey(input) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || isTyping(event)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !input.value) input.blur();
  });
}
