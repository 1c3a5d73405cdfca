// Asks axe about the page as it is shown now: all rules but those of colour when `whole`, and those of colour for each
// text whose look is not among `known`. Returns a sentence for each fault, and the looks whose colours are right.
//
// A look is a number made of all that decides the contrast of a text: its ink and size, and the ground it stands on.
async ([whole, known]) => {
    const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
    const INK = ["color", "fontSize", "fontWeight", "textShadow", "textDecorationLine", "borderBottomStyle", "position"];
    const GROUND = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode"];
    const NO_GROUND = "rgba(0, 0, 0, 0)|none|1|none|normal";
    const FIELDS = "input, select, textarea";

    const hash = (words) => {
        let [high, low] = [0xdeadbeef, 0x41c6ce57];
        for (let at = 0; at < words.length; at++) {
            const code = words.charCodeAt(at);
            high = Math.imul(high ^ code, 2654435761);
            low = Math.imul(low ^ code, 1597334677);
        }
        return 4294967296 * (2097151 & (low ^ (high >>> 13))) + ((high ^ (low >>> 16)) >>> 0);
    };
    const values = (style, names) => names.map((name) => style[name]).join("|");
    const grounds = new Map([[null, ""]]);
    const groundOf = (element) => {
        if (!grounds.has(element)) {
            const own = values(getComputedStyle(element), GROUND);
            grounds.set(element, groundOf(element.parentElement) + (own === NO_GROUND ? "" : `/${own}`));
        }
        return grounds.get(element);
    };
    const ownText = (element) =>
        [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("").trim();
    const lookOf = (element, text) => {
        const { localName, className, role, parentElement, control } = element;
        // Whether axe judges it at all: not one sign, signs alone, or what belongs to a field that cannot be used.
        const judged = [text.length > 1, /[\p{L}\d]/u.test(text), element.matches(":disabled") || control?.disabled];
        const amongWords = Boolean(parentElement && ownText(parentElement));
        return hash([localName, className, role, ...judged, amongWords, values(getComputedStyle(element), INK), groundOf(element)].join());
    };

    const before = new Set(known);
    const fresh = new Map();
    for (const element of document.body.querySelectorAll("*")) {
        const text = ownText(element);
        if ((text || element.matches(FIELDS)) && element.checkVisibility({ visibilityProperty: true })) {
            const look = lookOf(element, text || element.value || "");
            if (!before.has(look)) {
                fresh.set(element, look);
            }
        }
    }

    axe.addReporter("raw elements", (results, options, report) => report(results));
    const ask = (context, options) => axe.run(context, { ...options, reporter: "raw elements", preload: false });
    const elements = (nodes) => nodes.map(({ node }) => node.element);
    const markup = (element) => element.outerHTML.slice(0, 120);
    const faults = [];
    const right = new Set();
    const notRight = new Set();
    const read = (results) => {
        for (const { id, passes, violations, incomplete } of results) {
            if (violations.length) {
                faults.push(`${id}: ${elements(violations).slice(0, 3).map(markup).join(", ")}`);
            }
            if (COLOUR_RULES.includes(id)) {
                [...elements(violations), ...elements(incomplete)].forEach((element) => notRight.add(element));
            }
            if (id === "color-contrast") {
                elements(passes).forEach((element) => right.add(element));
            }
        }
    };
    if (whole) {
        const rules = Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }]));
        read(await ask(document, { runOnly: TAGS, rules }));
    }
    if (fresh.size) {
        read(await ask({ include: [...fresh.keys()] }, { runOnly: { type: "rule", values: COLOUR_RULES } }));
    }
    return [faults, [...fresh].filter(([element]) => right.has(element) && !notRight.has(element)).map(([, look]) => look)];
}
