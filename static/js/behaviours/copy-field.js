// Shows the copy button where the browser can copy, and says when it has.

export default function copyField(block) {
  const input = block.querySelector("input");
  const button = block.querySelector("button");
  if (!navigator.clipboard) return;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(input.value);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
  input.addEventListener("focus", () => input.select());
}
