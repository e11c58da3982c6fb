"""A believable clinic day to try things in; `alongside demo` opens it."""
