// Where somebody without a mouse stands: whether she has come to what she wants, and what is wrong with the way there.
(wanted) => {
    const OUTLINE = 2; // CSS pixels
    const here = document.activeElement;
    const last = window.lastStop;
    if (here === document.body) {
        window.lastStop = null;
        return { outside: true, arrived: false, faults: [] };
    }
    window.lastStop = here;

    const name = (element) => `${element.localName} "${(element.innerText || element.name || element.id).trim().slice(0, 40)}"`;
    const sameGroup = here.type === "radio" && here.name === wanted.name && here.form === wanted.form;
    // A radio button may lie unseen in its tile: then it is the tile that one sees.
    const shown = [here, ...(here.labels || []), here.parentElement];
    const outlined = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= OUTLINE;
    };
    // What lies over the middle of it, if not itself; nothing, if it is out of sight.
    const over = () => {
        const area = shown.map((element) => element.getBoundingClientRect()).find(({ width, height }) => width > 1 && height > 1);
        const top = document.elementFromPoint(area.x + area.width / 2, area.y + area.height / 2);
        return shown.some((element) => element.contains(top)) ? "" : `${top ? name(top) : "the edge"} at ${area.y.toFixed(0)} of ${innerHeight}`;
    };

    const faults = [];
    if (here.id === "innehall") {
        return { outside: false, arrived: false, faults }; // the page itself, where the first link of all leads
    }
    // In a field for a day or a time the browser has a button of its own, which it outlines itself.
    const browsers = here.matches("[type=date], [type=time]") && !here.matches(":focus-visible");
    if (!browsers && !shown.some(outlined)) {
        faults.push(`no outline: ${name(here)}`);
    }
    if (over()) {
        faults.push(`hidden: ${name(here)} under ${over()}`);
    }
    if (last && last.isConnected && last !== here && !(last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)) {
        faults.push(`out of order: ${name(here)} after ${name(last)}`);
    }
    return { outside: false, arrived: here === wanted || sameGroup, faults };
}
