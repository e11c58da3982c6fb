"""The catalogue of sentences, kept without the gettext tools."""
