"""One reader per format of status page: bytes in, `Reading` out, or `UnreadableError`."""
