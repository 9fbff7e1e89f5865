"""Reading pictures: what is written in them, what of it is a fact, and what is nobody else's business."""
