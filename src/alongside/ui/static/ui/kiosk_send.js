// The tablet at the door keeps what somebody typed while the clinic's computer is away, and sends it
// when it is back: form[data-send]. As queue.js does on a phone, with two differences. The next
// person must neither wait for it nor see it, so it is sent behind their back, with a word (`kept`)
// that nobody stands there to read the answer; and the page is theirs a moment after it was kept.
const STORE = "to-send", KEEP = 12 * 3600 * 1000, SEEN = 12000;
const read = () => { try { return JSON.parse(localStorage.getItem(STORE) ?? "[]").filter((one) => Date.now() - one.at < KEEP); } catch { return []; } };
const write = (all) => { if (all.length) localStorage.setItem(STORE, JSON.stringify(all)); else localStorage.removeItem(STORE); };
const drop = (one) => write(read().filter((other) => other.key !== one.key));
const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
// The key of whoever stands there and waits for the answer.
let here = null;
let sending = false, tries = 0, timer;

function say(which) {
  const note = document.querySelector("[data-send-note]");
  if (!note) return;
  note.hidden = !which;
  note.textContent = which ? note.dataset[which] : "";
  if (which) note.scrollIntoView({ block: "nearest" });
}

// Gives the response, or null when it did not arrive or was not taken.
async function post(one, quiet) {
  const body = new URLSearchParams(quiet ? [...one.body, ["kept", "1"]] : one.body);
  try {
    const answer = await fetch(one.action, { method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(15000) });
    const taken = quiet ? answer.ok : answer.status < 502 || answer.status > 504;
    return taken ? answer : null;
  } catch { return null; }
}

async function arrived(one, answer) {
  drop(one);
  if (answer.redirected) { location.replace(answer.url); return; }
  // The clinic asks something more: show its page, without asking it a second time.
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!main) { location.reload(); return; }
  document.querySelector("main").innerHTML = main.innerHTML;
  document.querySelector("[data-errors]")?.focus();
}

async function send() {
  const all = read();
  const one = all.find((other) => other.key === here) ?? all[0];
  if (!one || sending) return;
  const quiet = one.key !== here;
  sending = true;
  const answer = await post(one, quiet);
  sending = false;
  if (answer && !quiet) { arrived(one, answer); return; }
  if (answer) { tries = 0; drop(one); send(); return; }
  if (here) kept();
  clearTimeout(timer);
  timer = setTimeout(send, Math.min(20000, 1500 * 2 ** tries++) * (0.75 + Math.random() / 2));
}

function kept() {
  here = null;
  say("saved");
  renew();
  setTimeout(() => { if (!here) say(); }, SEEN);
}

// Empty, with a new key. Not `reset`: a page that came back with a question holds a name.
function renew() {
  document.querySelectorAll("form[data-send]").forEach((form) => {
    form.querySelectorAll("input:not([type=hidden])").forEach((input) => { input.value = ""; });
    const key = form.querySelector('input[name="key"]');
    if (key) key.value = newKey();
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-send]") || event.defaultPrevented) return;
  event.preventDefault();
  const body = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === "string");
  const one = { action: form.action, body, key: form.querySelector('input[name="key"]')?.value ?? newKey(), at: Date.now() };
  try { write([...read().filter((other) => other.key !== one.key), one]); } catch { form.submit(); return; }
  here = one.key;
  tries = 0;
  say("sending");
  send();
});
// kiosk.js has put the empty page there.
document.addEventListener("kiosk:empty", renew);
window.addEventListener("online", () => { tries = 0; send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
send();
