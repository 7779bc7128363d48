"""Dữ liệu cá nhân: consent, who looked, requests, how long things are kept, what to do after an incident."""
