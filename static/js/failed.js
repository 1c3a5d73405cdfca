// On a page that says that something went wrong: what was sent may not have arrived, so it is a draft again.
// See coming-back.js, and drafts.js which is not there when nobody is signed in or the register itself is broken.

try {
  sessionStorage.removeItem("pa-vag");
  const kept = JSON.parse(sessionStorage.getItem("utkast"));
  for (const draft of Object.values(kept.drafts)) draft.sent = false;
  sessionStorage.setItem("utkast", JSON.stringify(kept));
} catch {
  // Nothing was typed, or nothing can be kept.
}
