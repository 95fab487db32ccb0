"""From accepted rows and the steering workbook to the Brief: order, placement of notes, annexes, open points. Pure functions."""
