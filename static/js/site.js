// Attaches behaviours: <div data-behaviour="star"> loads behaviours/star.js and calls its default export with the element.
// Pages work without any of them.

const loaded = new Map();

async function attach(element) {
  for (const name of element.dataset.behaviour.split(/\s+/).filter(Boolean)) {
    if (!loaded.has(name)) loaded.set(name, import(`./behaviours/${name}.js`));
    try {
      (await loaded.get(name)).default(element);
    } catch (error) {
      console.warn(`behaviour ${name} was not attached`, error);
    }
  }
}

export function attachAll(root) {
  root.querySelectorAll("[data-behaviour]").forEach(attach);
}

attachAll(document);
