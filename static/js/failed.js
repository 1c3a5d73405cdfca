// On a page that says that something went wrong: what was sent may not have arrived, so it is a draft again, until it
// is sent once more from here. See coming-back.js, and drafts.js which is not there when nobody is signed in or the
// register itself is broken.

function mark(sent, isMeant = () => true) {
  try {
    const kept = JSON.parse(sessionStorage.getItem("utkast"));
    for (const [path, draft] of Object.entries(kept.drafts)) if (isMeant(path)) draft.sent = sent;
    sessionStorage.setItem("utkast", JSON.stringify(kept));
  } catch {
    // Nothing was typed, or nothing can be kept.
  }
}

try {
  sessionStorage.removeItem("pa-vag");
} catch {
  // Nothing can be kept.
}
mark(false);
document.addEventListener("submit", (event) => mark(true, (path) => path === new URL(event.target.action).pathname));
