// The wall screen speaks a call when somebody has switched it on; off by default.
const button = document.querySelector("[data-voice]");
const said = new Set();
let speaking = false;
// A call is known by its id, else by its words: the same call is never spoken twice while it stands.
const calls = () => [...document.querySelectorAll("[data-say]")].map((e) => [e.dataset.sayId ?? e.dataset.say, e.dataset.say, e.lang]);

function speak() {
  const standing = new Set(calls().map(([id]) => id));
  // Taken back and called again: that is a new call.
  for (const id of said) if (!standing.has(id)) said.delete(id);
  for (const [id, text, lang] of calls()) {
    if (said.has(id)) continue;
    said.add(id);
    if (!speaking || !text) continue;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = lang || document.documentElement.lang;
    words.rate = 0.9;
    speechSynthesis.speak(words);
  }
}

if (button && "speechSynthesis" in window) {
  speak();
  button.hidden = false;
  button.addEventListener("click", () => {
    speaking = !speaking;
    button.setAttribute("aria-pressed", String(speaking));
    if (!speaking) speechSynthesis.cancel();
  });
  new MutationObserver(speak).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-say", "data-say-id"] });
}
