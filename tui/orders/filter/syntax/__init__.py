"""The syntax of filters: tokens, operands, the parser and the tree that it makes."""
