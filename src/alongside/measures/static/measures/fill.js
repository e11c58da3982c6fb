// A questionnaire goes on without a network: form[data-answer]. Each answer is kept on this device
// until it has arrived, and the questions that follow stand in the page already (template[data-step]).
// What is kept is locked with a key that only the person's own pages hold: a phone that was lent or
// found tells nothing. Without a key (staff's pages) it is kept for as long as the page is open.
const { lock, who } = document.querySelector("[data-fill]").dataset;
const here = document.querySelector("[data-here]");
const STORE = "kept-answers", KEEP = 7 * 24 * 3600 * 1000, PATIENCE = 8000, SLOW = 1500, SIGNED_OUT = [0, 401, 403];
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const text = (some) => btoa(String.fromCharCode(...new Uint8Array(some)));
const key = lock && crypto.subtle ? crypto.subtle.importKey("raw", bytes(lock), "AES-GCM", false, ["encrypt", "decrypt"]) : null;
const read = () => { try { return JSON.parse(localStorage.getItem(STORE) ?? "[]").filter((one) => Date.now() - one.at < KEEP); } catch { return []; } };
const write = (all) => { try { if (all.length) localStorage.setItem(STORE, JSON.stringify(all)); else localStorage.removeItem(STORE); } catch { /* full or forbidden: it is kept while the page is open */ } };
const erase = (id) => write(read().filter((one) => one.id !== id));
// What waits to be sent, the oldest first; what was answered in this window, by question.
const waiting = [], given = new Map();
let away = false, moved = false, sending = null, tries = 0, timer;

function say(which) {
  const note = document.querySelector("[data-fill-note]");
  if (!note) return;
  note.hidden = !which;
  note.textContent = which ? note.dataset[which] : "";
}

async function lockUp({ id, at, what, action, body }) {
  if (!key) return;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, new TextEncoder().encode(JSON.stringify({ id, at, what, action, body })));
  if (waiting.some((one) => one.id === id)) write([...read().filter((one) => one.id !== id), { id, who, at, iv: text(iv), data: text(data) }]);
}

async function unlock() {
  if (!key) return;
  for (const one of read().filter((other) => other.who === who && !waiting.some((known) => known.id === other.id))) {
    try { waiting.push(JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(one.iv) }, await key, bytes(one.data))))); } catch { erase(one.id); }
  }
  waiting.sort((a, b) => a.at - b.at);
}

function drop(id) {
  const place = waiting.findIndex((one) => one.id === id);
  if (place >= 0) waiting.splice(place, 1);
  erase(id);
}

// One answer that is waiting is enough for each question: the last.
function put(one) {
  waiting.filter((old) => old.what && old.what === one.what && old.action === one.action && !old.leaves).forEach((old) => drop(old.id));
  waiting.push(one);
  return lockUp(one);
}

// Gives the answer of the clinic, or null when it did not hear.
async function post(one) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const ago = Math.max(0, Math.round((Date.now() - one.at) / 1000));
  const body = new URLSearchParams([...one.body, ["csrfmiddlewaretoken", token], ["kept", ago]]);
  try {
    const answer = await fetch(one.action, { method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500 || answer.status === 429) return null;
    return { status: answer.status, said: answer.ok ? await answer.json() : {} };
  } catch { return null; }
}

function settle(one, answer) {
  one.done?.(answer);
  one.done = null;
}

// Gives whether all of it has arrived.
async function sendAll() {
  clearTimeout(timer);
  for (let one = waiting[0]; one; one = waiting[0]) {
    one.leaves = true;
    const answer = await post(one);
    one.leaves = false;
    if (!answer) {
      away = true;
      waiting.forEach((each) => settle(each, null));
      timer = setTimeout(send, Math.min(20000, 1500 * 2 ** tries++) * (0.75 + Math.random() / 2));
      return false;
    }
    tries = 0;
    // Signed out meanwhile: it stays locked here until the person's page is open again.
    if (SIGNED_OUT.includes(answer.status)) { waiting.forEach((each) => settle(each, answer)); say("later"); return false; }
    drop(one.id);
    if (answer.said.help?.length) helps("heard", answer.said.help);
    if (answer.status >= 400 && !one.quiet && !one.done) say("refused");
    if (away && !waiting.length) arrived(answer);
    settle(one, answer);
  }
  return true;
}

function send() { return sending ??= sendAll().then((all) => { sending = null; if (all && waiting.length) send(); }); }

function arrived({ said }) {
  away = false;
  say("sent");
  // A page that was opened anew was made before these answers came; one at its end waits for this.
  const stays = moved && /^\d/.test(here?.dataset.step ?? "1");
  if (here && !stays && said.next) location.replace(said.next);
}

// What somebody must read at once whose answer cannot wait: also, and truly, where nobody has heard it.
function helps(which, lines) {
  const box = document.querySelector("[data-help]"), piece = document.querySelector(`template[data-${which}]`);
  if (!box || !piece || (which === "unheard" && box.firstElementChild)) return;
  box.replaceChildren(piece.content.cloneNode(true));
  if (!lines) return;
  const [first] = box.querySelectorAll("p");
  first.parentElement.replaceChildren(...lines.map((line) => { const said = first.cloneNode(); if (line !== lines[0]) said.className = ""; said.textContent = line; return said; }));
}

function show(step, { back = false } = {}) {
  const piece = document.querySelector(`template[data-step="${step}"]`);
  if (!piece) { location.reload(); return; }
  moved = true;
  here.replaceChildren(piece.content.cloneNode(true));
  here.dataset.step = step;
  const form = here.querySelector("form[data-answer]"), known = given.get(form?.dataset.answer);
  form?.querySelectorAll("[name=answer]").forEach((field) => {
    if (known === undefined) return;
    if (field.type === "radio") field.checked = field.value === known; else field.value = known;
  });
  if (!back) history.pushState({ step }, "", /^\d+$/.test(step) ? `?n=${step}` : location.href);
  scrollTo(0, 0);
  here.querySelector("h1")?.focus();
  document.dispatchEvent(new Event("fill:step"));
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

const said = (form, submitter) => [...new FormData(form, submitter)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
const isAnswered = (form, body) => !form.dataset.answer || body.some(([name, value]) => (name === "answer" || /^r\d+-name$/.test(name)) && value.trim()) || body.some(([name, value]) => name === "do" && value === "skip");
const made = (form, body, more) => ({ id: `${Date.now()}-${Math.random()}`, at: Date.now(), what: form.dataset.answer ?? form.dataset.autosave, action: form.action, body, ...more });

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-answer]") || event.defaultPrevented) return;
  event.preventDefault();
  const body = said(form, event.submitter), wrong = form.querySelector("[data-wrong]");
  if (!isAnswered(form, body)) { release(form); if (wrong) { wrong.hidden = false; wrong.focus(); } return; }
  const urgent = form.querySelector(":checked[data-urgent]");
  if (form.dataset.answer) given.set(form.dataset.answer, body.find(([name, value]) => name === "do" && value === "skip") ? "" : body.find(([name]) => name === "answer")?.[1] ?? "");
  let answer = null;
  if (away) { await put(made(form, body)); send(); } else {
    const slow = setTimeout(() => say("sending"), SLOW);
    answer = await new Promise((done) => { put(made(form, body, { done })).then(send); });
    clearTimeout(slow);
  }
  if (answer?.status === 200) { location.assign(answer.said.next); return; }
  release(form);
  // The clinic looked at it and said no, or asks to sign in: let the browser show that page.
  if (answer && !SIGNED_OUT.includes(answer.status)) { form.submit(); return; }
  if (answer) { location.reload(); return; }
  if (urgent) helps("unheard");
  show(form.dataset.onward);
  say("away");
});
// Several answers on one page: each is saved when it is given, not only when the page is sent.
document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (!form?.matches("[data-autosave]")) return;
  const body = [...said(form), ["do", "later"]];
  put(made(form, body, { quiet: true, done: (answer) => { if (!answer) say("away"); } })).then(send);
});
// Nobody is left before a browser's own error page: what is not here waits until the clinic answers.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !away || event.defaultPrevented) return;
  event.preventDefault();
  if (link.dataset.stepTo) { show(link.dataset.stepTo); return; }
  say("away");
  await send();
  if (!away) location.assign(link.href);
});
window.addEventListener("popstate", ({ state }) => {
  if (!moved || location.hash) return;
  if (away) show(state?.step ?? new URLSearchParams(location.search).get("n") ?? "1", { back: true });
  else location.reload();
});
window.addEventListener("online", () => { tries = 0; send(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
unlock().then(() => { if (waiting.length) { away = true; send(); } });
