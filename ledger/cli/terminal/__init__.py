"""What is drawn on a whole terminal: the desk. Only its command imports this, since it needs `prompt_toolkit`."""
