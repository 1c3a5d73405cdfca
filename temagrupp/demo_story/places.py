"""The places the demo's group knows by name."""

LOCALITIES = {
    "Vetlanda": ("57.426017", "15.087022"),
    "Ekenässjön": ("57.491838", "15.020954"),
    "Holsbybrunn": ("57.437279", "15.199514"),
    "Landsbro": ("57.369620", "14.901320"),
    "Korsberga": ("57.302500", "15.125278"),
    "Myresjö": ("57.384661", "14.966436"),
    "Kvillsfors": ("57.403087", "15.497728"),
}
"""Real localities with latitude and longitude (WGS84), from cityCoord.js of sakerhetspolisen/uv-kollen on GitHub."""

INVENTED = {
    "Norra gångtunneln": "Vetlanda",
    "Kvarnparken": "Vetlanda",
    "Åpromenaden": "Vetlanda",
    "Resecentrum": "Vetlanda",
    "Parkeringen vid badet": "Vetlanda",
    "Kiosktorget": "Vetlanda",
    "Bäckängen": "Vetlanda",
    "Sjövikens badplats": "Ekenässjön",
    "Kvarteret Lärkan": "Vetlanda",
    "Södra infarten": "Vetlanda",
    "Återvinningen i Holsbybrunn": "Holsbybrunn",
}
"""Made up, each with the locality it would lie in: what is told of them says nothing of any real place."""
