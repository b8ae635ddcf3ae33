"""A plain article is read before anything of it is entered: by readers, then by the checkers that read texts.

    articles        the article: of a document, or of a source on record
    start           the worker is started, before there is an article
    ask             it is asked twice: what readers suggest, then what checkers find
      held            suggestions, each held to the text
      text_findings   findings, each with its places
    annotate        both, beside what a ledger has of it already

    worker          `python -m ledger.reading.worker`: imports once, forks for each plugin, hears what is said
      forks           a forked process, and lines to and from it
      calls           in there: a plugin is loaded, and its readers and checkers are called one after another
      unrecorded      the sentences as dossiers

Nothing is recorded, and no ledger is needed. A stranger's code that crashes, hangs, prints or floods is one line.
"""
