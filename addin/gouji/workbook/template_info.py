"""What a template says of itself."""

#: Raised when addresses move, so that a file tells which layout it was made with.
TEMPLATE_VERSION = "1"
