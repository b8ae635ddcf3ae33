"""Write the reading of each article anew: `python tests/read/update.py`, then look at each as its journalist would."""

from __future__ import annotations

from reading import ARTICLES, kept, reading

if __name__ == "__main__":
    for path in ARTICLES:
        kept(path).write_text(reading(path), encoding="utf-8")
        print(kept(path))
