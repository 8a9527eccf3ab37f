"""Configuration files: found above each document, put together level by level, held to the locks above them."""
