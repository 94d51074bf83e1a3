VIEW_HISTORY = "audit.view_history"
