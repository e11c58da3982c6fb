// Talk instead of type, where the browser can: a button beside each box for one's own words.
// The words go into the box and nowhere else; where the sound goes is said before the first time.
const Listens = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const piece = document.querySelector("template[data-talk-button]"), first = document.getElementById("talk-first");
const AGREED = "talk-agreed", COUNTRY = { en: "en-US", fr: "fr-FR" };
let open = null;

function language() {
  const page = document.documentElement.lang;
  return navigator.languages.find((one) => one.toLowerCase().startsWith(`${page}-`)) ?? COUNTRY[page] ?? page;
}

// Newer browsers can do it on the device; then the sound goes nowhere, and that is what they must do.
async function staysHere() {
  try { return (await Listens.available({ langs: [language()], processLocally: true })) === "available"; } catch { return false; }
}

// Asked once in a sitting, and again if it would go further than was agreed to.
async function agrees(stays) {
  const agreed = sessionStorage.getItem(AGREED);
  if (agreed === "away" || (agreed === "here" && stays)) return true;
  first.querySelector("[data-talk-here]").hidden = !stays;
  first.querySelector("[data-talk-away]").hidden = stays;
  first.returnValue = "";
  first.showModal();
  await new Promise((done) => { first.addEventListener("close", done, { once: true }); });
  const yes = first.returnValue === "yes";
  if (yes) sessionStorage.setItem(AGREED, stays ? "here" : "away");
  return yes;
}

function add(box, said) {
  const words = said.trim();
  if (!words) return;
  const all = box.value + (box.value && !/\s$/.test(box.value) ? " " : "") + words;
  box.value = box.maxLength > 0 ? all.slice(0, box.maxLength) : all;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

async function talk(box, button, note) {
  if (open) { const same = open.button === button; open.listens.stop(); if (same) return; }
  const stays = await staysHere();
  if (!(await agrees(stays))) return;
  const listens = new Listens();
  const said = (which) => { note.textContent = which ? note.dataset[which] : ""; };
  listens.lang = language();
  listens.interimResults = true;
  // On Android a long listening says every sentence twice.
  listens.continuous = !/Android/.test(navigator.userAgent);
  if (stays) listens.processLocally = true;
  let problem = "";
  listens.onresult = ({ results, resultIndex }) => {
    let heard = "";
    for (const one of [...results].slice(resultIndex)) if (one.isFinal) add(box, one[0].transcript); else heard += one[0].transcript;
    if (heard) note.textContent = heard; else said("listening");
  };
  listens.onerror = ({ error }) => { problem = { "not-allowed": "denied", "service-not-allowed": "denied", "audio-capture": "denied", "no-speech": "unheard", aborted: "" }[error] ?? "failed"; };
  listens.onend = () => {
    if (open?.listens === listens) open = null;
    button.setAttribute("aria-pressed", "false");
    said(problem);
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  open = { listens, button };
  button.setAttribute("aria-pressed", "true");
  said("listening");
  listens.start();
}

function offer() {
  document.querySelectorAll("main textarea:not([data-talks]), main [data-talk]:not([data-talks])").forEach((box) => {
    box.dataset.talks = "";
    const made = piece.content.cloneNode(true), button = made.querySelector("button"), note = made.querySelector("[role=status]");
    button.addEventListener("click", () => talk(box, button, note));
    button.setAttribute("aria-describedby", box.id);
    box.after(made);
  });
}

if (Listens && piece && first) {
  offer();
  document.addEventListener("htmx:after:swap", offer);
  document.addEventListener("visibilitychange", () => { if (document.hidden) open?.listens.stop(); });
}
