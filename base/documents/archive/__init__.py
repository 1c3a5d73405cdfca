"""A package of files that an e-archive takes in: FGS Paketstruktur 2.0 and FGS Ärendehantering 2.0.

That is E-ARK CSIP and SIP 2.1.0 (METS, `mets.py`) with the metadata of CITS ERMS 2.1 (`erms.py`), in a ZIP
(`package.py`). The schemas are others' and are named by their addresses. Decision and limits: docs/adr/0050.
"""
