"""The register's own drawings: the glyph of a state (20 × 20) and the icon of a category (24 × 24).

Decoration beside words, never instead of them. The strings are markup of ours, safe as they stand.
"""

GLYPHS = {
    "new": '<circle cx="10" cy="10" r="7.5"/><circle class="solid" cx="10" cy="10" r="1.8"/>',
    "waiting": '<circle cx="10" cy="10" r="7.5"/><path d="M10 5.8V10l2.6 1.8"/>',
    "overdue": '<path d="M10 2.8 18 17H2zM10 8v4M10 14.5h.01"/>',
    "question": (
        '<circle cx="10" cy="10" r="7.5"/><path d="M7.9 8a2.1 2.1 0 1 1 3.2 1.8c-.8.5-1.1.9-1.1 1.7M10 14h.01"/>'
    ),
    "accepted": '<circle cx="10" cy="10" r="7.5"/><path class="solid" d="M10 2.5a7.5 7.5 0 0 1 0 15z"/>',
    "declined": '<circle cx="10" cy="10" r="7.5"/><path d="M7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6"/>',
    "passed": '<circle cx="10" cy="10" r="7.5"/><path d="M6.5 10h7M10.8 7.2 13.5 10l-2.7 2.8"/>',
    "effect": '<circle cx="10" cy="10" r="7.5"/><path d="M6.7 10.3l2.3 2.3 4.4-4.8"/>',
    "done": '<circle class="solid" cx="10" cy="10" r="7.5"/><path class="cut" d="M6.7 10.3l2.3 2.3 4.4-4.8"/>',
    "hold": '<circle cx="10" cy="10" r="7.5"/><path d="M8 7v6M12 7v6"/>',
    "withdrawn": (
        '<circle cx="10" cy="10" r="7.5"/><path d="M8.3 5.8 6.2 7.9l2.1 2.1M6.4 7.9h4.8a2.6 2.6 0 0 1 0 5.2H7.8"/>'
    ),
    "closed": '<path d="M4 10.3l4 4 8-9"/>',
    "left": '<circle cx="10" cy="10" r="7.5"/>',
}
GLYPHS |= {"silent": GLYPHS["waiting"], "ongoing": GLYPHS["accepted"], "present": GLYPHS["effect"]}
GLYPHS |= {"vacant": GLYPHS["left"]}  # the same to one whom it needs
GLYPHS |= {  # who is there for an organisation: "present" is its ordinary
    "deputy": GLYPHS["accepted"],
    "somebody": GLYPHS["new"],
    "excused": '<circle cx="10" cy="10" r="7.5"/><path d="M6.8 10h6.4"/>',
    "absent": GLYPHS["declined"],
    "unfilled": '<path d="M4.5 10h11"/>',
    "outside": '<circle class="solid" cx="10" cy="10" r="1"/>',
}

ICONS = {
    "lighting": (
        '<path d="M6.5 21V7.5a4 4 0 0 1 4-4h1a4 4 0 0 1 4 4V8M4.5 21h4'
        'M11.5 11l1.2-3h5.6l1.2 3zM15.5 14.5v2.5M11.8 14l-1.4 2M19.2 14l1.4 2"/>'
    ),
    "damage": '<path d="M4 4h16v16H4zM13.5 4l-3 5.5 4 2.5-4 3.5L13 20M4 12l6.5-2.5M14.5 12 20 14.5"/>',
    "graffiti": (
        '<path d="M7 10.5h7.5V20a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1zM8.5 10.5V7.5h4.5v3'
        'M10.75 7.5V5M7 15h7.5M16.5 5.5h.01M19 4h.01M19 7h.01M21.5 5.5h.01"/>'
    ),
    "litter": (
        '<path d="M4.5 7.5h15M9.5 7.5V4.5h5v3M6.5 7.5l.9 12a1 1 0 0 0 1 1h7.2a1 1 0 0 0 1-1l.9-12'
        'M10.3 11.5l.3 5.5M13.7 11.5l-.3 5.5"/>'
    ),
    "traffic": (
        '<circle cx="6" cy="17" r="2.75"/>'
        '<circle cx="18.5" cy="17" r="2.75"/>'
        '<path d="M8.75 17H13l3.2-6.5L14.5 5H12M18.5 14.25 15.8 9M3.5 12.5H10l2 4.5"/>'
    ),
    "gathering": (
        '<circle cx="12" cy="8" r="2.75"/>'
        '<circle cx="4.8" cy="10.5" r="1.9"/>'
        '<circle cx="19.2" cy="10.5" r="1.9"/>'
        '<path d="M7 20v-2.5a5 5 0 0 1 10 0V20M1.8 18.5v-1a3 3 0 0 1 3-3M22.2 18.5v-1a3 3 0 0 0-3-3"/>'
    ),
    "drugs": ('<path d="M10 3h4v4.5l1.8 3V20a1 1 0 0 1-1 1H9.2a1 1 0 0 1-1-1v-9.5l1.8-3zM8.2 13.5h7.6v4H8.2"/>'),
    "adults": (
        '<circle cx="9" cy="5.5" r="2.5"/>'
        '<circle cx="17.5" cy="11" r="1.9"/>'
        '<path d="M4.5 21v-6.5a4.5 4.5 0 0 1 9 0V21M14.9 21v-3a2.6 2.6 0 0 1 5.2 0v3"/>'
    ),
    "grip": '<path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "other": '<path d="M4.5 5h15v11h-8l-4 4v-4h-3zM8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01"/>',
}
