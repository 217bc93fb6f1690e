"""Pages and pictures of answers: one file each, drawn from the JSON and shapes, never computed."""
