"""One module a kind of check; `checks` lists them."""
