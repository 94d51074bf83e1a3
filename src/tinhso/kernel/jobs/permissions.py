VIEW_QUEUE = "jobs.view_queue"
