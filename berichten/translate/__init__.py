"""Between the rows of the portal and the messages of the standard. No XML here: `build` and `parse` do that."""
