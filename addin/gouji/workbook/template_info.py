"""What a template says of itself."""

#: Raised when addresses move, so that a file tells which layout it was made with.
TEMPLATE_VERSION = "1"
#: Every version whose addresses are those of today: files of these are read.
TEMPLATE_VERSIONS_READ = frozenset((TEMPLATE_VERSION,))
