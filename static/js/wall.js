/* The wall follows those who write: what the register shows now is put in the place of what it showed. Without a line, or
   signed out, what stands there stands. Without this file the page is loaded anew by hand. */

const EVERY = 8000; // milliseconds
const GIVEN_UP = 6000;

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(GIVEN_UP) });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [shown, now] = [document, page].map((each) => each.querySelector("[data-wall]"));
    if (now && shown.innerHTML !== now.innerHTML && !shown.contains(document.activeElement)) shown.replaceWith(now);
  } catch {
    // A line that is down: the next time.
  }
}

setInterval(look, EVERY);
