// The drafts of this tab, what waits in the browser's other tabs, and what the register says of a note: for drafts.js,
// which keeps and offers them, and room.js.
//
// A draft: {title, page, asked, of, part, at, sent, saves, told, tile, left, isDoubtful, fields: {name: text},
// choices: [[name, value]], older: [draft]}, by the path that its form is sent to and, behind a #, what it is `of` where
// the path does not say it. `part` is the thing it is written in, for the page that closes that; `at` is when she last
// wrote in it, `asked` what its address asked the form to propose. `isDoubtful` is what may have been received. `saves` is
// where a script was sending what it saves as one types, which may have arrived: of each part its address, the names of
// its texts and of its version, and what is `unheard`, its fields as they were sent without an answer; `told` is whether
// there is more, which surely has not.
// `tile` names the tile she has chosen: alone it is offered where it was chosen, and told of nowhere else. `left` goes from
// "now" by "seen" to nothing, or is "resumed". `older` are those of the same form that were offered and not answered: what
// she writes beside an offer is one more, and takes nobody's place.

import { read, tab, write } from "./coming-back.js";

const STORE = "utkast";

export const member = document.body.dataset.member;

export function drafted() {
  const kept = read(tab, STORE, {});
  return kept.member === member ? kept.drafts : {};
}

export const store = (drafts) => write(tab, STORE, { member, drafts });

export const forgetAll = () => write(tab, STORE, null);

export const listed = (draft) => (draft ? [{ ...draft, older: undefined }, ...(draft.older ?? [])] : []);

export function put(drafts, path, all) {
  const [first, ...older] = all;
  if (first) drafts[path] = { ...first, older };
  else delete drafts[path];
}

/* Changes those of one form as they are now: who waited for an answer may have written more meanwhile. */
export function change(path, how) {
  const drafts = drafted();
  put(drafts, path, how(listed(drafts[path])));
  store(drafts);
}

const filledIn = ({ fields, choices }) => JSON.stringify([fields, choices]);
export const isSame = (one, other) => filledIn(one) === filledIn(other);

export const discard = (path, draft) => change(path, (all) => all.filter((each) => !isSame(each, draft)));

export const mark = (path, left) => change(path, ([first, ...older]) => (first ? [{ ...first, left }, ...older] : older));

export const isTicked = (field) => ["radio", "checkbox"].includes(field.type);

// A note: the register's reply, AWAY when it or the line to it is down, nothing when one has been signed out.

export const AWAY = "away";
const GIVEN_UP = 8000; // milliseconds until a line that does not answer counts as none
const KEPT_ALIVE = 60_000; // bytes: a browser sends no more than 64 kB for a page that may be left meanwhile

async function sendNote(address, typed) {
  try {
    const signal = AbortSignal.timeout(GIVEN_UP);
    const keepalive = new Blob([...typed.values()]).size < KEPT_ALIVE;
    const answer = await fetch(address, { method: "POST", body: typed, signal, keepalive });
    if (answer.status >= 502) return AWAY; // the database, or what serves the register
    return answer.ok && answer.headers.get("Content-Type").includes("json") ? await answer.json() : null;
  } catch {
    return AWAY;
  }
}

/* The reply to what is sent. What another has written may be what was sent from here before, `unheard`: the answer to it
   was lost. Sent once more the register keeps the same, whatever version it is written on, and says which it has. */
export async function sendOverOwn(address, typed, unheard = []) {
  const reply = await sendNote(address, typed);
  for (const fields of reply?.theirs ? unheard : []) {
    const before = await sendNote(address, asSent(fields, typed));
    if (before === AWAY) return AWAY;
    if (!before?.kept) continue;
    typed.set("version", before.version);
    return sendNote(address, typed);
  }
  return reply;
}

function asSent(fields, typed) {
  const sent = new FormData();
  for (const [name, value] of fields) sent.append(name, value);
  for (const name of ["version", "csrfmiddlewaretoken"]) sent.set(name, typed.get(name));
  return sent;
}

// A note that was being saved when its page was left may have arrived. It is sent once more, for the register to say: what
// it has is no draft any longer, and what it refuses is told of like any other.

/* Where it was being saved: a draft from before there were parts kept one address alone, and is told of as it is. */
const savesOf = (draft) => (Array.isArray(draft?.saves) ? draft.saves : []);

/* Whether there was one to ask of, but for those that wait in a form on this page, where they are offered. */
export async function askOfNotes(here) {
  const left = Object.entries(drafted()).filter(([path, draft]) => savesOf(draft).length && !here.includes(path));
  for (const [path] of left) await askOf(path); // one at a time: the 64 kB are for all together
  return left.length > 0;
}

async function askOf(path) {
  for (let [draft] = listed(drafted()[path]); savesOf(draft).length; [draft] = listed(drafted()[path])) {
    const [{ address, names, version, unheard }] = draft.saves;
    const typed = new FormData();
    for (const name of names) typed.set(name, draft.fields[name] ?? "");
    for (const [name, value] of draft.choices) if (!names.includes(name)) typed.append(name, value);
    typed.set("version", draft.fields[version] ?? "");
    typed.set("csrfmiddlewaretoken", document.querySelector('[name="csrfmiddlewaretoken"]').value);
    const reply = await sendOverOwn(address, typed, unheard);
    change(path, (all) => all.flatMap((each) => (isSame(each, draft) ? settled(each, reply?.kept) : [each])));
    if (listed(drafted()[path]).some((each) => isSame(each, draft) && each.saves.length === draft.saves.length)) return;
  }
}

/* Without the part that was asked of first, where the register has it; else told of, like any other draft. */
function settled({ saves: [{ names }, ...saves], ...draft }, isKept) {
  if (!isKept) return [{ ...draft, saves, told: true }];
  const fields = Object.fromEntries(Object.entries(draft.fields).filter(([name]) => !names.includes(name)));
  return draft.told || draft.tile || saves.length ? [{ ...draft, fields, saves }] : [];
}

// The text stays in its tab (decision 7): each that is open is asked, and tells her alone who wrote it. One that the
// browser has put to sleep answers when it wakes.

const CHANNEL = "utkast";
let channel = null;
let hear = () => {};
let forget = () => {};

export function listen(heard, arrived) {
  [hear, forget] = [heard, arrived];
  channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => {
    if (data.member !== member) return;
    if (data.part) tell(data.part);
    else if (data.arrived) forget(data.path, data.arrived);
    else hear(data.path, data.draft);
  };
}

export const askTabs = (part) => channel.postMessage({ member, part });

// A tab that was made as a copy of this one has the same drafts.
export const tellArrived = (path, arrived) => channel.postMessage({ member, path, arrived });

function tell(part) {
  for (const [path, drafts] of Object.entries(drafted())) {
    const told = listed(drafts).filter((draft) => draft.told && !draft.sent && draft.part === part);
    for (const draft of told) channel.postMessage({ member, path, draft });
  }
}

// A page that is kept for the back button hears nothing, for else it would be let go.
addEventListener("pagehide", () => channel?.close());
