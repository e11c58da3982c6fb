// Keeps an open page true. The stream only says "something changed"; the page then asks for its own
// pieces: elements with hx-trigger="live from:body". One stream per browser and address.
const holder = document.querySelector("[data-live]");
const banner = document.querySelector("[data-offline]");
const POLL = 5000, SLOW = 20000, GAP = 300, LONGEST = 6000, PATIENCE = 10000;

// What a reader has opened stays open, and what they ticked stays ticked, when a piece is renewed.
window.htmx?.registerExtension("stay", {
  htmx_before_morph_attr: (element, { attrName }) =>
    !(attrName === "open" && element.matches("details, dialog")) && !(attrName === "data-sent"),
});

function start(url, keep) {
  let stream = null, leave = null, tries = 0, retry, poll = 0, slow, soon, asked = 0;
  let streaming = false, missed = 0, joined = false;
  const others = "BroadcastChannel" in window ? new BroadcastChannel(`live:${url}`) : null;
  const awake = () => keep || !document.hidden;
  // One piece that did not come is a blip while the stream lives; two, or no stream either, is news.
  const show = () => { if (banner) banner.hidden = missed < (streaming ? 2 : 1); };

  // At once when it has been quiet, else once after the gap: never lost, never a storm.
  function ask() {
    const wait = asked + GAP - Date.now();
    clearTimeout(soon);
    if (wait > 0) { soon = setTimeout(ask, wait); return; }
    asked = Date.now();
    document.body.dispatchEvent(new CustomEvent("live", { detail: { url } }));
  }

  function up(is) {
    streaming = is;
    if (is) missed = 0;
    if (is) { clearInterval(poll); poll = 0; }
    // Once only: a stream that fails faster than this must not keep putting it off.
    else if (joined) poll ||= setInterval(ask, POLL);
    show();
  }

  function open() {
    clearTimeout(retry);
    stream?.close();
    if (!leave) return;
    stream = new EventSource(url);
    stream.onopen = () => { tries = 0; up(true); others?.postMessage("up"); };
    stream.addEventListener("change", () => { if (!streaming) { tries = 0; up(true); } ask(); others?.postMessage("change"); });
    stream.onerror = again;
  }

  function again() {
    stream?.close();
    up(false);
    if (!tries) ask();
    others?.postMessage("down");
    // Jitter: after a restart a clinic's screens must not all knock in the same second.
    const pause = Math.min(LONGEST, 1000 * 2 ** tries++) * (0.5 + Math.random());
    clearTimeout(retry);
    retry = setTimeout(open, pause);
  }

  // The tab that holds the lock holds the stream; when it closes or hides, the next one takes over.
  function lead() {
    return new Promise((done) => {
      leave = () => { leave = null; clearTimeout(retry); stream?.close(); stream = null; done(); };
      open();
    });
  }

  let waiting = null;
  function join() {
    if (joined) return;
    joined = true;
    clearInterval(slow);
    slow = setInterval(ask, SLOW);
    up(false);
    if (!navigator.locks || !others) { lead(); return; }
    waiting = new AbortController();
    navigator.locks.request(`live:${url}`, { signal: waiting.signal }, () => (joined ? lead() : null)).catch(() => {});
    others.postMessage("who");
  }

  function part() {
    joined = false;
    waiting?.abort();
    leave?.();
    [poll, slow].forEach(clearInterval);
    poll = 0;
    clearTimeout(soon);
  }

  others?.addEventListener("message", ({ data }) => {
    if (!joined) return;
    if (data === "who") { if (stream && streaming) others.postMessage("up"); return; }
    if (leave) return;
    // A tab that joins a stream already open has missed its first word: it asks for itself.
    const joining = data === "up" && !streaming;
    up(data !== "down");
    if (joining || data === "change") ask();
  });
  document.addEventListener("visibilitychange", () => {
    if (!awake()) part();
    else { join(); ask(); }
  });
  document.addEventListener("locked", part);
  document.addEventListener("unlocked", () => { join(); ask(); });
  window.addEventListener("pagehide", part);
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) { join(); ask(); } });
  window.addEventListener("online", () => { tries = 0; if (leave && !streaming) open(); ask(); });
  window.addEventListener("offline", () => { missed = 2; up(false); if (leave) again(); });

  const ours = ({ detail }) => detail?.ctx?.sourceEvent?.type === "live";
  let retake;
  // A piece that did not come also puts the stream in doubt: a dead network leaves it looking open.
  function failed(event) {
    if (!ours(event)) return;
    missed += 1;
    if (event.type === "htmx:error" && leave) again();
    show();
    clearTimeout(retake);
    retake = setTimeout(ask, 1000 + 2000 * Math.random());
  }
  document.addEventListener("htmx:config:request", (event) => { if (ours(event)) event.detail.ctx.request.timeout = PATIENCE; });
  document.addEventListener("htmx:before:response", (event) => {
    if (!ours(event)) return;
    const { raw, status } = event.detail.ctx.response;
    // Locked meanwhile: the pad is shown over this page (lock.js).
    if (raw.headers.get("X-Locked")) {
      event.preventDefault();
      if (document.querySelector("[data-pad]")) document.dispatchEvent(new Event("locked")); else location.reload();
      return;
    }
    // Sent elsewhere (signed out, link over): show that page whole, never inside a piece of this one.
    if (raw.redirected || status === 401) { event.preventDefault(); location.reload(); return; }
    if (status < 500) { missed = 0; clearTimeout(retake); }
    show();
  });
  document.addEventListener("htmx:response:error", (event) => { if (event.detail.ctx.response.status >= 500) failed(event); });
  document.addEventListener("htmx:error", failed);

  if (awake()) join();
}

if (holder) start(holder.dataset.live, "liveKeep" in holder.dataset);
