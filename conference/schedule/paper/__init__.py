"""The programme on paper: abstract book, pocket programme, door signs, list of poster boards.

Everything is made of a Published programme: what the public may see, or, for the printer, all of it. Parts are laid out apart from each other by several
processes (`pressing`), then bound into one file with page numbers, contents and index (`making`, `binding`).
"""
