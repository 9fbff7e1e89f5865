"""One person, two doors: a code that is given out on one channel and written on another joins the two."""
