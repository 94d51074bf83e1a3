"""Telling a genuine document from an altered one."""
