// Reads a page's [data-read] aloud, where the device has a voice of its own in that language: a
// voice from the network would send elsewhere what is read. Off until asked; goes on page by page.
const button = document.querySelector("[data-read-aloud]");
const READS = "reads-aloud";
const shown = () => [...document.querySelectorAll("main [data-read]")].filter((one) => one.getClientRects().length && one.textContent.trim());
const languageOf = (one) => one.closest("[lang]").lang.slice(0, 2);
const voiceOf = (language) => speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.slice(0, 2).toLowerCase() === language);
let turn = 0;

function press(is) { button.setAttribute("aria-pressed", String(is)); }

function stop() {
  turn += 1;
  speechSynthesis.cancel();
  document.querySelectorAll("[data-reading]").forEach((one) => one.removeAttribute("data-reading"));
}

function read() {
  stop();
  const mine = turn;
  for (const one of shown()) {
    const words = new SpeechSynthesisUtterance(one.textContent.replace(/\s+/g, " ").trim());
    words.lang = languageOf(one);
    words.voice = voiceOf(words.lang);
    words.rate = 0.9;
    words.onstart = () => { if (mine === turn) one.setAttribute("data-reading", ""); };
    words.onend = () => one.removeAttribute("data-reading");
    // Some browsers ask for a tap on each page: then the button waits for it.
    words.onerror = ({ error }) => { one.removeAttribute("data-reading"); if (error === "not-allowed" && mine === turn) press(false); };
    speechSynthesis.speak(words);
  }
  press(true);
}

function offer() {
  if (!button.hidden || !shown().length || !shown().every((one) => voiceOf(languageOf(one)))) return;
  button.hidden = false;
  if (sessionStorage.getItem(READS)) read();
}

if (button && "speechSynthesis" in window) {
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") { sessionStorage.removeItem(READS); stop(); press(false); return; }
    sessionStorage.setItem(READS, "1");
    read();
  });
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  document.addEventListener("fill:step", () => { if (!button.hidden && sessionStorage.getItem(READS)) read(); });
  window.addEventListener("pagehide", stop);
}
