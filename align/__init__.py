"""Records in, aligned sentence pairs out."""
