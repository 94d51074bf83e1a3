"""Tỉnh Số: one open platform for the digital government a province runs."""
