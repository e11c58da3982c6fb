// A phone in a pocket says that it is time to come in: a short buzz, and the name of its page.
const title = document.title;
let called = Boolean(document.querySelector(".come"));

new MutationObserver(() => {
  const come = document.querySelector(".come h1");
  if (Boolean(come) === called) return;
  called = Boolean(come);
  document.title = come ? come.textContent : title;
  if (come) navigator.vibrate?.([300, 150, 300]);
}).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
