"""Tools that run where the project is built, never at a clerk's: templates, macros, the linter of rules."""
