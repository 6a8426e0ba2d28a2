"""Who and when: people, populations, calendars, protocols, childhood."""
