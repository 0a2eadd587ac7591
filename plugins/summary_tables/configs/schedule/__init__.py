"""Cron schedules: when they run, in words, and what is wrong with them."""
