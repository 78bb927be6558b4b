"""What a template says of itself."""

#: Raised when addresses move, so that a file tells which layout it was made with.
TEMPLATE_VERSION = "2"
#: Every version that is read. Typed cells of tables, texts and cover stand where they always did;
#: where 上年数 and 审核说明 stood in version 1 is told in ``earlier.toml``.
TEMPLATE_VERSIONS_READ = frozenset(("1", TEMPLATE_VERSION))
