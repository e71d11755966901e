// One key takes one of a few: what has data-key="3" is pressed by 3, when nobody is typing.
import { isTyping } from "../keys.js";

export default function keyChoice(list) {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !list.isConnected) return;
    const chosen = list.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });
}
