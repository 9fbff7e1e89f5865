"""What channels tell us more than once: kept first, worked on once, answered the same however often it comes."""
