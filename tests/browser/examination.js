// What every page must be, whatever it shows and however wide it is. Returns a sentence for each fault.
(touched) => {
    // The least heights of what a thumb hits, in CSS pixels: what does or opens something, and a link on a line of its own.
    const CONTROL = 44;
    const LINK = 24;
    const CONTROLS = "button, .button, summary, select, textarea, input:not([type=hidden]), .site-nav a, .me-menu a";

    const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const inRunningText = (element) => {
        const around = element.parentElement.closest("p, li, dd, dt, td, th, h1, h2, h3, figcaption, div");
        return getComputedStyle(element).display === "inline" && around.innerText.trim().length > element.innerText.trim().length;
    };
    // A box or a radio button is hit by its label.
    const hit = (element) => (element.matches("[type=radio], [type=checkbox]") && element.labels[0]) || element;
    const tooSmall = (selector, least) => {
        for (const element of document.querySelectorAll(selector)) {
            const { height } = hit(element).getBoundingClientRect();
            if (shown(element) && !inRunningText(element) && height < least - 0.5) {
                const name = (element.innerText || element.name || element.id).trim().slice(0, 40);
                faults.push(`too small for a thumb: ${element.localName} "${name}", ${height.toFixed(0)} px`);
            }
        }
    };

    // A word that the page cut where it stood, with no hyphen; what nobody could have room for is not meant.
    const LONGEST = 30;
    const clipped = (element) => element && (getComputedStyle(element).clipPath !== "none" || clipped(element.parentElement));
    const cutWords = () => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            if (!/\p{L}{10}/u.test(text.data) || !shown(text.parentElement)) continue;
            for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
                if (word.length < 10 || word.length > LONGEST) continue;
                const range = document.createRange();
                range.setStart(text, index);
                range.setEnd(text, index + word.length);
                const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
                if (lines.size > 1 && !clipped(text.parentElement)) faults.push(`a word is cut: ${word}`);
            }
        }
    };

    const faults = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
        faults.push(`scrolls sideways: ${scrollWidth} px in ${clientWidth}`);
    }
    if (touched) {
        tooSmall(CONTROLS, CONTROL);
        tooSmall("a[href]", LINK);
        cutWords();
    }
    return faults;
}
