"""Pictures of what a chat cannot set: formulas, wide tables, boards and charts."""
