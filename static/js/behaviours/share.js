// Passes the address of the page on to an app of the reader's device, where the browser can; else it can be copied as ever.

export default function share(box) {
  const button = box.querySelector("button[data-share]");
  const what = { title: box.dataset.title, url: box.dataset.address };
  if (!navigator.canShare?.(what)) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share(what);
    } catch (error) {
      if (error.name !== "AbortError") throw error; // whoever closes the list has changed their mind
    }
  });
}
