"""Personal data: consent, who looked, what each member may ask for, how long things are kept (Law 91/2025/QH15)."""
