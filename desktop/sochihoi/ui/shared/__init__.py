"""Parts that all pages share: the context, the page frame, tables, forms, jobs, messages. Pages know nothing else of
each other.
"""
