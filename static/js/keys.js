// What the keyboard behaviours share: is the person typing, or is the key free to mean something?

export function isTyping(event) {
  const target = event.target;
  const typing = target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  return typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
}
