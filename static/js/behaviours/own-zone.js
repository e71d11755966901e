// Offers the zone that the browser is set to, where it is one of the list and not chosen already.

export default function ownZone(form) {
  const select = form.querySelector("select");
  const button = form.querySelector("button[type=button]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...select.options].find((each) => each.value === zone);
  if (!option || option.selected) return;
  button.textContent = `${button.textContent} ${option.textContent}`;
  button.hidden = false;
  button.addEventListener("click", () => {
    select.value = zone;
    form.requestSubmit();
  });
}
