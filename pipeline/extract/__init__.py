"""Extract: one pure function an extractor, from passages to rows."""
