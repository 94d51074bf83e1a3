// The desk: palette, rows, bulk bar.
